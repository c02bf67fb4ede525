"""`python -m digitlab`: the lab without a browser."""

import sys

from digitlab.cli import main

sys.exit(main())
