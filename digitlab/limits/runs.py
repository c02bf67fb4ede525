"""Runs that are kept, and links to them."""

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
smallest disk that servers come with. The largest owner's oldest goes; a run under way never
does."""

OPENED_HOURS = 24
"""A run that somebody else opened stays so long, as one that a class looks at."""

MAX_OPENED_MEGABYTES = 250
"""So much of a full store stays because it was opened, of small owners first: a visitor with many
cookies opens their own runs, and must not hold all of the store with that."""

OPENED_NOTED_SECONDS = 3600
"""Between two notes that a run was opened: a reload should not cost a write."""

TOLD_DAYS = 7
"""So long a visitor is told that runs of theirs were removed, or that the memory was lost: until
the next lesson."""

MAX_SHORT_LINKS_PER_OWNER = 40
"""Lesson links of which a visitor has a code: a teacher's eight cards for each of five classes. The
oldest goes."""

MAX_SHORT_LINKS = 20_000
"""In all, of 0.6 kB each: 12 MB. Of the 160,000 codes one in eight is taken then, so a free one is
found at once, and a slip in typing seldom leads to another class. The oldest goes."""

SHORT_LINKS_KEPT_DAYS = 400
"""A code on a printed sheet is good for a school year."""

MAX_QR_CHARACTERS = 200
"""Of an address as a QR picture: its side has 57 squares at most then, and a camera in the last row
still tells them apart. Usual ones have 30 to 50 characters. A longer one is only typed."""

MAX_EXAMS_PER_OWNER = 1000
"""Networks for which a visitor has opened the test set; past twenty the lab says no more. The
oldest goes."""

EXAMS_KEPT_DAYS = 400
"""So long the lab remembers for which networks a visitor has opened the test set: a school year."""

SHELF_MEGABYTES = 256
"""Arrays of kept runs that the web process holds for all who look at them: those of thirty pupils
with a Small CNN or two hidden layers each. What falls out is read again, in 5 to 60 ms."""

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
"""The process that trains a network looks every three seconds for what others ask; a busy store
takes a few more. After this the page says that there is no answer."""
