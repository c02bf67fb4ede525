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
"""Past this a training lets the others have their turns, also within an epoch, and goes on later with
the same numbers. Nobody waits longer for one who trains much, but for LOOK_SECONDS, or for one batch or
a thousand test digits, which take a second for the slowest network. When a worker dies, a training
goes back to its last turn; when the server dies, to its last full epoch."""

LOOK_SECONDS = 0.25
"""A worker looks up this often from the batches of a training: is it stopped, is its turn over? Pages
look twice a second. The article's network looks ten times in an epoch of 0.12 s."""

MAX_PARTIAL_MEGABYTES = 200
"""Of epochs under way, for all trainings that wait: 14 MB each for the largest network with Adam, 0.1 MB
for the article's. Past this a turn ends after a full epoch only."""

WORKER_RESTARTS = 1
"""A training whose worker died starts again from its checkpoint, once: twice means it is the cause."""

QUEUE_LENGTH = 60
"""Two classes of thirty; with 2 to 3 s a training the last one waits about three minutes. Everybody's
first training finds a place all the same; the places are shared for what comes beyond."""

CLASS_SIZE = 30
"""Visitors from one network address who wait with all others; a second class of them waits behind
those. A school is one address, and so is somebody who pretends to be a hundred visitors."""

JOBS_PER_ORIGIN = 150
"""From one network address: five classes."""

MAX_JOBS = 1000
"""In one web process, from anywhere: 10 KB each, with its history."""

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

MAX_FINDINGS_MEGABYTES = 100
"""Of all that studies have found out for the sessions: a t-SNE map for each of a class of thirty
(3.3 MB). The one that was not used for longest goes, and can be worked out again."""

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

# What the canvas sends.
MAX_CANVAS_KILOBYTES = 450
"""A picture of the canvas's size with a colour of its own for each pixel, as no drawing has, takes
419 KB as a PNG in a data URL. A drawing takes 10."""

MAX_STROKES_KILOBYTES = 500
"""Strokes that a session keeps to bring a drawing back: a pen that never rests for two minutes. The
drawing is read all the same when it has more."""

MAX_STROKES_DEPTH = 10
"""A point in a stroke in a drawing lies five deep."""

# Pictures that strangers upload.
MAX_UPLOAD_MEGABYTES = 10
"""A phone's photo fits. The uploader takes twice as much, so that the lab's own sentence answers."""

MAX_PICTURE_PIXELS = 25_000_000
"""A 24-megapixel photo fits; a decompression bomb does not. Unpacked it takes 100 MB (a JPEG in the
colours of print, of the kind that appears bit by bit, 220 MB)."""

MAX_PICTURE_SIDE = 20_000
"""A panorama fits. A picture one pixel wide takes memory by its rows, five times as much."""

PICTURES_AT_ONCE = 1
"""Unpacked at a time in the server; it takes 0.2 to 1 s each. Two would double the memory."""

PICTURE_WAIT_SECONDS = 10
"""For others' pictures; then the visitor is told to try again."""

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

MAX_BROUGHT_MEGABYTES = 160
"""Of all networks from files that sessions hold, those of visitors who have just gone among them: a
class of thirty, each with one of 1.2 million parameters and its answers (5.2 MB). The one that was not
used for longest goes; its visitor brings the file again."""

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

MAX_MEGABYTES_PER_OWNER = 100
"""A tenth of the store: 50 runs of the article's network take 30, four of the largest 92. Without
it one visitor's 50 large runs were 980 of the store's 1,000. The oldest goes."""

MAX_STORE_MEGABYTES = 1000
"""The article's network takes 0.6 MB, the largest 23 MB: about 1,600 runs of a school, on the
smallest disk that servers come with. The largest owner's oldest goes; a run under way never does."""

OPENED_HOURS = 24
"""A run that somebody else opened stays so long, as one that a class looks at."""

