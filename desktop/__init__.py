"""One person at one PC: the desktop client of Suluh."""
