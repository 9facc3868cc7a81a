"""The glass: one file per screen, one per painted widget; the only room with QtWidgets."""
