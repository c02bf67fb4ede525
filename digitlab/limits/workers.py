"""What the workers are asked, how long is waited for them, and what of it is held."""

MAX_WORKER_MEGABYTES = 580
"""TensorFlow leaks 0.3 MB a training, and 3 MB with each new architecture. A worker that trained
the article's network holds 0.42 GB of its own, one that trained all presets 0.5 GB; past this a
fresh one takes its place. The one that answers questions has the same bound."""

PREDICTION_TIMEOUT_SECONDS = 30
"""A prediction takes milliseconds; a worker that starts anew on a busy server takes this long. A
question waits so long for its turn, and each of its parts for its answer."""

PART_MULTIPLY_ADDS = 250_000_000
"""Multiplications of one part of a question: about 0.1 s. A drawing that comes meanwhile waits for
no more than that."""

PART_DIGITS = 10_000
"""Digits of one part of a question, for networks with little to multiply: they must still be
read."""

PART_CHECKPOINTS = 5
"""Moments of a training that are asked in one part: each sets the network's weights anew, some 10
ms."""

ANSWERS_REMEMBERED = 20
"""Answers to all test digits, of a network at one moment of its training, 0.4 MB each, or to one
digit at all moments. A class that goes through the Replay of one run asks for each once."""

ANSWERS_SEEN = 8
"""Answers to a few digits, of one network in one session, at most 1 kB each: what stands on the
pages that ask, before and after a change of a control. Who comes back to a page waits for no
worker."""

FEW_DIGITS = 25
"""A question on so few is a drawing, or ten digits beside a slider: it goes before all others."""

QUESTIONS_WAITING = 150
"""Of all visitors of a web process, each a thread that waits: two classes of thirty, two each and
more. Only the few that a worker has are copied; the others take no memory."""

QUESTIONS_PER_OWNER = 6
"""Long questions of one visitor that wait: several tabs. A page that was left takes its own
back."""

# The workers themselves.
WORKER_SILENCE_SECONDS = 20
"""Workers give a sign of life twice a second, also while they train. One that is silent this long
hangs, and another one takes its place; its training goes on from its checkpoint. A busy server with
two cores delays the signs by a few seconds."""

WORKER_START_SECONDS = 300
"""A worker imports TensorFlow before its first sign of life: 4 s, on a machine with ten times as
much to do as it can a minute and a half."""

SILENCE_SHOWN_SECONDS = 5
"""After so long without a sign of life of its worker, a training's page says so."""

UPLOADS_IDLE_SECONDS = 300
"""The worker for networks from files ends when nobody has asked one for so long: a small server
needs its memory, and starting it anew takes some seconds."""

STARTS_TRIED = 3
"""Starts of a worker, or connections, that fail in a row before those who wait are told: one
failure can be an accident, and the first three take a few seconds."""

RETRY_SECONDS = 30
"""The longest pause before the lab tries once more to start or to reach its workers; the first is 1
s. Who mends the server need not wait longer for the lab."""

MAX_FINDINGS_MEGABYTES = 100
"""Of all that studies have found out for the sessions: a t-SNE map for each of a class of thirty
(3.3 MB). The one that was not used for longest goes, and can be worked out again."""

SPOILED_DIGITS = 1000
"""Test digits that are spoiled for one point of a curve: about 1 s for the largest brought network,
in parts between which others' questions come. Chance changes what is read by 3 of 100 at most,
nineteen times of twenty."""

STUDIES_AT_ONCE = 60
"""Long calculations under way, each a thread of its own: two classes of thirty that all draw a map.
Their parts go one after the other, and after all other questions, so more of them would only
wait."""

# What "Look inside" works out at once.
NEIGHBOUR_MULTIPLY_ADDS = 2_000_000_000
"""Multiplications for the training digits that a network is asked to compare with one: all 60,000
for the article's network, some 9,000 for the Small CNN, in half a second."""

HIDDEN_NUMBERS = 10_000_000
"""Of a hidden layer, for all digits that are looked at together: 40 MB. A network from a file may
have 50,176 for each digit."""

MAP_DIGITS = 1000
"""Test digits on the map of a hidden layer, each drawn by the browser as a sign of its own: a
laptop without a graphics card takes 0.6 to 0.7 s for it."""
