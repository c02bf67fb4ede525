"""One stack for each network, however it came about."""

import pytest

from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.specs import PRESETS, HiddenLayer, NetworkSpec


@pytest.mark.parametrize("name", PRESETS)
def test_the_stack_of_a_spec_is_made_once(name: str) -> None:
    network = PRESETS[name].network
    same = NetworkSpec(network.hidden, network.convolutions)
    assert stack_of(network) == LayerStack.of(network)
    assert stack_of(same) is stack_of(network)
    other = NetworkSpec((*network.hidden, HiddenLayer(3)), network.convolutions)
    assert stack_of(other) != stack_of(network)


def test_an_uploaded_network_is_its_own_stack() -> None:
    stack = LayerStack.of(NetworkSpec())
    assert stack_of(stack) is stack
