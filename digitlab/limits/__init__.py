"""Every limit of the lab, with the reason for it; elsewhere `limits.NAME`.

They protect a small server that strangers share. A value past a limit is
answered with a sentence that names the limit, never with a traceback. Some can be set from outside:
`settings`.
"""

import os

from digitlab.limits.choices import *
from digitlab.limits.runs import *
from digitlab.limits.server import *
from digitlab.limits.settings import chosen
from digitlab.limits.sharing import *
from digitlab.limits.uploads import *
from digitlab.limits.workers import *

globals().update(chosen(os.environ))
