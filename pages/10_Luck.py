"""Train the same recipe with several seeds: what was luck, and what was the recipe?"""

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.ui.luck.comparison import comparison
from digitlab.ui.luck.curves import show_curves
from digitlab.ui.luck.recipe_views import show_one_recipe, show_two_recipes
from digitlab.ui.session.hour import saw
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view

lab, data = open_page("Luck")
st.markdown(
    "Training starts from random numbers. The **seed** chooses them, so with another seed the same "
    "network reads more digits, or fewer."
)
st.markdown(
    "Train the same settings (the **recipe**) with several seeds, and see how far luck goes. Then "
    "compare two recipes."
)
view = choose_page_view("Luck")
compared = comparison(lab)
if view == "rivals":
    show_two_recipes(lab, compared)
elif view == "curves":
    show_curves(compared)
else:
    show_one_recipe(lab, compared)
mine = compared.sides[0]
digits = seed_runs.digits_to_compare_by([mine.recipe])
own = seed_runs.accuracies(mine.runs, digits)
if len(own) >= compared.size:
    saw(lab, "seeds", seeds=len(own), lowest=min(own), highest=max(own))
close_page(
    lab,
    "Luck",
    f"with {len(own)} seeds the same recipe reads {seed_runs.of_hundred(own)} {digits} digits."
    if len(own) >= compared.size
    else "",
    quiz=view == "seeds",
)
