"""A class in one lesson: thirty visitors train, evaluate and draw at once, on one server.

Run from the project's folder: `python -m benchmarks.classroom`. Each visitor opens Train, presses
Train, follows the live page until the network is trained, reads its accuracy on Evaluate and
draws a seven on Draw. Results are compared page with page, and some with plain Keras. The
visitors share the machine with the server; what they take themselves is the last line. It takes
two to three minutes on two cores.
"""

import asyncio
import base64
import io
import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from benchmarks import command_line
from benchmarks.page import PageRun
from benchmarks.server import ProcessWatch, running_server
from benchmarks.visitor import VisitError, Visitor
from digitlab.specs import ARTICLE, TENSORFLOW_THREADS
from digitlab.specs.link import VERSION, to_query

LAST_SECONDS, P95_MILLISECONDS, SUM_MEGABYTES = 60, 300, 1600  # the aims

_PATIENCE_SECONDS = 240  # a visitor who waits longer for anything has no result

_SEVEN = [(80, 75), (200, 75)]
_FEET = [(x, 225) for x in range(105, 145)]  # where a seven can end
_CANVAS, _BRUSH = 280, 20


@dataclass
class Lesson:
    """What one visitor saw; times are `time.perf_counter()`.

    Attributes:
        seed: in the code on Train, before the training.
        accuracy: of the test digits, on Evaluate; `in_sidebar` is the same there, in per cent.
        answer: to the drawing.
        problem: what went wrong; empty if nothing did.
    """

    seed: int = -1
    accuracy: float = -1
    in_sidebar: float = -1
    answer: str = ""
    problem: str = ""
    pressed: float = 0
    trained: float = 0
    done: float = 0
    runs: list[PageRun] = field(default_factory=list)


def share_query(share: float) -> str:
    """The query of a link that sets the share of the training digits; empty for all of them.

    It sets nothing else, so each visitor has a seed of their own.
    """
    return to_query({"v": VERSION, "data_share": str(share)}) if share < 1 else ""


async def take_lesson(
    address: str, delay: float, share: float, all_here: asyncio.Barrier
) -> Lesson:
    """One visitor, who comes and later presses Train `delay` seconds after the first one."""
    lesson = Lesson()
    visitor = Visitor(address, _PATIENCE_SECONDS, share_query(share))
    try:
        await asyncio.sleep(delay)
        async with visitor:
            try:
                await visitor.open("Train")
            finally:
                await all_here.wait()
            await asyncio.sleep(delay)
            await _train(visitor, lesson)
            await visitor.open("Evaluate")
            await visitor.take_exam()
            lesson.accuracy = _test_accuracy(visitor)
            lesson.in_sidebar = float((await visitor.read(r"Exam: It reads ([\d.]+)\s%"))[1])
            await visitor.open("Draw")
            await visitor.give("drawable_canvas", drawing())
            lesson.answer = (await visitor.read(r"It reads the digit .*"))[0]
            lesson.done = time.perf_counter()
        lesson.problem = _contradiction(lesson)
    except (VisitError, OSError, EOFError) as error:
        lesson.problem = str(error) or repr(error)
    lesson.runs = visitor.stopwatch.runs
    return lesson


async def _train(visitor: Visitor, lesson: Lesson) -> None:
    lesson.seed = await _seed(visitor)
    lesson.pressed = time.perf_counter()
    await visitor.press("Train")
    await visitor.read(r"your network read \d+ of 100 training digits")
    lesson.trained = time.perf_counter()
    if await _seed(visitor) != lesson.seed:
        raise VisitError("The page's seed is another one after the training.")


def _test_accuracy(visitor: Visitor) -> float:
    for metric, _ in visitor.page.of_kind("metric"):
        if metric.label == "Test accuracy":
            return float(metric.body)
    raise VisitError("Evaluate shows no test accuracy.")


async def _seed(visitor: Visitor) -> int:
    return int((await visitor.read(r"set_random_seed\((\d+)\)"))[1])


def _contradiction(lesson: Lesson) -> str:
    if lesson.in_sidebar != float(f"{100 * lesson.accuracy:.1f}"):
        return f"{lesson.in_sidebar} % in the sidebar, {lesson.accuracy} on Evaluate."
    return ""


def drawing(number: int = 0) -> dict[str, object]:
    """A seven, as the canvas component sends it; with each number a little another one."""
    image = Image.new("RGBA", (_CANVAS, _CANVAS), "white")
    ImageDraw.Draw(image).line(
        [*_SEVEN, _FEET[number % len(_FEET)]], fill="black", width=_BRUSH, joint="curve"
    )
    file = io.BytesIO()
    image.save(file, "PNG")
    data = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    return {"drawing": {"raw": {"objects": []}, "data": data}, "backgroundFit": None}


async def hold_class(
    address: str, sessions: int, spread: float, share: float = 1.0
) -> list[Lesson]:
    """So many lessons at once; they begin evenly over `spread` seconds."""
    all_here = asyncio.Barrier(sessions)
    delays = np.linspace(0, spread, sessions)
    return await asyncio.gather(*(take_lesson(address, delay, share, all_here) for delay in delays))


def plain_accuracy(seed: int, share: float) -> float:
    """Test accuracy of the article's network with this seed, as a script with Keras gets it."""
    import keras

    from digitlab.data.mnist import load_mnist
    from digitlab.engine.build import build_model, make_optimizer
    from digitlab.preprocess.arrays import network_input, one_hot

    data, training = load_mnist(), ARTICLE.training
    keras.utils.set_random_seed(seed)
    model = build_model(ARTICLE.network)
    model.compile(loss=training.loss, optimizer=make_optimizer(training), metrics=["accuracy"])
    few = int(share * len(data.x_train))
    images = network_input(data.x_train[:few], ARTICLE.network)
    labels = one_hot(data.y_train[:few])
    model.fit(images, labels, training.batch_size, training.epochs, verbose=0)
    images, labels = network_input(data.x_test, ARTICLE.network), one_hot(data.y_test)
    return float(model.evaluate(images, labels, verbose=0)[1])


