"""Keep the network as it was after each epoch, and ask an earlier one."""

from digitlab.export.snippets.training import fit
from digitlab.specs import TrainSpec


def replay(training: TrainSpec, epoch: int) -> str:
    """Train with a file for each epoch, then load one of them.

    Args:
        training: how it is trained.
        epoch: whose file is loaded; 0 is the untrained network.
    """
    return f"""\
model.save("epoch_00.keras")  # before it learns
keep = keras.callbacks.ModelCheckpoint("epoch_{{epoch:02d}}.keras")
{fit(training, ["keep"])}
earlier = keras.saving.load_model("epoch_{epoch:02d}.keras")
print(earlier.evaluate(x_test, y_test))
"""
