"""A real nginx with the configuration that docs/hosting.md tells to copy."""

import os
import re
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.servers import ROOT
from tests.conftest import free_port, missing, wait_until

DOCUMENTED = ROOT / "docs" / "hosting" / "nginx"

# What Debian's own nginx.conf says around it, and places where the test's user may write.
AROUND = """
{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 768; }}
http {{
    types {{ text/html html; application/javascript js; text/css css; image/png png; }}
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


def nginx() -> str:
    """The program. Skips the test where it is not installed; in CI it must be."""
    path = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if path is None:
        missing("nginx is not installed (Debian: nginx-light).")
    return path


@contextmanager
def proxy(
    folder: Path, lab_port: int, certificate: tuple[Path, Path] | None = None
) -> Iterator[str]:
    """Put nginx before a lab, as documented for one web process; yields its address.

    Args:
        folder: for its files.
        lab_port: of the lab.
        certificate: with its key, for https.
    """
    port = free_port()
    site = (DOCUMENTED / "one.conf").read_text()
    listen = f"listen 127.0.0.1:{port}"
    if certificate:
        chain, key = certificate
        listen += f" ssl; ssl_certificate {chain}; ssl_certificate_key {key}"
    for old, new in (
        ("127.0.0.1:8501", f"127.0.0.1:{lab_port}"),
        ("listen 80", listen),
        ("snippets/digitlab.conf", str(DOCUMENTED / "digitlab.conf")),
    ):
        assert old in site
        site = site.replace(old, new)
    # As root nginx would give its worker to somebody who may not write into the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(AROUND.format(folder=folder, site=site, user=user))
    process = subprocess.Popen(
        [nginx(), "-p", folder, "-e", folder / "errors", "-c", configuration]
    )
    address = f"{'https' if certificate else 'http'}://127.0.0.1:{port}"
    try:
        wait_until(lambda: status(address) != 0, "nginx")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def status(address: str, content: bytes | None = None) -> int:
    """What a request is answered with; 0 if nobody answers."""
    trusting = ssl._create_unverified_context()
    try:
        with urllib.request.urlopen(address, content, timeout=30, context=trusting) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def faults(folder: Path) -> list[str]:
    """What nginx complains about."""
    lines = (folder / "errors").read_text().splitlines()
    return [line for line in lines if re.search(r"\[(error|crit|alert|emerg)\]", line)]
