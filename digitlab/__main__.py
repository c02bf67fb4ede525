"""`python -m digitlab`: the same as the command `digitlab`, also where only a checkout is."""

import sys

from digitlab.cli import main

sys.exit(main())
