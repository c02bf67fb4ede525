"""What the command line takes, and what becomes of bad input: one line, and an exit code."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from digitlab import __version__, limits
from digitlab.architecture.errors import UploadError
from digitlab.cli import commands
from digitlab.cli.serve import ServingError, serve
from digitlab.data.mnist import DataError
from digitlab.export.length import Length
from digitlab.specs import ARTICLE, PRESETS, TENSORFLOW_THREADS, LessonSpec, RunSpec
from digitlab.specs.checks import ChoiceError
from digitlab.specs.link import from_address
from digitlab.uploads.pictures import PictureError
from digitlab.wording.problems.choice_rules import choice_words
from digitlab.wording.problems.digits_file import digits_file_words
from digitlab.wording.problems.link_problems import link_words
from digitlab.wording.problems.pictures import READ_KINDS, picture_refusal
from digitlab.wording.problems.uploads import network_refusal

BAD_INPUT = 2  # as argparse has it
_INTERRUPTED = 130  # as shells have it
_STREAMLITS = re.compile(r"--[a-z]+\.")  # its options have a section: --server.baseUrlPath=digits

PRESET_NAMES = {
    "article" if run is ARTICLE else name.lower().replace(" ", "-"): run
    for name, run in PRESETS.items()
}
"""Each preset by a name that needs no quotes."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line; the usage is behind --help."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"digitlab: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit code is 0, or what a bad input gives.

    Args:
        arguments: without the program's name; None takes those of the process.
    """
    parser = _parser()
    chosen, further = parser.parse_known_args(arguments)
    _check_together(parser, chosen, further)
    if chosen.command is None:
        try:
            return serve(chosen, further)
        except ServingError as error:
            parser.error(str(error))
    try:
        _prepare_keras()
        chosen.command(chosen, _lesson(chosen))
    except BrokenPipeError:  # `| head` has seen enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - Python closes it at its end
    except (ValueError, OSError, DataError) as error:
        print(f"digitlab: {_one_line(error)}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0


def _check_together(
    parser: argparse.ArgumentParser, chosen: argparse.Namespace, further: Sequence[str]
) -> None:
    """End the program if an option does not go with what is to be done."""
    serving = chosen.command is None
    unknown = [option for option in further if not (serving and _STREAMLITS.match(option))]
    if unknown:
        parser.error(f"{unknown[0]} is unknown here. --help lists what you can use.")
    if not serving and {chosen.port, chosen.address, chosen.browser} != {None}:
        parser.error(
            "--port, --address, --browser and --headless serve the lab. Use them without a COMMAND."
        )


def _prepare_keras() -> None:
    """Before its import: the backend and as many threads as the lab's workers have.

    And none of the messages of TensorFlow's that are no errors.
    """
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ["TF_NUM_INTRAOP_THREADS"] = str(TENSORFLOW_THREADS)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}"
    if isinstance(error, UploadError):
        text = network_refusal(error)
    elif isinstance(error, PictureError):
        text = picture_refusal(error)
    elif isinstance(error, ChoiceError):
        text = choice_words(error)
    elif isinstance(error, DataError):
        text = digits_file_words(error)
    else:
        text = str(error)
    return " ".join(text.split())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="digitlab",
        description="DigitLab is a first contact with deep learning. Without a COMMAND it serves "
        "the lab to browsers.",
        epilog="You can add Streamlit's own options, such as --server.baseUrlPath=digits.",
    )
    parser.add_argument("--version", action="version", version=f"digitlab {__version__}")
    _add_serving(parser)
    tasks = parser.add_subparsers(title="without a browser", metavar="COMMAND")
    for name, command, words in (
        ("train", commands.train, "train a network and print what Keras prints"),
        ("evaluate", commands.evaluate, "test a network on the 10,000 test digits"),
        ("predict", commands.predict, f"read one digit from a picture ({READ_KINDS})"),
        ("script", commands.script, "write the run as a Python program that needs no lab"),
        ("notebook", commands.notebook, "write the run as a notebook for Jupyter or Colab"),
    ):
        task = tasks.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        task.set_defaults(command=command)
        if name == "predict":
            task.add_argument(
                "image",
                metavar="IMAGE",
                type=Path,
                help="a picture of one digit, or of several in a row",
            )
        _add_run(task)
        if name == "train":
            task.add_argument("--save", type=Path, metavar="FILE.keras", help="save the network")
            task.add_argument("--history", type=Path, metavar="FILE.csv", help="save the History")
        elif name in ("script", "notebook"):
            task.add_argument("--output", type=Path, metavar="FILE", help="write to this file")
            task.add_argument(
                "--length",
                type=Length,
                choices=[*Length],
                default=Length.EVERYTHING,
                help="only the lesson, or everything (the default)",
            )
        else:
            task.add_argument(
                "--model",
                type=Path,
                metavar="FILE.keras",
                help="a saved network; without it the lab first trains the run",
            )
    return parser


def _add_serving(parser: argparse.ArgumentParser) -> None:
    """How the lab is served; what is left out is as in `.streamlit/config.toml`."""
    parser.set_defaults(command=None)
    serving = parser.add_argument_group("serving the lab")
    serving.add_argument(
        "--port", type=_port, help="listen on this port; the default is 8501, or the next free port"
    )
    serving.add_argument(
        "--address",
        help="listen on this address; 127.0.0.1 is for this computer only; the default is all "
        "addresses",
    )
    opens = serving.add_mutually_exclusive_group()
    opens.add_argument(
        "--browser",
        action="store_true",
        default=None,
        help="open the lab in the browser of this computer",
    )
    opens.add_argument(
        "--headless",
        dest="browser",
        action="store_false",
        default=None,
        help="open no browser (the default)",
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 2**16):
        raise argparse.ArgumentTypeError(
            f"{text} is not a port. A port is a number from 1 to 65535."
        )
    return int(text)


def _add_run(task: argparse.ArgumentParser) -> None:
    """Where the run comes from."""
    source = task.add_mutually_exclusive_group()
    source.add_argument(
        "--preset", choices=PRESET_NAMES, default="article", help="a network and its recipe"
    )
    source.add_argument("--spec", type=Path, metavar="FILE.json", help="a file with a run, as JSON")
    source.add_argument("--link", metavar="ADDRESS", help="a link from the lab (Copy link)")
    task.add_argument("--seed", type=int, help="use this seed for the run")
    task.add_argument("--epochs", type=int, help="train so many epochs")


def _lesson(chosen: argparse.Namespace) -> LessonSpec:
    """What was chosen.

    Raises:
        ValueError: if it can't be used.
        OSError: if its file can't be read.
    """
    lesson = _source(chosen)
    spec = lesson.spec
    if chosen.seed is not None:
        spec = spec.with_seed(chosen.seed)
    if chosen.epochs is not None:
        spec = replace(spec, training=replace(spec.training, epochs=chosen.epochs))
    return replace(lesson, spec=spec)


def _source(chosen: argparse.Namespace) -> LessonSpec:
    if chosen.link is not None:
        lesson, problems = from_address(chosen.link)
        if problems:
            raise ValueError(link_words(problems[0]))
        return lesson
    if chosen.spec:
        with chosen.spec.open("rb") as file:  # a character has 4 bytes at most
            content = file.read(4 * limits.MAX_SPEC_CHARACTERS + 1)
        return LessonSpec(RunSpec.from_json(content.decode("utf-8", "replace")))
    return LessonSpec(PRESET_NAMES[chosen.preset])
