"""Firefox ESR opens every page, trains and draws."""

from pathlib import Path

from digitlab.ui.shell import path

from .firefox import Tab, firefox
from .visitor import DIGITS, preset, train_page

SETTLED = (
    "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
    " && !document.querySelector('[data-testid=stSkeleton]')"
)

# It lies in a shadow root of its component.
CANVAS = (
    "[...document.querySelectorAll('*')]"
    ".map(one => one.shadowRoot?.querySelector('canvas.upper-canvas')).find(Boolean)"
)


def heading(name: str) -> str:
    return f"[...document.querySelectorAll('h1')].some(one => one.innerText.trim() === {name!r})"


def press(tab: Tab, selector: str, words: str) -> None:
    """Click what has these words."""
    element = (
        f"[...document.querySelectorAll({selector!r})].find(one => "
        f"one.innerText.includes({words!r}))"
    )
    tab.wait(element, words)
    tab.value(f"{element}.click()")


def says(tab: Tab) -> str:
    words: str = tab.value("document.querySelector('[data-testid=stMain]').innerText")
    return words


def test_every_page_opens_and_a_network_is_trained_and_reads_a_drawing(
    server: str, tmp_path: Path
) -> None:
    with firefox(tmp_path) as tab:
        tab.open(train_page(preset("ReLU 128", epochs=2), server))
        tab.wait(heading("Train"), "the page Train")
        press(tab, "[data-testid=stBaseButton-primary]", "Train")  # the view has the same name
        tab.wait(
            "[...document.querySelectorAll('[data-testid=stAlert]')]"
            ".some(one => one.innerText.includes('of 100 validation digits'))",
            "the network",
            seconds=120,
        )
        for step in (*path.STEPS, *path.WHY, path.NEXT, path.RUNS):
            press(tab, "[data-testid=stSidebar] a", step.name)
            tab.wait(heading(step.name), step.name)
            tab.wait(SETTLED, f"all of {step.name}")
            assert "encountered an error" not in says(tab)
        press(tab, "[data-testid=stSidebar] a", "Draw")
        tab.wait(CANVAS, "the canvas")
        tab.wait(SETTLED, "the page Draw")
        box = tab.value(f"{CANVAS}.getBoundingClientRect()")
        for stroke in DIGITS[3]:
            tab.draw([(box["x"] + 56 + 1.68 * x, box["y"] + 56 + 1.68 * y) for x, y in stroke])
        tab.wait(
            "document.querySelector('[data-testid=stMain]').innerText"
            ".includes('It reads the digit 3')",
            "the answer",
        )
