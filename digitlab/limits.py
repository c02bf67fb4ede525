"""Every limit of the lab, with the reason for it.

They protect a small server that strangers share. A value past a limit is
answered with a sentence that names the limit, never with a traceback.
"""

# What a learner may ask of one training.
MAX_EPOCHS = 50
"""The article's network needs 33 to 41 epochs for 0.90; more teaches nothing new."""

MAX_PARAMETERS = 1_200_000
"""Four hidden layers of 512 (1,195,018) fit; the weights then travel as 4.8 MB."""

MAX_HIDDEN_LAYERS = 4
"""What a picture of the network on a phone still shows."""

MAX_UNITS = 512
"""Two layers of 512 take about 4 s an epoch on two cores."""

MAX_FILTERS = 32
"""A convolution of 32-64 filters takes 9 s an epoch: too long for a class."""

BATCH_SIZES = (16, 32, 50, 64, 100, 128, 256, 512, 1000)
"""Smaller batches keep the worker busy for minutes, larger ones hardly learn."""

MAX_LEARNING_RATE = 10.0
"""Enough to see a network diverge."""

MAX_VALIDATION_SHARE = 0.5
"""Half of the training images must stay for training."""

MAX_SEED = 2**31 - 1
"""NumPy, Python and TensorFlow all accept it."""

MAX_TRAINING_SECONDS = 300
"""One training may not hold the only training worker longer; it keeps what it learned."""

# How many share the server.
JOBS_PER_SESSION = 1
"""One visitor, one training at a time: the others in the class are waiting too."""

QUEUE_LENGTH = 60
"""Two classes of thirty; with 2 to 3 s a training the last one waits about three minutes."""

ABANDONED_AFTER_SECONDS = 90
"""A page that has not asked for its training this long is closed; with the check
every few seconds a worker is free within two minutes."""

MAX_WORKER_MEGABYTES = 1500
"""TensorFlow leaks about 5 MB a training. A fresh worker has 0.7 GB, one that trained the
CNN 1.1 GB (file-mapped pages included); past this it starts anew between two jobs."""

PREDICTION_TIMEOUT_SECONDS = 30
"""A prediction takes milliseconds; a worker that starts anew on a busy server takes this long."""

# Pictures that strangers upload.
MAX_UPLOAD_MEGABYTES = 10
"""A phone's photo fits. The server itself takes twice as much (.streamlit/config.toml)."""

MAX_PICTURE_PIXELS = 25_000_000
"""A 24-megapixel photo fits; a decompression bomb does not (75 MB as RGB)."""
