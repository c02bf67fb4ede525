"""Go through the training again, epoch by epoch."""

from digitlab.ui.frame import close_page, open_page
from digitlab.ui.gate import need_network

lab, data = open_page("Replay")
network = need_network(lab)
close_page(lab, "Replay")
