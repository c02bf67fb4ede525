"""The command line: the lab's numbers, and one line for bad input."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from digitlab import limits
from digitlab.analysis.evaluation import confusion_matrix
from digitlab.architecture.keras_file import weights
from digitlab.cli import commands, main
from digitlab.cli.arguments import PRESET_NAMES
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.export.length import Length
from digitlab.export.lesson import Lesson
from digitlab.export.notebook import notebook
from digitlab.export.script import script
from digitlab.preprocess import drawing_to_digit, png
from digitlab.records.history import history_csv, keras_log
from digitlab.records.networks import Network, TrainedNetwork
from digitlab.specs import (
    ARTICLE,
    PRESETS,
    LessonSpec,
    Preprocessing,
    RunSpec,
    SampleSelection,
    TrainSpec,
)
from digitlab.specs.link import to_link, to_query
from tests.uploads.models.learned import OF_UNIT, learned, shifted

ROOT = Path(__file__).parents[2]

SAME_AS_TRAINED = ["--preset", "article", "--epochs", "1", "--seed", "5"]

OTHER = LessonSpec(
    RunSpec(PRESETS["Small CNN"].network, TrainSpec(optimizer="adam", learning_rate=0.003, seed=8)),
    SampleSelection("test", 3, test_index=50),
)


@pytest.fixture(scope="module")
def saved(trained: TrainedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that a worker has trained, in a file."""
    file = tmp_path_factory.mktemp("saved") / "network.keras"
    file.write_bytes(trained.model)
    return file


def without_times(lines: list[str]) -> list[str]:
    return [re.sub(r"\d+s \d+[mu]?s/step", "", line) for line in lines]


