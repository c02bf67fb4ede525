"""What makes a network's ten numbers shares of 100 %, in a sentence."""

from digitlab.architecture.stack import stack_of
from digitlab.records.networks import Network
from digitlab.wording.say import say


def shared_out_by(network: Network) -> str:
    """Softmax; or the lab itself, for a network from a file that ends with sigmoids."""
    sigmoids = stack_of(network.architecture).gives_sigmoids
    return say("the division by the sum of all ten") if sigmoids else "**softmax**"
