"""A PostgreSQL server for tests: a new one in a folder of its own, on a free port."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import free_port, missing

PASSWORD = "not-for-any-page"  # the server trusts everybody; tests look for it where it must not be


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server, yield the URL of an empty database, stop the server.

    Skips the test where PostgreSQL is not installed; in CI it must be.
    """
    binaries = _binaries()
    if binaries is None:
        missing("PostgreSQL's server is not installed (Debian: postgresql).")
    folder = Path(tempfile.mkdtemp(prefix="digitlab-postgres-"))
    user = _user()
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()

    def run(command: str, *arguments: str) -> None:
        with (folder / "output").open("wb") as output:  # no pipe: the server would hold it open
            done = subprocess.run(
                [binaries / command, "-D", data, *arguments],
                user=user,
                group=pwd.getpwnam(user).pw_gid if user else None,
                extra_groups=[] if user else None,
                cwd=folder,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=90,
            )
        assert done.returncode == 0, (folder / "output").read_text()

    try:
        run("initdb", "-U", "lab", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")
        # Without fsync: this data need not outlive a crash of the machine.
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        )
        run("pg_ctl", "start", "-w", "-t", "60", "-o", options)
        try:
            yield f"postgresql+psycopg://lab:{PASSWORD}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path | None:
    # Debian keeps them out of the path, one folder a version.
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _user() -> str | None:
    """Whom the server runs as, if not as us: it refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
