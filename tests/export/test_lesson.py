"""The program and the notebook: well made, and all that the pages show is in them."""

import subprocess
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import nbformat
import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.export.last_digits import notebook_title
from digitlab.export.lesson import Lesson
from digitlab.export.notebook import notebook
from digitlab.export.script import script
from digitlab.records.networks import THREADS, TrainedNetwork
from digitlab.specs import (
    LOSSES,
    OPTIMIZERS,
    PRESETS,
    PrepSpec,
    RunSpec,
    SampleSelection,
    TrainSpec,
)
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.page_views import WHAT
from tests.conftest import finished
from tests.pages.exam import examined
from tests.reading import control

from .pieces import missing

ROOT = Path(__file__).parents[2]

LOOK = SampleSelection("test", 21, digit=3, axes=1, row=9, column=4, test_index=77)

RUNS = [
    replace(preset, training=replace(preset.training, validation_share=share, rate_changes=changes))
    for preset, (share, changes) in product(
        PRESETS.values(), [(0.0, ()), (0.1, ((1, 0.3),)), (0.5, ((2, 1e-6), (3, 1 / 3)))]
    )
] + [
    RunSpec(training=TrainSpec(loss, optimizer, 0.001, "top_k_categorical_accuracy"))
    for loss, optimizer in product(LOSSES, OPTIMIZERS)
] + [
    RunSpec(
        training=TrainSpec(zero_start=True),
        preparation=PrepSpec(False, False, 1 / 3, 8, 0.2, True),
    ),
    RunSpec(PRESETS["Small CNN"].network, preparation=PrepSpec(dropped_digit=8)),
]  # fmt: skip


def test_both_are_formatted_as_ruff_does(tmp_path: Path) -> None:
    for number, run in enumerate(RUNS):
        lesson = Lesson.of(run, LOOK)
        (tmp_path / f"train_{number}.py").write_text(script(lesson), encoding="utf-8")
        (tmp_path / f"lesson_{number}.ipynb").write_text(notebook(lesson), encoding="utf-8")
    for command in (["format", "--diff"], ["check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", str(tmp_path)]
        done = subprocess.run(ruff, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("run", RUNS[:3])
def test_notebook_is_valid_and_has_one_idea_a_cell(run: RunSpec) -> None:
    lesson = Lesson.of(run, LOOK)
    document = nbformat.reads(notebook(lesson), as_version=4)
    nbformat.validate(document)
    headings = [
        cell.source.partition("\n")[0] for cell in document.cells if cell.source.startswith("## ")
    ]
    assert headings == [
        f"## {number}. {title}"
        for number, title in enumerate(
            [*(section.title for section in lesson.sections), notebook_title()], start=1
        )
    ]
    kinds = [cell.cell_type for cell in document.cells]
    assert kinds == ["markdown", "code"] * (len(kinds) // 2)  # words before each piece of code
    assert max(cell.source.count("\n") for cell in document.cells) < 25


@pytest.mark.parametrize(("noted", "threads"), [({THREADS: "1"}, 1), ({}, 2)], ids=["now", "kept"])
def test_it_sets_as_many_threads_as_the_run_had(
    trained: TrainedNetwork, noted: dict[str, str], threads: int
) -> None:
    packages = {name: version for name, version in trained.versions.items() if name != THREADS}
    lesson = Lesson.of(trained.spec, None, replace(trained, versions=packages | noted))
    line = f'os.environ["TF_NUM_INTRAOP_THREADS"] = "{threads}"'
    assert line in script(lesson)
    assert line in nbformat.reads(notebook(lesson), as_version=4).cells[-1].source


def test_the_first_line_names_the_versions_that_made_the_numbers(trained: TrainedNetwork) -> None:
    others = replace(trained, versions={**trained.versions, "keras": "3.15.7", "numpy": "2.1.0"})
    first = script(Lesson.of(trained.spec, LOOK, others)).partition("\n")[0]
    assert first.startswith("# pip install keras==3.15.7 tensorflow==")
    assert " numpy==2.1.0 scikit-learn==" in first
    document = nbformat.reads(notebook(Lesson.of(trained.spec, LOOK, others)), as_version=4)
    assert document.cells[1].source.startswith("# %pip install keras==3.15.7 tensorflow==")


def test_nothing_of_the_lab_is_needed() -> None:
    for run in RUNS:
        imports = [
            line.split()[1].partition(".")[0]
            for line in script(Lesson.of(run, LOOK)).splitlines()
            if line.startswith(("import ", "from "))
        ]
        assert imports == ["os", "keras", "matplotlib", "numpy", "tensorflow", "sklearn", "sklearn"]


@pytest.mark.parametrize("preset", ["Two hidden layers", "Small CNN"])
@pytest.mark.parametrize(
    "page",
    [
        "1_Data",
        "2_Prepare",
        "3_Network",
        "4_Train",
        "16_Learn",
        "5_Evaluate",
        "6_Predict",
        "7_Draw",
        "11_Robustness",
    ],
)
def test_every_snippet_on_a_page_is_a_part_of_the_program(
    page: str, preset: str, queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    run = replace(
        PRESETS[preset],
        training=replace(PRESETS[preset].training, validation_share=0.2, rate_changes=((1, 0.3),)),
    )
    if preset == "Two hidden layers":
        run = replace(run, preparation=PrepSpec(scale=False, dropped_digit=8, label_noise=0.2))
    lab = Lab(spec=run, selection=LOOK)
    history = (trained.history[0],) * run.training.epochs
    lab.job = finished(replace(trained, spec=run, history=history))
    test = AppTest.from_file(str(ROOT / f"pages/{page}.py"), default_timeout=60)
    test.session_state["digitlab"] = examined(lab)
    test.session_state["view_Learn"] = "keras"
    test.run()
    assert not test.exception
    pieces = [code.value for code in test.code if code.language == "python"]
    if page not in ("16_Learn", "11_Robustness"):  # their code stands on one view
        for view in list(path.step(page.partition("_")[2]).views)[1:]:
            control(test.segmented_control, WHAT).set_value(view).run()
            assert not test.exception
            pieces += [code.value for code in test.code if code.language == "python"]
    assert pieces
    program = script(Lesson.of(run, LOOK))
    for piece in pieces:
        assert missing(piece, program) == []


def test_before_the_exam_the_program_does_not_say_the_test_score(trained: TrainedNetwork) -> None:
    score, metric = f"{trained.test_accuracy:.4f}", f"{trained.test_metric:.4f}"
    assert score in script(Lesson.of(trained.spec, LOOK, trained))
    closed = Lesson.of(trained.spec, LOOK, trained, with_test=False)
    assert score not in script(closed)
    assert metric not in notebook(closed)
    assert closed.requirements == Lesson.of(trained.spec, LOOK, trained).requirements
