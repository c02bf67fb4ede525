"""The forward pass of one layer. Imports Keras: for workers, never for the web process."""

from collections.abc import Mapping
from typing import Any

from keras import activations, ops

from digitlab.architecture import layers
from digitlab.architecture.layers import Layer

_KERAS_EPSILON = 1e-7
"""The smallest standard deviation that Normalization divides by."""


def activate(layer: Layer, pre_activations: Any) -> Any:
    """The layer's activation function, applied to its pre-activations."""
    match layer:
        case layers.ReLU():
            return activations.relu(
                pre_activations,
                layer.negative_slope,
                max_value=layer.max_value,
                threshold=layer.threshold,
            )
        case layers.LeakyReLU():
            return activations.leaky_relu(pre_activations, layer.negative_slope)
        case layers.ELU():
            return activations.elu(pre_activations, layer.alpha)
        case layers.Softmax():
            return activations.softmax(pre_activations)
    return activations.get(getattr(layer, "activation", "linear"))(pre_activations)


def pre_activations(layer: Layer, x: Any, weights: Mapping[str, Any]) -> Any:
    """The outputs of a layer for a batch, before its activation function.

    Args:
        layer: its settings.
        x: the batch.
        weights: the layer's, by Keras's names.
    """
    match layer:
        case layers.Dense():
            sums = ops.matmul(x, weights["kernel"])
        case layers.Conv2D():
            x, strides = _with_strides_applied(x, layer)
            sums = ops.conv(x, weights["kernel"], strides, layer.padding, "channels_last")
        case layers.DepthwiseConv2D():
            sums = _depthwise(x, layer, weights["kernel"])
        case layers.SeparableConv2D():
            channels = _depthwise(x, layer, weights["depthwise_kernel"])
            sums = ops.conv(channels, weights["pointwise_kernel"], 1, "valid", "channels_last")
        case _:
            return _without_kernel(layer, x, weights)
    return ops.add(sums, weights["bias"]) if "bias" in weights else sums


def _without_kernel(layer: Layer, x: Any, weights: Mapping[str, Any]) -> Any:
    match layer:
        case layers.MaxPooling2D():
            return ops.max_pool(
                x, layer.pool_size, layer.effective_strides, layer.padding, "channels_last"
            )
        case layers.AveragePooling2D():
            return ops.average_pool(
                x, layer.pool_size, layer.effective_strides, layer.padding, "channels_last"
            )
        case layers.GlobalMaxPooling2D():
            return ops.max(x, axis=(1, 2), keepdims=layer.keepdims)
        case layers.GlobalAveragePooling2D():
            return ops.mean(x, axis=(1, 2), keepdims=layer.keepdims)
        case layers.Flatten() | layers.Reshape():
            return ops.reshape(x, (len(x), *layer.output_shape(x.shape[1:])))
        case layers.ZeroPadding2D():
            return ops.pad(x, ((0, 0), *layer.padding, (0, 0)))
        case layers.Rescaling():
            return ops.add(ops.multiply(x, _tensor(layer.scale)), _tensor(layer.offset))
        case layers.Normalization():
            mean = _tensor(layer.mean) if layer.mean is not None else weights["mean"]
            variance = _tensor(layer.variance) if layer.mean is not None else weights["variance"]
            deviation = ops.maximum(ops.sqrt(variance), _KERAS_EPSILON)
            return ops.divide(ops.subtract(x, mean), deviation)
        case layers.BatchNormalization():
            mean, variance = weights["moving_mean"], weights["moving_variance"]
            beta, gamma = weights.get("beta"), weights.get("gamma")
            return ops.batch_normalization(x, mean, variance, -1, beta, gamma, layer.epsilon)
    return x


def _tensor(numbers: layers.Numbers | None) -> Any:
    return ops.convert_to_tensor(numbers, "float32")


def _depthwise(x: Any, layer: layers.DepthwiseConv2D | layers.SeparableConv2D, kernel: Any) -> Any:
    x, strides = _with_strides_applied(x, layer)
    return ops.depthwise_conv(x, kernel, strides, layer.padding, "channels_last")


def _with_strides_applied(
    x: Any, layer: layers.Conv2D | layers.DepthwiseConv2D | layers.SeparableConv2D
) -> tuple[Any, tuple[int, int]]:
    """For a 1 x 1 kernel the inputs at the strides, and strides of 1; else both as they are.

    The outputs are the same. The gradient of a 1 x 1 convolution with a stride above 1 is wrong in
    oneDNN: it writes past its memory, and the process ends (TensorFlow 2.21). Larger kernels and
    pooling are not concerned.
    """
    if layer.kernel_size != (1, 1):
        return x, layer.strides
    rows, columns = layer.strides
    return x[:, ::rows, ::columns], (1, 1)
