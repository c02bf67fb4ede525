"""The lines that a control changed are found, and kept until the next change."""

from dataclasses import replace

from digitlab.export import snippets
from digitlab.export.snippets.changes import Change, ShownCode
from digitlab.specs import ARTICLE, TrainSpec

BATCH = replace(ARTICLE, training=replace(ARTICLE.training, batch_size=64))


def test_a_control_marks_its_own_argument() -> None:
    code = snippets.train(BATCH)
    change = Change.between(snippets.train(ARTICLE), code)
    assert [code.splitlines()[line] for line in change.lines] == ["    batch_size=64,"]
    assert (change.before, change.after) == (("batch_size=100,",), ("batch_size=64,",))


def test_a_line_that_comes_and_goes() -> None:
    validation = replace(ARTICLE, training=TrainSpec(validation_share=0.2))
    with_share, without = (snippets.train(spec) for spec in (validation, ARTICLE))
    assert Change.between(without, with_share).after == ("validation_split=0.2,",)
    gone = Change.between(with_share, without)
    assert gone == Change((), ("validation_split=0.2,",), ())


def test_marks_stay_until_the_next_change() -> None:
    first, second = snippets.train(ARTICLE), snippets.train(BATCH)
    shown = ShownCode(first)
    assert shown.change == Change()
    changed = shown.then(second)
    assert changed.then(second) is changed
    back = changed.then(first)
    assert back.change.after == ("batch_size=100,",)


def test_no_empty_line_is_marked() -> None:
    assert Change.between("a\n", "a\n\nb\n") == Change((2,), (), ("b",))
