"""``python -m jixiao.cli``: the command line."""

import sys

from jixiao.cli import main

if __name__ == "__main__":
    sys.exit(main())
