"""Train the same recipe with several seeds: what was luck, and what was the recipe?"""

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.export import snippets
from digitlab.ui.luck import train_seeds
from digitlab.ui.luck.charts import show_luck, show_numbers
from digitlab.ui.luck.recipes import Side, choose_rival, known, show_recipe
from digitlab.ui.shell import path
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show

lab, data = open_page("Luck")
st.markdown(
    "A network begins with random numbers, and the **seed** says which. Another seed, and the same "
    "recipe reads more digits, or fewer. So when your new recipe reads more than the old one: "
    "is it better, or was it lucky? **Train it with five seeds**, and see how far luck goes."
)
if lab.uploaded:
    st.caption("Your network from a file stays: this page trains what stands on Network and Train.")

current = train_seeds.job_group(lab)
runs = known(lab)
recipes = seed_runs.by_recipe(runs)
mine = seed_runs.recipe_of(lab.spec)
sides = [Side("A", mine, recipes.get(mine, []))]

left, right = st.columns(2, gap="large")
with left, st.container(border=True):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**A** is what your controls are set to:", width="content")
        link(path.step("Train"), "Train", ":material/tune:")
        link(path.step("Network"), "Network", ":material/hub:")
    show_recipe(sides[0], runs)
    train_seeds.offer(lab, "A", mine, sides[0].seeds)
with right, st.container(border=True):
    rival = choose_rival(lab, mine, recipes)
    if rival is not None:
        sides.append(Side("B", rival, recipes[rival]))
        show_recipe(sides[1], runs)
        train_seeds.offer(lab, "B", rival, sides[1].seeds)

if current and current.active:
    train_seeds.follow(current, lambda jobs: show_luck(sides, jobs))
else:
    show_luck(sides)
if any(side.runs for side in sides):
    show_numbers(sides)

own_seeds = sides[0].seeds
further = seed_runs.next_seeds(
    lab.spec.training.seed, own_seeds, max(0, seed_runs.NEEDED - len(own_seeds))
)
show.code(snippets.several_seeds(lab.spec, [*own_seeds, *further]))
own = seed_runs.accuracies(sides[0].runs)
close_page(
    lab,
    "Luck",
    f"with {len(own)} seeds the same recipe reads {seed_runs.of_hundred(own)} digits."
    if len(own) >= seed_runs.NEEDED
    else "",
)
