"""A worker process: `python -m digitlab.training.worker tcp://HOST:PORT train|predict`.

Each does one thing at a time. The lab starts one of each by itself; on a cluster they are
started by hand, as many as there are cores to train on.
"""

import argparse
import asyncio
import os

TENSORFLOW_THREADS = "2"
"""A CNN's numbers differ between one and two threads, so the number is fixed, whatever the
machine has; two is what the smallest host has."""

_NICENESS = 5
"""A training gives way to the pages, and to a drawing that waits for its answer."""


def main() -> None:
    """Read the command line, set TensorFlow up before its import, and serve."""
    parser = argparse.ArgumentParser(prog="python -m digitlab.training.worker", description=__doc__)
    parser.add_argument("scheduler", help="address of the Dask scheduler, tcp:// or tls://")
    parser.add_argument("kind", choices=("train", "predict"), help="what this worker does")
    options = parser.parse_args()
    os.environ["TF_NUM_INTRAOP_THREADS"] = TENSORFLOW_THREADS
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if options.kind == "train" and hasattr(os, "nice"):
        os.nice(_NICENESS)
    asyncio.run(_serve(options.scheduler, options.kind))


async def _serve(scheduler: str, kind: str) -> None:
    from distributed import Worker

    from digitlab.training import tasks

    tasks.warm_up()
    async with Worker(
        scheduler,
        nthreads=1,
        resources={kind: 1},
        memory_limit=0,  # Dask would pause a worker that TensorFlow has filled, for ever
        dashboard=False,
    ) as worker:
        await worker.finished()


if __name__ == "__main__":
    main()
