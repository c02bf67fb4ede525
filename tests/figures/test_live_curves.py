"""The picture of a training under way says what the chart says that takes its place."""

import xml.etree.ElementTree as ET

import pytest

from digitlab.figures.live_curves import live_curves
from digitlab.figures.training import curves
from digitlab.records.training import EpochRecord

SVG = "{http://www.w3.org/2000/svg}"
LOGS = ("loss", "val_loss", "accuracy", "val_accuracy")


def history(epochs: int, *names: str, **values: float) -> list[EpochRecord]:
    return [
        EpochRecord(epoch, 422, 0.3, {name: values.get(name, 0.6) / (epoch + 1) for name in names})
        for epoch in range(epochs)
    ]


def drawn(svg: str) -> list[list[tuple[float, float]]]:
    """Of each chart the places of its signs, across and down, as shares of the chart."""
    inner = ET.fromstring(svg).find(f"{SVG}svg")
    assert inner is not None
    height = float(inner.attrib["height"])
    return [
        [
            (float(sign.attrib["cx"].rstrip("%")) / 100, float(sign.attrib["cy"]) / height)
            for sign in chart.iter(f"{SVG}circle")
        ]
        for chart in inner.findall(f"{SVG}svg")
    ]


@pytest.mark.parametrize("names", [LOGS, ("loss", "accuracy")])
def test_the_signs_stand_where_the_chart_has_them(names: tuple[str, ...]) -> None:
    records = history(3, *names, loss=2.1)
    figure = curves(records, 5, "accuracy").to_plotly_json()
    layout = figure["layout"]
    expected: list[list[tuple[float, float]]] = [[], []]
    for trace in figure["data"]:
        axis = trace["yaxis"].removeprefix("y")
        left, right = layout[f"xaxis{axis}"]["range"]
        bottom, top = layout[f"yaxis{axis}"]["range"]
        expected[axis == "2"] += [
            ((x - left) / (right - left), 1 - (y - bottom) / (top - bottom))
            for x, y in zip(trace["x"], trace["y"], strict=True)
        ]
    for signs, points in zip(
        drawn(live_curves(records, 5, "accuracy", "#000")), expected, strict=True
    ):
        assert len(signs) == len(points) == 3 * len(names) // 2
        for sign, point in zip(signs, points, strict=True):
            assert sign == pytest.approx(point, abs=0.001)


def test_no_epoch_yet_and_a_loss_that_is_no_number() -> None:
    assert drawn(live_curves([], 5, "accuracy", "#000")) == [[], []]
    broken = [*history(1, "loss", "accuracy"), EpochRecord(1, 422, 0.3, {"loss": float("nan")})]
    assert [len(signs) for signs in drawn(live_curves(broken, 5, "accuracy", "#000"))] == [1, 1]


def test_the_curves_are_named_once_and_apart() -> None:
    both, one = (
        {
            text.text: float(text.attrib["y"])
            for text in ET.fromstring(live_curves(records, 5, "accuracy", "#000")).iter(
                f"{SVG}text"
            )
            if text.text in ("training", "validation")
        }
        for records in (history(2, *LOGS), history(2, "loss", "accuracy"))
    )
    assert both["validation"] - both["training"] >= 14
    assert list(one) == ["training"], "there are no validation digits"
