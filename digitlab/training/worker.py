"""A worker process: `python -m digitlab.training.worker tcp://HOST:PORT train|predict`.

Each does one thing at a time. The lab starts one of each by itself; on a cluster they are
started by hand, as many as there are cores to train on.
"""

import argparse
import asyncio
import contextlib
import importlib.util
import os
import random
import signal
import sys

from digitlab.specs import TENSORFLOW_THREADS

_DASK = ("dask", "distributed", "tornado")

_PATIENCE_SECONDS = 60
"""A worker that finds no scheduler in this time ends."""

_NICENESS = 5
"""A training gives way to the pages, and to a drawing that waits for its answer."""


def main() -> None:
    """Read the command line, set TensorFlow up before its import, and serve."""
    parser = argparse.ArgumentParser(prog="python -m digitlab.training.worker", description=__doc__)
    parser.add_argument("scheduler", help="address of the Dask scheduler, tcp:// or tls://")
    parser.add_argument("kind", choices=("train", "predict"), help="what this worker does")
    parser.add_argument("--host", help="address to listen on; all of the machine's by default")
    options = parser.parse_args()
    os.environ["TF_NUM_INTRAOP_THREADS"] = str(TENSORFLOW_THREADS)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if options.kind == "train" and hasattr(os, "nice"):
        os.nice(_NICENESS)
    asyncio.run(_serve(options.scheduler, options.kind, options.host))


async def _serve(scheduler: str, kind: str, host: str | None) -> None:
    from distributed import Worker

    from digitlab.training import tasks

    tasks.warm_up(kind)
    leave_random_to_keras()
    async with Worker(
        scheduler,
        nthreads=1,
        host=host,
        resources={kind: 1},
        memory_limit=0,  # Dask would pause a worker that TensorFlow has filled, for ever
        dashboard=False,
        death_timeout=_PATIENCE_SECONDS,
    ) as worker:
        asked = asyncio.Event()
        with contextlib.suppress(NotImplementedError):  # Windows knows no such signal
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked.set)
        ends = [asyncio.ensure_future(end) for end in (worker.finished(), asked.wait())]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)


def leave_random_to_keras() -> None:
    """Give Dask a copy of the module `random` of its own, for the whole process.

    Keras takes the seeds of its initializers from Python's global generator. Dask draws from the
    same one in its own thread, at a heartbeat for example (`dask.sizeof` looks at a sample of a
    long message): between `set_random_seed` and the model that made another network, now and
    then. It was seen here.
    """
    spec = importlib.util.find_spec("random")
    assert spec is not None
    assert spec.loader is not None
    own = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(own)
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in _DASK and getattr(module, "random", None) is random:
            module.random = own  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