def test_train_gives_the_numbers_of_the_lab_and_prints_what_keras_prints(
    trained: TrainedNetwork, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    model, history = tmp_path / "network.keras", tmp_path / "history.csv"
    files = ["--save", str(model), "--history", str(history)]
    assert main(["train", *SAME_AS_TRAINED, *files]) == 0
    assert history.read_text() == history_csv(trained.history)
    for ours, theirs in zip(weights(model.read_bytes()), trained.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    printed, said = capfd.readouterr()
    assert said == ""
    lines = without_times(printed.splitlines())
    expected = without_times(keras_log(trained.history, None, trained.spec.training))
    assert [line for line in lines if line in expected] == expected
    assert "Total params: 7,960" in printed
    assert lines[-2:] == [
        f"Test loss: {trained.test_loss}",
        f"Test accuracy: {trained.test_metric}",
    ]


@pytest.mark.parametrize("from_file", [True, False])
def test_evaluate_prints_the_labs_scores_and_matrix(
    trained: TrainedNetwork,
    mnist: Dataset,
    saved: Path,
    capfd: pytest.CaptureFixture[str],
    from_file: bool,
) -> None:
    source = ["--model", str(saved)] if from_file else SAME_AS_TRAINED
    assert main(["evaluate", *source]) == 0
    printed = capfd.readouterr().out
    matrix = confusion_matrix(mnist.y_test, trained.probabilities)
    assert str(matrix) in printed
    loss = float(re.findall(r"Test loss: (.*)", printed)[0])
    assert loss == pytest.approx(trained.test_loss, rel=1e-6)
    assert printed.splitlines()[-1] == f"On the diagonal: {trained.test_accuracy}"


def test_predict_reads_a_picture_as_the_lab_does(
    trained: TrainedNetwork,
    mnist: Dataset,
    queue: TrainingQueue,
    saved: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    asked: list[int] = []

    def ask(network: Network, digits: NDArray[np.uint8]) -> NDArray[np.float32]:
        asked.append(len(digits))
        return honest(network, digits)

    honest = commands._ask
    monkeypatch.setattr(commands, "_ask", ask)
    picture = np.kron(255 - mnist.x_test[0], np.ones((8, 8), np.uint8))
    file = tmp_path / "seven.png"
    file.write_bytes(png(picture))
    assert main(["predict", str(file), "--model", str(saved)]) == 0
    answers = queue.predict(trained, drawing_to_digit(picture).digit[None])[0]
    assert capfd.readouterr().out == f"{np.round(answers, 2)}\n{answers.argmax()}\n"
    assert max(asked) < len(mnist.x_test), "nobody asked for the test digits"


def test_a_file_is_asked_in_the_pixels_that_it_takes_and_stderr_says_so(
    mnist: Dataset, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    model = learned(Preprocessing.ZERO_TO_ONE, mnist)
    right = np.asarray(model(mnist.x_test / 255.0)).argmax(axis=1) == mnist.y_test
    file = tmp_path / "network.keras"
    shifted(model, *OF_UNIT[Preprocessing.INVERTED_ZERO_TO_ONE]).save(file)
    capfd.readouterr()
    assert main(["evaluate", "--model", str(file)]) == 0
    printed, said = capfd.readouterr()
    accuracy = float(printed.splitlines()[-1].removeprefix("On the diagonal: "))
    assert accuracy == pytest.approx(right.mean(), abs=1e-3)
    (line,) = said.splitlines()
    assert line.startswith("The network takes pixels from 1 (paper) to 0 (ink).")
    share = float(re.findall(r"reads (\S+)%", line)[0])
    some = mnist.x_train[: limits.GUESS_DIGITS] / 255.0
    read = np.asarray(model(some)).argmax(axis=1) == mnist.y_train[: limits.GUESS_DIGITS]
    assert share == pytest.approx(100 * read.mean(), abs=0.2)
    picture = tmp_path / "seven.png"
    drawn = np.kron(255 - mnist.x_test[0], np.ones((8, 8), np.uint8))
    picture.write_bytes(png(drawn))
    assert main(["predict", str(picture), "--model", str(file)]) == 0
    printed, again = capfd.readouterr()
    answers = model(drawing_to_digit(drawn).digit[None] / 255.0)
    assert printed.splitlines()[-1] == str(np.asarray(answers).argmax())
    assert again == said


@pytest.mark.parametrize(("command", "make"), [("script", script), ("notebook", notebook)])
def test_script_and_notebook_come_from_a_preset_a_file_or_a_link(
    command: str, make: Callable[..., Any], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, preset in PRESET_NAMES.items():
        assert main([command, "--preset", name]) == 0
        assert capfd.readouterr().out.rstrip() == make(Lesson.of(preset)).rstrip()
    spec, out = tmp_path / "run.json", tmp_path / "out"
    spec.write_text(OTHER.spec.to_json())
    assert main([command, "--spec", str(spec), "--seed", "9", "--output", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == make(Lesson.of(OTHER.spec.with_seed(9)))
    link = f"https://lab.example/Train?{to_query(to_link(OTHER))}"
    assert main([command, "--link", link]) == 0
    assert capfd.readouterr().out.rstrip() == make(Lesson.of(OTHER.spec, OTHER.selection)).rstrip()


def test_the_lesson_alone_is_shorter(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["script", "--length", "lesson"]) == 0
    lesson = capfd.readouterr().out
    assert lesson.rstrip() == script(Lesson.of(ARTICLE, length=Length.LESSON)).rstrip()
    assert main(["script"]) == 0
    assert len(lesson) < len(capfd.readouterr().out)


def test_each_preset_has_a_name() -> None:
    assert list(PRESET_NAMES.values()) == list(PRESETS.values())
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in PRESET_NAMES)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("0.0.0.0", 0)) as other:
        yield other.getsockname()[1]


@pytest.fixture
def files(tmp_path: Path, saved: Path, taken: int) -> dict[str, str]:
    """Files that the bad inputs name."""
    contents = {
        "bad.json": b'{"version": 1, "training": {"epochs": 99}}',
        "no.json": b"\x80\x81",
        "huge.json": b" " * 100_000,
        "no.png": b"no picture",
        "blank.png": png(np.full((100, 100), 255, np.uint8)),
        "bad.keras": b"\x80\x04cos\nsystem\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name.replace(".", "_"): str(tmp_path / name) for name in contents} | {
        "folder": str(tmp_path),
        "missing": str(tmp_path / "missing" / "file"),
        "saved": str(saved),
        "taken": str(taken),
    }


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ("fly", "fly"),
        ("train --fly", "--fly"),
        ("--fly", "--fly"),
        ("--port 8600 train", "--port"),
        ("--browser script", "--browser"),
        ("--server.baseUrlPath=x script", "--server.baseUrlPath=x"),
        ("--port 0", "number from 1 to 65535"),
        ("--port 65536", "number from 1 to 65535"),
        ("--port http", "number from 1 to 65535"),
        ("--browser --headless", "--headless"),
        ("--port {taken}", "Another program uses port"),
        ("--address 192.0.2.1", "This computer has no address 192.0.2.1"),
        ("--server.nothing=1", "--server.nothing"),
        ("train --preset none", "none"),
        ("train --seed -1", "seed"),
        ("train --seed x", "--seed"),
        ("train --epochs 0", "epochs"),
        ("train --spec {bad_json}", "epochs"),
        ("train --spec {no_json}", "JSON"),
        ("train --spec {huge_json}", "5,000"),
        ("train --spec {missing}", "missing"),
        ("train --spec {folder}", "directory"),
        ("train --preset article --link http://x/?v=1", "--link"),
        ("train --link http://x/Train?v=2", "version"),
        ("train --link http://x/Train?v=1&epochs=99", "epochs"),
        ("train --link nonsense", "nonsense"),
        ("train --link=", "There is no link"),
        ("train --save {missing}", "missing"),
        ("evaluate --model {missing}", "missing"),
        ("evaluate --model {bad_keras}", "model.save"),
        ("predict", "IMAGE"),
        ("predict {missing} --model {saved}", "missing"),
        ("predict {no_png} --model {saved}", "picture"),
        ("predict {blank_png} --model {saved}", "The picture is white"),
        ("notebook --output {missing}", "missing"),
    ],
)
def test_bad_input_gives_one_line_and_a_code(
    arguments: str, named: str, files: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    filled = [word.format_map(files) for word in arguments.split()]
    try:
        code: int | str | None = main(filled)
    except SystemExit as exit:  # argparse's own way out
        code = exit.code
    printed, said = capfd.readouterr()
    assert code == 2
    assert printed == ""
    assert re.fullmatch(r"digitlab: .+\n", said)
    assert named in said


def test_as_a_program(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "digitlab", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    result = run("script", "--preset", "article")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == script(Lesson.of(ARTICLE))
    refused = run("train", "--seed", "-1")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.count("\n") == 1


def test_the_settings_of_another_course_on_this_machine_change_no_number(
    trained: TrainedNetwork, tmp_path: Path
) -> None:
    history = tmp_path / "history.csv"
    done = subprocess.run(
        [sys.executable, "-m", "digitlab", "train", *SAME_AS_TRAINED, "--history", history],
        cwd=ROOT,
        env={
            **os.environ,
            "KERAS_HOME": str(ROOT / "tests" / "export" / "elsewhere"),
            "KERAS_BACKEND": "jax",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert history.read_text() == history_csv(trained.history)
