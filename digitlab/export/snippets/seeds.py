"""The same recipe with several seeds."""

from collections.abc import Sequence
from textwrap import indent

from digitlab.analysis.seed_runs import digits_to_compare_by
from digitlab.export.snippets.data import LOAD
from digitlab.export.snippets.preparation import prepare
from digitlab.export.snippets.training import compile_model, define, fit
from digitlab.records.score import DigitSet
from digitlab.specs import RunSpec

_TEST = """\
test_loss, test_metric = model.evaluate(x_test, y_test, verbose=0)
results.append(test_metric)
"""

_VALIDATION = """\
results.append(history.history["val_accuracy"][-1])
"""


def several_seeds(spec: RunSpec, seeds: Sequence[int]) -> str:
    """Train the recipe anew with each seed, and note what each network reads.

    It counts the validation digits where the page Luck does, else the test digits. The digits are
    prepared once, before; unless their labels are spoiled, by the seed too.
    """
    training = spec.training
    before, assigned, call = fit(training).partition("history = ")
    digits = digits_to_compare_by([spec])
    if validated := digits is DigitSet.VALIDATION:
        call = assigned + call
    pieces = [
        define(spec).replace("model.summary()\n", ""),
        compile_model(training) + _silent(call),
        _VALIDATION if validated else _TEST,
    ]
    if spec.preparation.label_noise or spec.preparation.shuffle_labels:
        pieces = [f"{LOAD}{prepare(spec)}", *pieces]
    body = "\n".join(pieces)
    for drawn in ("set_random_seed", "default_rng"):
        body = body.replace(f"{drawn}({training.seed})", f"{drawn}(seed)")
    return f"""\
{before}seeds = [{", ".join(map(str, seeds))}]
results = []
for seed in seeds:
{indent(body, "    ")}
print("{digits.capitalize()} {training.metric} of each seed:", dict(zip(seeds, results)))
print("From", min(results), "to", max(results), "mean", np.mean(results))
"""


def _silent(call: str) -> str:
    """The call of `fit` without what it prints: the progress of each seed, and the History."""
    return call.replace("print(history.history)\n", "").replace("\n)\n", "\n    verbose=0,\n)\n")
