"""One step of learning in Keras: forward, loss, gradient, step."""

from digitlab.export.snippets.training import optimizer
from digitlab.specs import TrainSpec


def learning_step(training: TrainSpec, index: int, kernel: int, source: int, unit: int) -> str:
    """A step for one training digit, and what becomes of one weight; the weights are put back.

    Args:
        training: says the loss and the learning rate.
        index: of the training digit.
        kernel: the number of the weight's array among the model's.
        source: the weight's row in it.
        unit: its column.
    """
    plain = TrainSpec(learning_rate=training.learning_rate)
    return f"""\
x, y = x_train[{index}:{index + 1}], y_train[{index}:{index + 1}]
loss_function = keras.losses.get("{training.loss}")

with tf.GradientTape() as tape:
    probabilities = model(x)
    loss = loss_function(y, probabilities)[0]
gradients = tape.gradient(loss, model.trainable_variables)
print(probabilities[0].numpy(), loss.numpy())

start = model.get_weights()
kernel = model.trainable_variables[{kernel}]
print(kernel[{source}, {unit}].numpy(), gradients[{kernel}][{source}, {unit}].numpy())

optimizer = {optimizer(plain)}
optimizer.apply(gradients, model.trainable_variables)
print(kernel[{source}, {unit}].numpy(), loss_function(y, model(x))[0].numpy())

model.set_weights(start)  # as before the step
"""
