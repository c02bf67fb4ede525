"""A worker process: `python -m digitlab.compute.worker tcp://HOST:PORT train|predict|uploads`.

Each does one thing at a time. The lab starts one of each by itself; on a cluster they are
started by hand: as many that train as there are cores for it, one that predicts, and one for the
networks in visitors' files, which no other worker touches.
"""

import argparse
import asyncio
import contextlib
import importlib.util
import os
import random
import signal
import sys

from digitlab.records.training import WorkerKind
from digitlab.specs import TENSORFLOW_THREADS

_DASK = ("dask", "distributed", "tornado")

_PATIENCE_SECONDS = 60
"""A worker that finds no scheduler in this time ends."""

_NICENESS = {WorkerKind.PREDICT: 10, WorkerKind.TRAIN: 15, WorkerKind.UPLOADS: 15}
"""The pages go first, then a drawing that waits, then a training, or a network from a file."""


def main() -> None:
    """Read the command line, set TensorFlow up before its import, and serve."""
    parser = argparse.ArgumentParser(prog="python -m digitlab.compute.worker", description=__doc__)
    parser.add_argument("scheduler", help="address of the Dask scheduler, tcp:// or tls://")
    kinds = [str(kind) for kind in WorkerKind]
    parser.add_argument("kind", choices=kinds, help="what this worker does")
    parser.add_argument("--host", help="address to listen on; all of the machine's by default")
    parser.add_argument("--name", help="that the scheduler calls it by; its address by default")
    options = parser.parse_args()
    os.environ["TF_NUM_INTRAOP_THREADS"] = str(TENSORFLOW_THREADS)
    os.environ["KERAS_BACKEND"] = "tensorflow"  # whatever else this user of the machine works with
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if hasattr(os, "nice"):
        os.nice(_NICENESS[WorkerKind(options.kind)])
    _leave_no_core()
    asyncio.run(_serve(options.scheduler, options.kind, options.host, options.name))


def _leave_no_core() -> None:
    """A worker that crashes must not fill the disk: half a gigabyte each time."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows, macOS
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


async def _serve(scheduler: str, kind: str, host: str | None, name: str | None) -> None:
    import dask
    from distributed import Worker

    from digitlab.compute.cluster.dask_settings import QUIET
    from digitlab.compute.tasks.warm_up import warm_up

    warm_up(kind)
    dask.config.set(QUIET)
    leave_random_to_keras()
    async with Worker(
        scheduler,
        nthreads=1,
        host=host,
        name=name,
        resources={kind: 1},
        memory_limit=0,  # Dask would pause a worker that TensorFlow has filled, for ever
        dashboard=False,
        death_timeout=_PATIENCE_SECONDS,
    ) as worker:
        stop_requested = asyncio.Event()
        with contextlib.suppress(NotImplementedError):  # Windows knows no such signal
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop_requested.set)
        ends = [asyncio.ensure_future(end) for end in (worker.finished(), stop_requested.wait())]
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
    for name, module in sys.modules.copy().items():  # in one step: other threads import
        if name.partition(".")[0] in _DASK and getattr(module, "random", None) is random:
            module.random = own  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
