"""A search: train every setting, compare by validation digits, then take the exam once."""

import json
from textwrap import indent

from digitlab.export.snippets.training import compile_model, define, fit
from digitlab.specs.search import SearchSpec

_OPTIMIZERS = """\
optimizers = {
    "sgd": keras.optimizers.SGD(learning_rate=RATE),
    "momentum": keras.optimizers.SGD(learning_rate=RATE, momentum=0.9),
    "rmsprop": keras.optimizers.RMSprop(learning_rate=RATE),
    "adam": keras.optimizers.Adam(learning_rate=RATE),
}
"""


def search(plan: SearchSpec) -> str:
    """Functions that train one setting, the loop over all of them, and the exam of the winner.

    With halving a setting that goes on is trained again from its beginning: with the same seed
    that gives the same numbers, and the loop stays short.
    """
    names = [name for name, _ in plan.grid]
    grid = "".join(f"{_plural(name)} = {_listed(values)}\n" for name, values in plan.grid)
    seeds = f"seeds = {_listed(plan.seeds)}\n"
    settings = f"settings = list(itertools.product({', '.join(map(_plural, names))}))\n"
    return (
        f"{_train_function(plan, names)}\n\n"
        f"{grid}{seeds}{settings}\n"
        f"{_halving(plan) if plan.halving else _GRID}\n"
        f"{_EXAM.replace('EPOCHS', 'epochs, ' if plan.halving else '')}"
    )


_GRID = """\
scores = {
    setting: np.mean([train(seed, *setting)[1] for seed in seeds]) for setting in settings
}
winner = max(scores, key=scores.get)
print("Winner by validation digits:", winner, scores[winner])
"""

_EXAM = """\
# The exam: only once, for the winner.
model, _ = train(seeds[0], EPOCHS*winner)
test_loss, test_accuracy = model.evaluate(x_test, y_test, verbose=0)
print("Its test accuracy:", test_accuracy)
"""


def _halving(plan: SearchSpec) -> str:
    rungs = ", ".join(f"({rung.epochs}, {rung.settings})" for rung in plan.rungs)
    return f"""\
remaining = settings
for epochs, many in [{rungs}]:
    if many < len(remaining):  # keep the best ones, in their order
        best = sorted(remaining, key=scores.get, reverse=True)[:many]
        remaining = [setting for setting in remaining if setting in best]
    scores = {{
        setting: np.mean([train(seed, epochs, *setting)[1] for seed in seeds])
        for setting in remaining
    }}
winner = max(scores, key=scores.get)
print("Winner by validation digits:", winner, scores[winner])
"""


def _train_function(plan: SearchSpec, names: list[str]) -> str:
    spec = plan.run(plan.settings[0], plan.seeds[0])
    training = spec.training
    defined = define(spec).replace("model.summary()\n", "")
    compiled = compile_model(training)
    fitted = fit(training).replace("print(history.history)\n", "")
    defined = defined.replace(f"set_random_seed({training.seed})", "set_random_seed(seed)")
    if "units" in names:
        units = spec.network.hidden[0].units
        defined = defined.replace(f"layers.Dense({units}, ", "layers.Dense(units, ", 1)
    rate = "learning_rate" if "learning_rate" in names else repr(training.learning_rate)
    if "optimizer" in names:
        start = compiled.index("    optimizer=")
        end = compiled.index("\n", start)
        compiled = f"{compiled[:start]}    optimizer=optimizers[optimizer],{compiled[end:]}"
        compiled = f"{_OPTIMIZERS.replace('RATE', rate)}{compiled}"
    elif "learning_rate" in names:
        compiled = compiled.replace(
            f"learning_rate={training.learning_rate!r}", "learning_rate=learning_rate"
        )
    if "batch_size" in names:
        fitted = fitted.replace(f"batch_size={training.batch_size}", "batch_size=batch_size")
    if "epochs" in names or plan.halving:
        fitted = fitted.replace(f"epochs={training.epochs}", "epochs=epochs")
    fitted = fitted.removesuffix(")\n") + "    verbose=0,\n)\n"
    body = "\n".join((defined, compiled + fitted))
    arguments = ", ".join(["seed", *(["epochs"] if plan.halving else []), *names])
    return (
        f"def train({arguments}):\n{indent(body, '    ')}"
        '    return model, history.history["val_accuracy"][-1]\n'
    )


def _plural(name: str) -> str:
    return f"all_{name}" if name.endswith("s") else f"{name}s"


def _listed(values: tuple[object, ...]) -> str:
    return f"[{', '.join(json.dumps(value) for value in values)}]"
