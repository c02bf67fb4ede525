"""Turn, shift and smudge the digits."""

from digitlab.ui.frame import close_page, open_page
from digitlab.ui.gate import need_network

lab, data = open_page("Robustness")
network = need_network(lab)
close_page(lab, "Robustness")