MAX_OPENED_MEGABYTES = 250
"""So much of a full store stays because it was opened, of small owners first: a visitor with many
cookies opens their own runs, and must not hold all of the store with that."""

OPENED_NOTED_SECONDS = 3600
"""Between two notes that a run was opened: a reload should not cost a write."""

TOLD_DAYS = 7
"""So long a visitor is told that runs of theirs were removed, or that the memory was lost: until the
next lesson."""

SHELF_MEGABYTES = 256
"""Arrays of kept runs that the web process holds for all who look at them: those of thirty pupils with
a Small CNN or two hidden layers each. What falls out is read again, in 5 to 60 ms."""

MAX_UNWRITTEN_MEGABYTES = 100
"""What waits in memory while the store can't be written: two classes of thirty, and then some."""

MAX_UNWRITTEN_RUNS = 1000
"""Without their networks, 10 KB each: their numbers and how they ended."""

LOST_AFTER_SECONDS = 30
"""A run under way gives a sign of life every few seconds. One that was silent this long, longer
than a busy server or a locked database takes, has lost its server. Where its process can be seen to
have ended, nobody waits."""

WATCHED_SECONDS = 10
"""Between two notes, for the process that trains a network, that a page of another one watches:
far shorter than `ABANDONED_AFTER_SECONDS`, and a write for each page."""

ANSWER_SECONDS = 15
"""The process that trains a network looks every three seconds for what others ask; a busy store takes
a few more. After this the page says that there is no answer."""

# The server's doors: what reaches it before any page runs.
MAX_CONNECTIONS = 500
"""Pages that are open at once in one web process, idle ones too: sixteen classes. One takes 71 kB."""

CONNECTIONS_AN_ADDRESS = 350
"""Of these from one address. A school is one address: ten classes of thirty were tried."""

ARRIVALS_AT_ONCE = 350
"""Pages opened from one address in a row: all of them, as after the server was started anew."""

ARRIVALS_A_SECOND = 2
"""Pages opened from one address after that. The first run of a page takes about 0.1 s of processor
time, so a fifth of one core goes to somebody who does nothing but reload."""

MESSAGES_AT_ONCE = 200
"""Messages of one page in a row. A slider that is dragged sends at most 20 a second, so ten seconds
without a break; a page that follows a training sends 2 a second."""

MESSAGES_A_SECOND = 3
"""Messages of one page after that: a whole run of a page with charts takes 0.13 s of processor time. Those
beyond wait and are not lost: a click stays a click."""

MAX_MESSAGE_MEGABYTES = 2
"""Of one message of a page; a drawing with all its strokes has 0.1 to 0.5. The server reads no frame
longer than `server.maxMessageSize`, which holds for both directions."""

OPEN_FILES = 8192
"""Files and connections that the process may have open, if the system lets it: 1,024 and, on macOS,
256 is what programs start with."""

OPEN_FILES_OF_THE_SERVER = 120
"""Of these for everything but open pages: the database, the workers, downloads on their way."""

LOG_REPEATS = 5
"""Lines of one kind in the log within a minute. The others are counted."""

LOG_LINES_A_MINUTE = 200
"""Of all kinds: 300 MB in a week of attack, at 150 bytes each."""

# Files on their way in, whatever is in them.
UPLOADS_MEGABYTES = 200
"""All files that visitors sent and the server holds, or is about to: twenty photos of 10 MB. Past it the
largest one goes."""

UPLOADS_MEGABYTES_A_SESSION = 60
"""Of one open page: a file of the largest size, and the one that takes its place."""

UPLOADS_A_MINUTE = 12
"""Files of one open page in a minute. One is chosen at a time, by hand."""

UPLOAD_SECONDS = 180
"""A file must arrive within them. A photo of 10 MB takes 80 s at 1 Mbit/s."""

UNCLAIMED_SECONDS = 60
"""So long a file is held that no page has taken. A page takes it at once; on a busy server after seconds."""
