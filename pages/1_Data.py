"""Look at the digits: one of them, many of them, all of them, and the arrays that hold them."""

import streamlit as st

from digitlab.ui.data.all_digits import show_all_digits
from digitlab.ui.data.arrays import show_arrays
from digitlab.ui.data.many_hands import show_many_hands
from digitlab.ui.data.one_digit import show_one_digit
from digitlab.ui.data.tensors import show_tensor
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.wording.say import say

lab, data = open_page("Data")
st.markdown(
    say(
        "A network learns from examples. The examples here are **MNIST**: 70,000 digits that "
        "people wrote by hand.  \nLook at one digit and its numbers. Then look at many digits, and "
        "at the arrays that hold them."
    )
)
view = choose_page_view("Data")
if view == "many":
    seen = show_many_hands(lab, data)
elif view == "all":
    seen = show_all_digits(lab, data)
elif view == "arrays":
    seen = show_arrays(lab, data)
elif view == "tensor":
    seen = show_tensor(lab, data)
else:
    seen = show_one_digit(lab, data)
close_page(lab, "Data", seen)
