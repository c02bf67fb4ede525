"""How well pictures from files are read, by family: two presets trained, then asked about a folder.

Run from the project's folder: `python -m benchmarks.pictures FOLDER`. The folder holds one folder for each
family of pictures, with files named `<anything>_<label>.<ending>`; the label has a figure for each digit,
from left to right. For each family the table says how many there are, how many are refused, in how many
the lab finds as many digits as there are, and for each preset the share that is read as labelled, and
how many are read wrongly all the same with a share over 80 %: where the digit is ("wrong, 1"), and on
average over five places one pixel apart ("wrong, 5", what the lab calls sure). Last come the milliseconds
from the file to the digits: the median and the longest.
"""

import argparse
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

# `python benchmarks/pictures.py` puts this folder on the path, not the project's.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drawing import answers, trained
from digitlab.analysis.stability import SURE, Reading, moved
from digitlab.preprocess import DrawingError, PictureError, drawing_to_digits, read_picture

PRESETS = ("ReLU 128", "Small CNN")


@dataclass(frozen=True, eq=False)
class Picture:
    """What became of a file.

    Attributes:
        label: what it shows.
        digits: each where it is and one pixel further, (5, 28, 28); none if it is refused.
        seconds: from the file to the digits.
    """

    label: str
    digits: tuple[NDArray[np.uint8], ...]
    seconds: float


def read(path: Path) -> Picture:
    """A file's digits."""
    start = time.perf_counter()
    try:
        drawn = drawing_to_digits(read_picture(path.read_bytes())).digits
    except (DrawingError, PictureError):
        drawn = ()
    seconds = time.perf_counter() - start
    return Picture(path.stem.rpartition("_")[2], tuple(moved(one.digit) for one in drawn), seconds)


def read_all(folder: Path) -> dict[str, list[Picture]]:
    """The pictures of each family.

    Raises:
        ValueError: if there are none.
    """
    found: dict[str, list[Picture]] = defaultdict(list)
    for path in sorted(folder.glob("*/*_*.*")):
        found[path.parent.name].append(read(path))
    if not found:
        raise ValueError(
            f"{folder} holds no folders with pictures named <anything>_<label>.<ending>"
        )
    return found


def score(network: object, pictures: list[Picture]) -> tuple[int, int, int]:
    """How many are read as labelled; how many wrongly and with a large share; and surely."""
    right = large = sure = 0
    for picture in filter(lambda one: one.digits, pictures):
        readings = [Reading(answers(network, one)) for one in picture.digits]
        if "".join(str(one.answer) for one in readings) == picture.label:
            right += 1
            continue
        large += all(one.share > SURE for one in readings)
        sure += all(one.sure for one in readings)
    return right, large, sure


def print_table(families: dict[str, list[Picture]], seed: int) -> None:
    """Train the presets from this seed and print what they read."""
    networks = dict(trained(seed, PRESETS))
    heads = "".join(f"{name:>12}{'wrong, 1':>10}{'wrong, 5':>10}" for name in networks)
    print(f"{'family':12}{'pictures':>9}{'refused':>9}{'counted':>9}{heads}{'ms':>8}{'longest':>9}")
    for family, pictures in families.items():
        refused = sum(not one.digits for one in pictures)
        counted = np.mean([len(one.digits) == len(one.label) for one in pictures])
        row = f"{family:12}{len(pictures):9}{refused:9}{counted:9.3f}"
        for network in networks.values():
            right, large, sure = score(network, pictures)
            row += f"{right / len(pictures):12.3f}{large:10}{sure:10}"
        times = [1000 * one.seconds for one in pictures]
        print(f"{row}{median(times):8.0f}{max(times):9.0f}", flush=True)


def main() -> None:
    """Read the folder, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=0, help="of the training")
    options = parser.parse_args()
    try:
        print_table(read_all(options.folder), options.seed)
    except (OSError, ValueError) as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
