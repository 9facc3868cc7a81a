"""The trainer's workshop: making, checking and signing packs."""
