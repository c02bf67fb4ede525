"""Train the same recipe five times."""

from digitlab.ui.frame import close_page, open_page
from digitlab.ui.gate import need_network

lab, data = open_page("Luck")
network = need_network(lab)
close_page(lab, "Luck")
