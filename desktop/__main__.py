"""`python -m desktop` is the same as the command `suluh`."""

from desktop.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