def compare_with_keras(lessons: Sequence[Lesson], number: int, share: float) -> None:
    """Train so many sessions' networks again in another process; note where they differ."""
    done = [lesson for lesson in lessons if not lesson.problem]
    chosen = done[:: max(1, len(done) // number)][:number] if number else []
    os.environ["TF_NUM_INTRAOP_THREADS"] = str(TENSORFLOW_THREADS)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    spawn = multiprocessing.get_context("spawn")  # it inherits the environment, and nothing else
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        seeds, shares = [lesson.seed for lesson in chosen], [share] * len(chosen)
        for lesson, expected in zip(chosen, pool.map(plain_accuracy, seeds, shares), strict=True):
            print(f"seed {lesson.seed}: {lesson.accuracy:.4f}, plain Keras {expected:.4f}")
            if f"{expected:.4f}" != f"{lesson.accuracy:.4f}":
                lesson.problem = f"Keras gives {expected:.4f} for seed {lesson.seed}."


def print_lessons(lessons: Sequence[Lesson]) -> None:
    """How many came to their own right result, and when the last one did."""
    right = [lesson for lesson in lessons if not lesson.problem]
    print_row("own right result", f"{len(right)} of {len(lessons)}", len(right) == len(lessons))
    begin = min((lesson.pressed for lesson in lessons if lesson.pressed), default=0)
    for name, attribute in (("last is trained", "trained"), ("last has done all", "done")):
        last = max(getattr(lesson, attribute) for lesson in lessons) - begin
        if all(getattr(lesson, attribute) for lesson in lessons):
            print_row(f"first press until the {name}", f"{last:.1f} s", last <= LAST_SECONDS)
        else:
            print_row(f"first press until the {name}", "never", False)
    for number, lesson in enumerate(lessons):
        if lesson.problem:
            print(f"  session {number}: {lesson.problem}")


def print_runs(runs: Sequence[PageRun]) -> None:
    """Percentiles of the page runs, and whether the 95th of all is short enough."""
    print(f"\n{'page runs, ms':38}{'n':>7}{'p50':>9}{'p95':>9}{'max':>9}")
    kinds = {
        "whole pages": [run.milliseconds for run in runs if not run.live],
        "live parts": [run.milliseconds for run in runs if run.live],
        "all": [run.milliseconds for run in runs],
    }
    for name, times in kinds.items():
        p50, p95, slowest = np.percentile(times or [np.nan], [50, 95, 100])
        print(f"{name:38}{len(times):7}{p50:9.0f}{p95:9.0f}{slowest:9.0f}")
    print_row("p95 of all", f"{p95:.0f} ms", bool(p95 <= P95_MILLISECONDS))


def print_processes(watch: ProcessWatch, own: float) -> None:
    """Memory and processor time of each process, and the visitors' own."""
    print(f"\n{'process':38}{'peak':>9}{'end':>9}{'CPU':>9}{'share':>9}")
    for name, usage in watch.usage.items():
        share = usage.processor / watch.duration
        print(
            f"{name:38}{usage.peak:6.0f} MB{usage.last:6.0f} MB{usage.processor:7.1f} s{share:9.0%}"
        )
    print(f"{'visitors':56}{own:7.1f} s{own / watch.duration:9.0%}")
    megabytes = watch.peak_sum
    print_row("peak of the sum", f"{megabytes:.0f} MB", megabytes <= SUM_MEGABYTES)


def print_row(name: str, value: str, met: bool) -> None:
    """One measure with an aim."""
    print(f"{name:38}{value:>12}   {'met' if met else 'missed'}")


def main(argv: Sequence[str] | None = None) -> int:
    """Hold the lesson and print the tables; 1 if a session had a wrong result or none."""
    options = command_line.parser(__doc__)
    options.add_argument("--sessions", type=int, default=30)
    options.add_argument("--spread", type=float, default=10, help="s between first and last press")
    options.add_argument(
        "--check", type=int, default=2, help="sessions to compare with plain Keras"
    )
    options.add_argument("--cold", action="store_true", help="the workers are not there yet")
    options.add_argument("--share", type=float, default=1.0, help="of the training digits")
    # Half of the digits: with fewer, a quick machine has trained before a page asks how far it is.
    smoke = {"sessions": 2, "spread": 0.0, "check": 1, "cold": True, "share": 0.5}
    given = command_line.parse(options, argv, smoke)
    with running_server() as server:
        server.wait_until_healthy()
        if not given.cold:
            warm_up = asyncio.run(hold_class(server.address, 1, 0, given.share))
            print(f"warm-up: {warm_up[0].problem or warm_up[0].answer}")
        began = time.process_time()
        with ProcessWatch(server) as watch:
            lessons = asyncio.run(
                hold_class(server.address, given.sessions, given.spread, given.share)
            )
        own = time.process_time() - began
        errors = server.errors()
    compare_with_keras(lessons, given.check, given.share)
    print_lessons(lessons)
    print_runs([run for lesson in lessons for run in lesson.runs])
    print_processes(watch, own)
    if errors:
        print("", "The server's log:", *errors[:10], sep="\n")
    return int(bool(errors) or any(lesson.problem for lesson in lessons))


if __name__ == "__main__":
    sys.exit(main())
