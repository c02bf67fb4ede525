"""See its weights, and why it gives an answer."""

from digitlab.ui.frame import close_page, open_page
from digitlab.ui.gate import need_network

lab, data = open_page("Look inside")
network = need_network(lab)
close_page(lab, "Look inside")
