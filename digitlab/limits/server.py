"""The server's doors: what reaches it before any page runs."""

MAX_CONNECTIONS = 500
"""Pages that are open at once in one web process, idle ones too: sixteen classes. One takes 71
kB."""

CONNECTIONS_AN_ADDRESS = 350
"""Of these from one address. A school is one address: ten classes of thirty were tried."""

ARRIVALS_AT_ONCE = 350
"""Pages opened from one address in a row: all of them, as after the server was started anew."""

ARRIVALS_A_SECOND = 2
"""Pages opened from one address after that. The first run of a page takes about 0.1 s of processor
time, so a fifth of one core goes to somebody who does nothing but reload."""

MESSAGES_AT_ONCE = 200
"""Messages of one page in a row. A slider that is dragged sends at most 20 a second, so ten seconds
without a break; a page that follows a training sends 2.5 a second, and its sidebar 0.3."""

MESSAGES_A_SECOND = 3
"""Messages of one page after that: a whole run of a page with charts takes 0.13 s of processor
time. Those beyond wait and are not lost: a click stays a click."""

PAGES_AT_ONCE = 1
"""Pages that run at once. Python computes one at a time: two at once both take twice as long. A run
that waits for a worker does not count."""

LONGEST_WAITING_EVERY = 8
"""One turn of so many goes to whoever has waited longest; the others go by what the visitor did. So
thirty who click without a break leave one turn a second to newcomers, and who clicks hardly
notices."""

RUN_HOLDS_SECONDS = 0.25
"""So long one run can keep others from beginning. A page takes 0.1 s; who takes longer waits for a
worker."""

CLICK_SEEN_SECONDS = 5
"""So long another page waits at most for the run of the click before it. It takes 0.1 s; behind a
class that clicks too, some seconds."""

RESULTS_MEMOIZED = 40
"""Of each function whose results the web process remembers: a figure has some 0.1 MB. A class of
thirty that looks at thirty different digits finds each of them again."""

MAX_MESSAGE_MEGABYTES = 2
"""Of one message of a page; a drawing with all its strokes has 0.1 to 0.5. The server reads no
frame longer than `server.maxMessageSize`, which holds for both directions."""

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
"""All files that visitors sent and the server holds, or is about to: twenty photos of 10 MB. Past
it the largest one goes."""

UPLOADS_MEGABYTES_A_SESSION = 60
"""Of one open page: a file of the largest size, and the one that takes its place."""

UPLOADS_A_MINUTE = 12
"""Files of one open page in a minute. One is chosen at a time, by hand."""

UPLOAD_SECONDS = 180
"""A file must arrive within them. A photo of 10 MB takes 80 s at 1 Mbit/s."""

UNCLAIMED_SECONDS = 60
"""So long a file is held that no page has taken. A page takes it at once; on a busy server after
seconds."""
