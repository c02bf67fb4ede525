"""The picture of a network whose weights are changed more and more."""

from digitlab.figures.ablations import accuracy_over_amount


def test_the_chosen_amount_is_marked_and_the_unchanged_network_comes_first() -> None:
    figure = accuracy_over_amount((1, 8, 64), (0.96, 0.95, 0.8), 64, 0.97, "Units that are cut")
    (line,) = figure.data
    assert list(line.x) == ["0", "1", "8", "64"]
    assert list(line.y) == [0.97, 0.96, 0.95, 0.8]
    sizes = list(line.marker.size)
    assert sizes.index(max(sizes)) == 3
    assert figure.layout.xaxis.title.text == "Units that are cut"
