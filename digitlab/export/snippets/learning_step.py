"""One step of learning in Keras: forward, loss, gradient, step."""

from digitlab.export.snippets.training import optimizer
from digitlab.specs import RunSpec, TrainSpec


def learning_step(spec: RunSpec, index: int, kernel: int, at: tuple[int, int] | None = None) -> str:
    """A step for one training digit, and what becomes of one weight; the weights are put back.

    Args:
        spec: says the loss, the learning rate and the digits.
        index: of the training digit; the last one if there are fewer.
        kernel: the number of the weight's array among the model's.
        at: the weight's row and column in it; None for that with the largest gradient.
    """
    plain = TrainSpec(learning_rate=spec.training.learning_rate)
    preparation = spec.preparation
    fewer = preparation.data_share < 1 or preparation.dropped_digit is not None
    digit = f"min({index}, len(x_train) - 1)" if fewer else f"{index}"
    largest = f"np.abs(gradients[{kernel}])"
    weight = f"{at[0]}, {at[1]}" if at else f"np.argwhere({largest} == np.max({largest}))[0]"
    return f"""\
index = {digit}
x, y = x_train[index : index + 1], y_train[index : index + 1]
loss_function = keras.losses.get("{spec.training.loss}")
with tf.GradientTape() as tape:
    probabilities = model(x)
    loss = loss_function(y, probabilities)[0]
print(probabilities[0].numpy(), loss.numpy())
gradients = tape.gradient(loss, model.trainable_variables)

row, column = {weight}

weights = model.trainable_variables[{kernel}]
print(weights[row, column].numpy(), gradients[{kernel}][row, column].numpy())
start = model.get_weights()
optimizer = {optimizer(plain)}
optimizer.apply(gradients, model.trainable_variables)
print(weights[row, column].numpy(), loss_function(y, model(x))[0].numpy())
model.set_weights(start)  # the weights before the step
"""
