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

MIN_DATA_SHARE = 0.01
"""Of the training digits: 600 are left. With fewer a digit may be missing by chance."""

MAX_SEED = 2**31 - 1
"""NumPy, Python and TensorFlow all accept it."""

MAX_TRAINING_SECONDS = 300
"""What one training may use up of the workers, its turns together; it keeps what it learned."""

MAX_REPLAY_MEGABYTES = 8
"""Weights that are kept of a run's epochs: all fifty of a network of 39,000 parameters, every second of
one of 76,000, and so on. They travel with the result, are kept with the run, and a session holds
those of up to three runs: a class of thirty 0.7 GB at most, with networks of that size."""

# How many share the server.
JOBS_PER_OWNER = 5
"""The five seeds of Luck, or several tabs. The fair order keeps the others' turns, this keeps their
places in the queue. What finds no place there, as when a class asks for five seeds each, is queued
as others end."""

TURN_SECONDS = 10
"""After a full epoch past this a training lets the others have their turns, and goes on later with
the same numbers. Nobody waits longer for one who trains much; a checkpoint lies
at most so far and an epoch back."""

WORKER_RESTARTS = 1
"""A training whose worker died starts again from its checkpoint, once: twice means it is the cause."""

QUEUE_LENGTH = 60
"""Two classes of thirty; with 2 to 3 s a training the last one waits about three minutes."""

ABANDONED_AFTER_SECONDS = 90
"""A page that has not asked for its training this long is closed: the training is paused. With the
check every few seconds a worker is free within two minutes."""

MAX_WORKER_MEGABYTES = 580
"""TensorFlow leaks 0.3 MB a training, and 3 MB with each new architecture. A worker that trained
the article's network holds 0.42 GB of its own, one that trained all presets 0.5 GB; past this a
fresh one takes its place."""

PREDICTION_TIMEOUT_SECONDS = 30
"""A prediction takes milliseconds; a worker that starts anew on a busy server takes this long. A question
waits so long for its turn, and each of its parts for its answer."""

PART_WORK = 250_000_000
"""Multiplications of one part of a question: about 0.1 s. A drawing that comes meanwhile waits for no more
than that."""

PART_DIGITS = 10_000
"""Digits of one part of a question, for networks with little to multiply: they must still be read."""

PART_MOMENTS = 5
"""Moments of a training that are asked in one part: each sets the network's weights anew, some 10 ms."""

FEW_DIGITS = 25
"""A question on so few is a drawing, or ten digits beside a slider: it goes before all others."""

QUESTIONS_WAITING = 150
"""Of all visitors of a web process, each a thread that waits: two classes of thirty, two each and more.
Only the few that a worker has are copied; the others take no memory."""

QUESTIONS_PER_OWNER = 6
"""Long questions of one visitor that wait: several tabs. A page that was left takes its own back."""

# The workers themselves.
WORKER_SILENCE_SECONDS = 20
"""Workers give a sign of life twice a second, also while they train. One that is silent this long hangs, and
another one takes its place; its training goes on from its checkpoint. A busy server with two cores
delays the signs by a few seconds."""

WORKER_START_SECONDS = 300
"""A worker imports TensorFlow before its first sign of life: 4 s, on a machine with ten times as much to do as it
can a minute and a half."""

SILENCE_SHOWN_SECONDS = 5
"""After so long without a sign of life of its worker, a training's page says so."""

UPLOADS_IDLE_SECONDS = 300
"""The worker for networks from files ends when nobody has asked one for so long: a small server needs its
memory, and starting it anew takes some seconds."""

RETRY_SECONDS = 30
"""The longest pause before the lab tries once more to start or to reach its workers; the first is 1 s. Who
mends the server need not wait longer for the lab."""

SPOILED_DIGITS = 1000
"""Test digits that are spoiled for one point of a curve: about 1 s for the largest brought network, in
parts between which others' questions come. Chance changes what is read by 3 of 100 at most,
nineteen times of twenty."""

# What "Look inside" works out at once.
NEIGHBOUR_WORK = 2_000_000_000
"""Multiplications for the training digits that a network is asked to compare with one: all 60,000 for
the article's network, some 9,000 for the Small CNN, in half a second."""

HIDDEN_NUMBERS = 10_000_000
"""Of a hidden layer, for all digits that are looked at together: 40 MB. A network from a file may have
50,176 for each digit."""

MAP_DIGITS = 1000
"""Test digits on the map of a hidden layer, each drawn by the browser as a sign of its own: a laptop
without a graphics card takes 0.6 to 0.7 s for it."""

# Pictures that strangers upload.
MAX_UPLOAD_MEGABYTES = 10
"""A phone's photo fits. The uploader takes twice as much, so that the lab's own sentence answers."""

MAX_PICTURE_PIXELS = 25_000_000
"""A 24-megapixel photo fits; a decompression bomb does not (75 MB as RGB)."""

# Networks that strangers upload.
MAX_NETWORK_MEGABYTES = 20
"""The largest network that is taken, with Adam's two more numbers for each weight. The uploader
and the server take twice as much (.streamlit/config.toml)."""

MAX_BROUGHT_PARAMETERS = 1_700_000
"""Two convolutions of 32 and 64 filters and a dense layer of 128, as in many a course, have 1.2
million. The weights travel as 6.8 MB with each question."""

MAX_BROUGHT_LAYERS = 40
"""More than any network for digits of 28 × 28 pixels needs; a config of so many takes 50 KB."""

MAX_BROUGHT_OUTPUT = 28 * 28 * 64
"""Numbers after one layer, for one picture: 64 filters over the whole picture. For the 200 pictures
that are asked at once they take 40 MB."""

MAX_BROUGHT_WORK = 30_000_000
"""Multiplications for one picture: two convolutions of 64 filters over the whole picture. The 10,000
test digits then take about 10 s on two cores, in ten parts: others' questions come between."""

MAX_CONFIG_KILOBYTES = 200
"""Forty layers with all their settings take 50 KB."""

MAX_ZIP_ENTRIES = 20
"""Keras writes three."""

READING_SECONDS = 10
"""Reading takes half a second; on a busy server a few. Then the reader is ended."""

READING_MEGABYTES = 700
"""Memory that the reading process may address: what its libraries take and three times the file."""

READERS = 2
"""Files that are read at once; others wait as long as reading may take."""

# Runs that are kept.
MAX_SPEC_CHARACTERS = 5000
"""The longest that the lab writes, fifty learning rates and all, has 2,000."""

MAX_LINK_CHARACTERS = 4000
"""Of all settings in an address, names and values; the longest that the lab writes, fifty learning
rates and all, has 1,600."""

MAX_RUN_NAME_LENGTH = 60
"""One line of a list on a phone."""

MAX_RUNS_PER_OWNER = 50
"""A lesson takes ten to twenty; a list of more is not read. The oldest goes."""

MAX_STORE_MEGABYTES = 1000
"""The article's network takes 0.6 MB, the largest 23 MB: about 1,600 runs of a school, on the
smallest disk that servers come with. The longest unused goes; a run under way never does."""

MAX_UNWRITTEN_MEGABYTES = 100
"""What waits in memory while the store can't be written: two classes of thirty, and then some."""

LOST_AFTER_SECONDS = 30
"""A run under way gives a sign of life every few seconds. One that was silent this long, longer
than a busy server or a locked database takes, has lost its server."""
