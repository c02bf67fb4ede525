"""What one layer of a brought network makes of a batch. Imports Keras: for workers, never for the web process."""

from collections.abc import Mapping
from typing import Any

from keras import activations, ops

from digitlab.architecture import layers
from digitlab.architecture.layers import Layer

_KERAS_EPSILON = 1e-7
"""The smallest standard deviation that Normalization divides by."""


def bent(layer: Layer, sums: Any) -> Any:
    """What a layer's activation function makes of its sums."""
    match layer:
        case layers.ReLU():
            return activations.relu(
                sums, layer.negative_slope, max_value=layer.max_value, threshold=layer.threshold
            )
        case layers.LeakyReLU():
            return activations.leaky_relu(sums, layer.negative_slope)
        case layers.ELU():
            return activations.elu(sums, layer.alpha)
        case layers.Softmax():
            return activations.softmax(sums)
    return activations.get(getattr(layer, "activation", "linear"))(sums)


def passed(layer: Layer, x: Any, arrays: Mapping[str, Any]) -> Any:
    """What a layer makes of a batch before its activation.

    Args:
        layer: its settings.
        x: the batch.
        arrays: the layer's, by Keras's names.
    """
    match layer:
        case layers.Dense():
            sums = ops.matmul(x, arrays["kernel"])
        case layers.Conv2D():
            x, strides = _thinned(x, layer)
            sums = ops.conv(x, arrays["kernel"], strides, layer.padding, "channels_last")
        case layers.DepthwiseConv2D():
            sums = _depthwise(x, layer, arrays["kernel"])
        case layers.SeparableConv2D():
            each = _depthwise(x, layer, arrays["depthwise_kernel"])
            sums = ops.conv(each, arrays["pointwise_kernel"], 1, "valid", "channels_last")
        case _:
            return _without_kernel(layer, x, arrays)
    return ops.add(sums, arrays["bias"]) if "bias" in arrays else sums


def _without_kernel(layer: Layer, x: Any, arrays: Mapping[str, Any]) -> Any:
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
            mean = _tensor(layer.mean) if layer.mean is not None else arrays["mean"]
            variance = _tensor(layer.variance) if layer.mean is not None else arrays["variance"]
            deviation = ops.maximum(ops.sqrt(variance), _KERAS_EPSILON)
            return ops.divide(ops.subtract(x, mean), deviation)
        case layers.BatchNormalization():
            mean, variance = arrays["moving_mean"], arrays["moving_variance"]
            beta, gamma = arrays.get("beta"), arrays.get("gamma")
            return ops.batch_normalization(x, mean, variance, -1, beta, gamma, layer.epsilon)
    return x


def _tensor(numbers: layers.Numbers | None) -> Any:
    return ops.convert_to_tensor(numbers, "float32")


def _depthwise(x: Any, layer: layers.DepthwiseConv2D | layers.SeparableConv2D, kernel: Any) -> Any:
    x, strides = _thinned(x, layer)
    return ops.depthwise_conv(x, kernel, strides, layer.padding, "channels_last")


def _thinned(
    x: Any, layer: layers.Conv2D | layers.DepthwiseConv2D | layers.SeparableConv2D
) -> tuple[Any, tuple[int, int]]:
    """The pixels that a filter of a single pixel looks at, and the strides that are left.

    The numbers are the same. The gradient of such a convolution with a stride above 1 is wrong in
    oneDNN: it writes past its memory, and the process ends (TensorFlow 2.21). Filters of 1 x 2 pixels
    and more, and pooling, are not concerned.
    """
    if layer.kernel_size != (1, 1):
        return x, layer.strides
    rows, columns = layer.strides
    return x[:, ::rows, ::columns], (1, 1)
