"""What a learner may ask of one training."""

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

MIN_DATA_SHARE = 0.01
"""Of the training digits: 600 are left. With fewer a digit may be missing by chance."""

MAX_SEED = 2**31 - 1
"""NumPy, Python and TensorFlow all accept it."""

MAX_SEARCH_PARAMETERS = 2
"""A line shows one, a heat map two."""

MAX_SEARCH_RUNS = 16
"""Eight settings with two seeds, or four by four: with the article's recipe half a minute when
nobody else trains. They are a third of the runs that a visitor may keep; with successive halving,
where a run that goes on is another one, up to 31. They wait in the visitor's own session, not in
the queue: it takes `JOBS_PER_OWNER` of them at a time."""

MAX_TRAINING_SECONDS = 300
"""What one training may use up of the workers, its turns together; it keeps what it learned."""

MAX_REPLAY_MEGABYTES = 8
"""Weights that are kept of a run's epochs: all fifty of a network of 39,000 parameters, every
second of one of 76,000, and so on. They travel with the result, are kept with the run, and a
session holds those of up to three runs: a class of thirty 0.7 GB at most, with networks of that
size."""

SEED_COUNTS = (5, 10, 20)
"""Seeds with which Luck trains a recipe; one of these is chosen before the first run. With fewer
than 5 the interval of a difference is so wide that it says nothing; 20 runs of the largest network
already take as long as a lesson. Each further size would make all intervals wider: see
`analysis.paired`."""
