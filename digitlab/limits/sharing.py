"""How many share the server, and in what time slices."""

JOBS_PER_OWNER = 5
"""The five seeds of Luck, or several tabs. The fair order keeps the others' time slices, this keeps
their places in the queue. What finds no place there, as when a class asks for five seeds each, is
queued as others end."""

TIME_SLICE_SECONDS = 10
"""Past this a training lets the others have their time slices, also within an epoch, and goes on
later with the same numbers. Nobody waits longer for one who trains much, but for LOOK_SECONDS, or
for one batch or a thousand test digits, which take a second for the slowest network. When a worker
dies, a training goes back to its last time slice; when the server dies, to its last full epoch."""

LOOK_SECONDS = 0.25
"""A worker looks up this often from the batches of a training: is it stopped, is its time slice
over? Pages look 2.5 times a second. The article's network looks ten times in an epoch of 0.12 s."""

MAX_PARTIAL_MEGABYTES = 200
"""Of epochs under way, for all trainings that wait: 14 MB each for the largest network with Adam,
0.1 MB for the article's. Past this a time slice ends after a full epoch only."""

WORKER_RESTARTS = 1
"""A training whose worker died starts again from its checkpoint, once: twice means it is the
cause."""

QUEUE_LENGTH = 60
"""Two classes of thirty; with 2 to 3 s a training the last one waits about three minutes.
Everybody's first training finds a place all the same; the places are shared for what comes
beyond."""

OWNERS_REMEMBERED = 1000
"""Visitors whose series of trainings go on after a reload; each holds some specs and jobs."""

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
