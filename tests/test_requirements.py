"""What is installed where: each machine gets one TensorFlow, and the versions that were tested."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
CONSTRAINTS = ROOT / "constraints.txt"


def read(name: str) -> list[Requirement]:
    """The requirements of a file, without those of the files that it names."""
    text = re.sub(r"(^|\s)#.*", "", (ROOT / name).read_text(encoding="utf-8"))
    return [Requirement(line) for line in text.splitlines() if line and not line.startswith("-r ")]


NEEDED = read("requirements.txt")
PINNED = read("constraints.txt")

MACHINES = {
    "Linux": ("linux", "x86_64", {"tensorflow-cpu"}),
    "Linux on Arm": ("linux", "aarch64", {"tensorflow"}),
    "Windows": ("win32", "AMD64", {"tensorflow-cpu"}),
    "Mac": ("darwin", "arm64", {"tensorflow"}),
    # TensorFlow ends at 2.16 there: pip finds nothing that fits, and installs nothing.
    "Mac with an Intel processor": ("darwin", "x86_64", {"tensorflow"}),
}
PYTHONS = ("3.11", "3.12", "3.13")


def on(
    requirements: list[Requirement], system: str, processor: str, python: str = "3.11"
) -> list[Requirement]:
    """Those that count on a machine."""
    machine = {
        "sys_platform": system,
        "platform_machine": processor,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return [
        requirement
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate(machine)
    ]


def installed(system: str, processor: str) -> dict[str, Requirement]:
    return {requirement.name: requirement for requirement in on(NEEDED, system, processor)}


@pytest.mark.parametrize("name", MACHINES)
def test_each_machine_gets_one_tensorflow_of_the_version_that_the_lab_knows(name: str) -> None:
    system, processor, expected = MACHINES[name]
    needed = installed(system, processor)
    tensorflows = {name for name in needed if name.startswith("tensorflow")}
    assert tensorflows == expected
    (tensorflow,) = tensorflows
    assert needed[tensorflow].specifier.contains("2.21.0")
    assert not needed[tensorflow].specifier.contains("2.16.2")  # the last one for Intel Macs


def test_what_has_no_wheel_for_linux_on_arm_is_left_out_there() -> None:
    assert "opentsne" not in installed("linux", "aarch64")
    assert "opentsne" in installed("linux", "x86_64")


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", MACHINES)
def test_each_requirement_has_one_tested_version_that_it_allows(name: str, python: str) -> None:
    machine = (*MACHINES[name][:2], python)
    pinned: dict[str, list[str]] = {}
    for requirement in on(PINNED, *machine):
        (exact,) = requirement.specifier
        assert exact.operator == "==", f"{requirement} is no single version."
        pinned.setdefault(requirement.name, []).append(exact.version)
    for requirement in on([*NEEDED, *read("requirements-dev.txt")], *machine):
        versions = pinned.get(requirement.name, [])
        assert len(versions) == 1, f"{requirement} has the versions {versions} in constraints.txt."
        (version,) = versions
        assert requirement.specifier.contains(version), f"{requirement} does not allow {version}."


def test_the_tested_versions_hold_on_every_computer() -> None:
    text = CONSTRAINTS.read_text(encoding="utf-8")
    for foreign in ("://", "--index-url", "--find-links", " @ ", "/home/", "/tmp/", "/root/"):
        assert foreign not in text, f"{foreign} in constraints.txt: it belongs to one computer."
