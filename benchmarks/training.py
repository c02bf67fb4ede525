"""The lab's engine against a plain Keras script: same History, how much time.

Run from the project's folder: `python -m benchmarks.training`. Each round trains every recipe as
a script does (build, compile, fit; then evaluate and predict) and as a worker does whose network
is compiled (from the job's start to its result), in this process, one after the other. Below,
what the same recipe takes in scikit-learn and in a bare NumPy loop: how far the limit is.
It takes about five minutes on two cores.
"""

import os
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from statistics import median

from digitlab.specs import PRESETS, TENSORFLOW_THREADS, RunSpec

os.environ["TF_NUM_INTRAOP_THREADS"] = str(TENSORFLOW_THREADS)  # before TensorFlow is imported
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks import command_line, digits
from digitlab.data.mnist import Dataset
from digitlab.engine.build import build_model, make_optimizer
from digitlab.engine.fit import train
from digitlab.preprocess.arrays import network_input, one_hot
from digitlab.records.networks import TrainedNetwork

History = dict[str, list[float]]


def plain_script(spec: RunSpec, data: Dataset) -> tuple[History, float, float]:
    """The run as a script has it: History, seconds up to it, and seconds up to the answers."""
    started = time.perf_counter()
    keras.utils.set_random_seed(spec.training.seed)
    model = build_model(spec.network)
    model.compile(
        loss=spec.training.loss,
        optimizer=make_optimizer(spec.training),
        metrics=[spec.training.metric],
    )
    history = model.fit(
        network_input(data.x_train, spec.network),
        one_hot(data.y_train),
        batch_size=spec.training.batch_size,
        epochs=spec.training.epochs,
        validation_split=spec.training.validation_share,
        verbose=0,
    )
    fitted = time.perf_counter() - started
    x_test = network_input(data.x_test, spec.network)
    model.evaluate(x_test, one_hot(data.y_test), verbose=0)
    model.predict(x_test, verbose=0)
    return history.history, fitted, time.perf_counter() - started


def engine(spec: RunSpec, data: Dataset) -> tuple[History, float]:
    """The run in the lab's engine: History, and seconds from the job's start to its result."""
    started = time.perf_counter()
    network = train(spec, data, lambda record: None, lambda: None)
    seconds = time.perf_counter() - started
    assert isinstance(network, TrainedNetwork)
    names = network.history[0].logs
    return {name: [record.logs[name] for record in network.history] for name in names}, seconds


def scikit_learn(spec: RunSpec, data: Dataset) -> None:
    """The run in scikit-learn's own network; its start and order are others."""
    classifier = MLPClassifier(
        [layer.units for layer in spec.network.hidden],
        activation={"sigmoid": "logistic"}.get(spec.network.hidden[0].activation, "relu"),
        solver=spec.training.optimizer,
        learning_rate_init=spec.training.learning_rate,
        batch_size=spec.training.batch_size,
        max_iter=spec.training.epochs,
        momentum=0,
        alpha=0,
        random_state=spec.training.seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # five epochs are what is asked for
        classifier.fit(network_input(data.x_train, spec.network), data.y_train)


def numpy_loop(spec: RunSpec, data: Dataset) -> None:
    """The article's recipe and nothing else: two layers, their gradients, plain SGD."""
    random = np.random.default_rng(spec.training.seed)
    x, y = network_input(data.x_train, spec.network), one_hot(data.y_train)
    w1, b1 = random.normal(0, 0.05, (784, 10)).astype(np.float32), np.zeros(10, np.float32)
    w2, b2 = random.normal(0, 0.3, (10, 10)).astype(np.float32), np.zeros(10, np.float32)
    for _ in range(spec.training.epochs):
        order = random.permutation(len(x))
        for begin in range(0, len(order), spec.training.batch_size):
            batch = order[begin : begin + spec.training.batch_size]
            hidden = 1 / (1 + np.exp(-(x[batch] @ w1 + b1)))  # (100, 10)
            scores = np.exp(hidden @ w2 + b2)
            answers = scores / scores.sum(axis=1, keepdims=True)
            error = (answers - y[batch]) / np.float32(len(batch))  # of the softmax's input
            back = error @ w2.T * hidden * (1 - hidden)
            rate = np.float32(spec.training.learning_rate)
            w2 -= rate * (hidden.T @ error)
            b2 -= rate * error.sum(axis=0)
            w1 -= rate * (x[batch].T @ back)
            b1 -= rate * back.sum(axis=0)


ORIENTATION: list[tuple[str, str, Callable[[RunSpec, Dataset], None]]] = [
    ("The article's network", "scikit-learn", scikit_learn),
    ("ReLU 128", "scikit-learn", scikit_learn),
    ("The article's network", "NumPy loop", numpy_loop),
]
"""The preset, what else trains it, and how."""


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 1 if a History is not the plain script's."""
    options = command_line.parser(__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--digits", type=int, default=digits.ALL, help="to train with")
    options.add_argument("--presets", nargs="+", choices=PRESETS, default=list(PRESETS))
    smoke = {"rounds": 1, "digits": digits.FEW, "presets": ["The article's network", "Small CNN"]}
    given = command_line.parse(options, argv, smoke)
    rounds, data = range(given.rounds), digits.first_digits(given.digits)
    all_same = True
    print(f"{'seconds for 5 epochs':36}{'fit':>8}{'+ test':>8}{'engine':>8}{'ratio':>7}  History")
    for name in given.presets:
        run = PRESETS[name]
        engine(run, data)  # compiles
        plain, script, ours, same = [], [], [], True
        for seed in rounds:
            expected, fitted, tested = plain_script(run.with_seed(seed), data)
            history, seconds = engine(run.with_seed(seed), data)
            plain.append(fitted)
            script.append(tested)
            ours.append(seconds)
            same = same and history == expected
        ratio = median(ours) / median(plain)
        all_same &= same
        verdict = "equal, bit for bit" if same else "DIFFERENT"
        figures = f"{median(plain):8.2f}{median(script):8.2f}{median(ours):8.2f}{ratio:7.2f}"
        print(f"{name:36}{figures}  {verdict}", flush=True)
    for name, way, other in ORIENTATION:
        if name not in given.presets:
            continue
        seconds_of_each = []
        for seed in rounds:
            started = time.perf_counter()
            other(PRESETS[name].with_seed(seed), data)
            seconds_of_each.append(time.perf_counter() - started)
        print(f"{f'{name}, {way}':36}{median(seconds_of_each):24.2f}", flush=True)
    return int(not all_same)


if __name__ == "__main__":
    sys.exit(main())
