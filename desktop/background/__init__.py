"""Work beside the window: jobs off the GUI thread and the sync cycle."""
