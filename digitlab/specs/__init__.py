"""What the learner chooses, as frozen values that are checked when made.

One spec feeds the widgets, the model, the code shown and the record of the run,
so they cannot disagree. The article's recipe and the other presets live here.
"""

from digitlab.specs.lesson import CONTROLS, LessonSpec
from digitlab.specs.network import (
    ACTIVATIONS,
    CLASSES,
    IMAGE_SHAPE,
    KERNEL_SIZE,
    PIXELS,
    POOL_SIZE,
    HiddenLayer,
    NetworkSpec,
)
from digitlab.specs.preparation import PrepSpec
from digitlab.specs.preprocessing import Preprocessing
from digitlab.specs.presets import ARTICLE, FIRST, PRESETS, preset_name
from digitlab.specs.run import RunSpec
from digitlab.specs.selection import SET_SIZES, SampleSelection
from digitlab.specs.training import (
    LOSSES,
    METRICS,
    MIN_LEARNING_RATE,
    OPTIMIZERS,
    TENSORFLOW_THREADS,
    TrainSpec,
)

__all__ = [
    "ACTIVATIONS",
    "ARTICLE",
    "CLASSES",
    "CONTROLS",
    "FIRST",
    "IMAGE_SHAPE",
    "KERNEL_SIZE",
    "LOSSES",
    "METRICS",
    "MIN_LEARNING_RATE",
    "OPTIMIZERS",
    "PIXELS",
    "POOL_SIZE",
    "PRESETS",
    "SET_SIZES",
    "TENSORFLOW_THREADS",
    "HiddenLayer",
    "LessonSpec",
    "NetworkSpec",
    "PrepSpec",
    "Preprocessing",
    "RunSpec",
    "SampleSelection",
    "TrainSpec",
    "preset_name",
]
