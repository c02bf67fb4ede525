"""The lab behind the documented nginx, at the root and below a path; in another site's frame."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.nginx import faults, proxy, status

from .conftest import CHROMIUM_ARGUMENTS, find_chromium
from .servers import LabServer
from .visitor import (
    a_seven,
    answer,
    draw,
    expect_answer,
    go,
    preset,
    settle,
    train,
    train_page,
    upload,
)

NETWORK = preset("ReLU 128", epochs=2)


@pytest.mark.parametrize("path", ["", "/digits"], ids=["at the root", "below a path"])
def test_the_whole_lesson_works_behind_the_documented_nginx(
    path: str, tmp_path: Path, visit: Callable[..., Page], remote_workers: str
) -> None:
    options = [f"--server.baseUrlPath={path.strip('/')}"] if path else []
    server = LabServer(
        tmp_path, "--server.address=127.0.0.1", *options, DIGITLAB_SCHEDULER=remote_workers
    )
    server.start()
    try:
        with proxy(tmp_path, server.port) as address:
            here = address + path
            page = visit(train_page(NETWORK, here))  # a deep link
            train(page)  # by a websocket
            go(page, "Draw")
            assert page.url.startswith(f"{here}/Draw?run=")
            draw(page, 3)
            expect_answer(page, 3)
            settle(page)
            upload(page, a_seven() + bytes(2_000_000))  # more than anything else may have
            expect(answer(page).filter(visible=True)).to_contain_text("It reads the digit 7")
            page.reload()
            settle(page)
            expect(
                page.get_by_text(re.compile("reads? .* of the (training|validation) digits")).first
            ).to_be_visible()
            page.get_by_role("button", name="Copy link").click()
            shown = page.get_by_role("dialog").get_by_test_id("stCode")
            expect(shown).to_have_count(2)
            links = shown.all_inner_texts()
            assert [link for link in links if link.startswith(f"{here}/Draw?")] == links
            assert faults(tmp_path) == []
            assert status(f"{here}/_stcore/health") == 200
            assert status(f"{here}/_stcore/metrics") == 404
            assert status(f"{here}/Draw", bytes(100_000)) == 413
    finally:
        server.stop()
    assert server.errors() == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this machine that nobody vouches for, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    chain, key = folder / "chain.pem", folder / "key.pem"
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, secret.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(secret, hashes.SHA256())
    )
    chain.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        secret.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, key


@pytest.fixture
def course_site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Another site, for pages that show the lab in a frame: "localhost" is none of 127.0.0.1."""
    folder = tmp_path / "course"
    folder.mkdir()
    handler = partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("localhost", 0), handler) as site:
        threading.Thread(target=site.serve_forever).start()
        yield folder, f"http://localhost:{site.server_port}"
        site.shutdown()


def profile_with_cookies_in_frames(chromium: Browser, folder: Path) -> BrowserContext:
    """A profile that takes cookies of a page in a frame: private ones, as all others, do not."""
    preferences = folder / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text(json.dumps({"profile": {"cookie_controls_mode": 0}}))
    return chromium.browser_type.launch_persistent_context(
        folder,
        executable_path=find_chromium(),
        args=CHROMIUM_ARGUMENTS,
        ignore_https_errors=True,
        reduced_motion="reduce",
    )


def test_the_lab_works_in_a_frame_of_another_site(
    tmp_path: Path,
    certificate: tuple[Path, Path],
    chromium: Browser,
    course_site: tuple[Path, str],
    remote_workers: str,
) -> None:
    folder, site = course_site
    server = LabServer(
        tmp_path,
        "--server.address=127.0.0.1",
        "--server.xsrfCookieSameSite=none",
        DIGITLAB_SCHEDULER=remote_workers,
    )
    server.start()
    try:
        with proxy(tmp_path, server.port, certificate) as address:
            lab_page = train_page(NETWORK, address)
            frame = f'<iframe src="{lab_page}" width="1300" height="850"></iframe>'
            (folder / "lesson.html").write_text(frame)
            profile = profile_with_cookies_in_frames(chromium, tmp_path / "profile")
            page = profile.new_page()
            page.set_viewport_size({"width": 1366, "height": 900})
            page.goto(f"{site}/lesson.html")
            lab = page.frame_locator("iframe")
            settle(lab)
            train(lab)
            lab.get_by_test_id("stSidebar").get_by_role("link", name="Draw").click()
            upload(lab, a_seven())
            expect(answer(lab).filter(visible=True)).to_contain_text("It reads the digit 7")
            lab.get_by_role("button", name="Copy link").click()
            own = lab.get_by_role("dialog").get_by_test_id("stCode").filter(has_text="run=")
            expect(own).to_have_text(re.compile(f"^{address}/Draw[?]run="))
            profile.close()
        assert faults(tmp_path) == []
    finally:
        server.stop()
    assert server.errors() == []
