"""Keep the network as it was after each epoch, and ask an earlier one."""

from digitlab.export.snippets.training import compile_model, define, fit
from digitlab.specs import RunSpec


def replay(spec: RunSpec, epoch: int) -> str:
    """Train with a file for each epoch, then load one of them.

    Args:
        spec: the network, and how it is trained.
        epoch: whose file is loaded; 0 is the untrained network.
    """
    return f"""\
{define(spec)}
{compile_model(spec.training)}
model.save("epoch_00.keras")  # before the training
keep = keras.callbacks.ModelCheckpoint("epoch_{{epoch:02d}}.keras")
{fit(spec.training, ["keep"])}
earlier = keras.saving.load_model("epoch_{epoch:02d}.keras")
print(earlier.evaluate(x_test, y_test))
"""
