"""Entry of `python -m sync.server`."""

import sys

from sync.server.commands import main

if __name__ == "__main__":
    sys.exit(main())
