"""What is installed where: each machine gets one TensorFlow, and pip refuses where there is none."""

from pathlib import Path

import pytest
from packaging.requirements import Requirement

LINES = (Path(__file__).parents[1] / "requirements.txt").read_text(encoding="utf-8").splitlines()
NEEDED = [Requirement(line) for line in LINES if line and not line.startswith("#")]

MACHINES = {
    "Linux": ("linux", "x86_64", {"tensorflow-cpu"}),
    "Linux on Arm": ("linux", "aarch64", {"tensorflow"}),
    "Windows": ("win32", "AMD64", {"tensorflow-cpu"}),
    "Mac": ("darwin", "arm64", {"tensorflow"}),
    # TensorFlow ends at 2.16 there: pip finds nothing that fits, and installs nothing.
    "Mac with an Intel processor": ("darwin", "x86_64", {"tensorflow"}),
}


def installed(system: str, processor: str) -> dict[str, Requirement]:
    machine = {"sys_platform": system, "platform_machine": processor}
    return {one.name: one for one in NEEDED if one.marker is None or one.marker.evaluate(machine)}


@pytest.mark.parametrize("name", MACHINES)
def test_each_machine_gets_one_tensorflow_of_the_version_that_the_lab_knows(name: str) -> None:
    system, processor, expected = MACHINES[name]
    found = installed(system, processor)
    tensorflows = {one for one in found if one.startswith("tensorflow")}
    assert tensorflows == expected
    (tensorflow,) = tensorflows
    assert found[tensorflow].specifier.contains("2.21.0")
    assert not found[tensorflow].specifier.contains("2.16.2")  # the last one for Intel Macs


def test_what_has_no_wheel_for_linux_on_arm_is_left_out_there() -> None:
    assert "opentsne" not in installed("linux", "aarch64")
    assert "opentsne" in installed("linux", "x86_64")
