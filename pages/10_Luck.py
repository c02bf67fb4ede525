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
    "Training starts from random numbers. The **seed** chooses them. With another seed the same "
    "settings (the **recipe**) read more digits, or fewer. So when your new recipe reads more than "
    "the old one: is it better, or was it lucky? Choose how many seeds you want to try. Then train "
    "each recipe with **the same seeds** and compare."
)
if lab.uploaded:
    st.caption(
        "Your network from a file stays. This page trains the network and the recipe that you set "
        "on Network and Train."
    )

train_seeds.choose_size(lab)
size = lab.luck_seeds
current = train_seeds.job_group(lab)
runs = known(lab)
recipes = seed_runs.by_recipe(runs)
mine = seed_runs.recipe_of(lab.spec)
sides = [Side("A", mine, recipes.get(mine, []))]

left, right = (column.container(border=True) for column in st.columns(2, gap="large"))
with left, st.container(horizontal=True, vertical_alignment="center"):
    st.markdown("**A** is what your controls are set to:", width="content")
    link(path.step("Train"), "Train", ":material/tune:")
    link(path.step("Network"), "Network", ":material/hub:")
with right:
    if (rival := choose_rival(lab, mine, recipes)) is not None:
        sides.append(Side("B", rival, recipes[rival]))

diverged = {seed for side in sides for seed in seed_runs.diverged_seeds(runs, side.recipe)}
planned = seed_runs.planned_seeds(
    size, lab.spec.training.seed, [side.seeds for side in sides], diverged
)
for column, side in zip((left, right), sides, strict=False):
    with column:
        show_recipe(side, runs, planned)
        missing = [seed for seed in planned if seed not in side.seeds]
        train_seeds.offer(lab, side.letter, side.recipe, missing, size)

if current and current.active:
    train_seeds.follow(current, lambda jobs: show_luck(sides, size, jobs))
else:
    show_luck(sides, size)
if any(side.runs for side in sides):
    show_numbers(sides)

show.code(snippets.several_seeds(lab.spec, planned), key="luck")
digits = seed_runs.digits_to_compare_by([mine])
own = seed_runs.accuracies(sides[0].runs, digits)
close_page(
    lab,
    "Luck",
    f"with {len(own)} seeds the same recipe reads {seed_runs.of_hundred(own)} {digits} digits."
    if len(own) >= size
    else "",
)
