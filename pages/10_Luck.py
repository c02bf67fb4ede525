"""Train the same recipe with several seeds: what was luck, and what was the recipe?"""

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.ui.luck.accuracies import seen_words
from digitlab.ui.luck.comparison import comparison
from digitlab.ui.luck.curves import show_curves
from digitlab.ui.luck.recipe_views import show_one_recipe, show_two_recipes
from digitlab.ui.session.hour import saw
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.wording.say import say

lab, data = open_page("Luck")
st.markdown(
    say(
        "Training starts from random numbers. The **seed** chooses them. With another seed the "
        "same network reads more digits, or fewer."
    )
)
st.markdown(
    say(
        "All other settings together are the **recipe**. Train the same recipe with several seeds, "
        "and see how much luck changes. Then compare two recipes."
    )
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
    seen_words(own, digits) if len(own) >= compared.size else "",
    quiz=view == "seeds",
)
