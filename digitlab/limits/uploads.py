"""What visitors send: drawings, pictures, networks."""

MAX_CANVAS_KILOBYTES = 450
"""A picture of the canvas's size with a colour of its own for each pixel, as no drawing has, takes
419 KB as a PNG in a data URL. A drawing takes 10."""

MAX_STROKES_KILOBYTES = 500
"""Strokes that a session keeps to bring a drawing back: a pen that never rests for two minutes. The
drawing is read all the same when it has more."""

MAX_STROKES_DEPTH = 10
"""A point in a stroke in a drawing lies five deep."""

MAX_DRAWINGS_MEGABYTES = 20
"""Of the latest drawing of each browser, kept for a reload: a thousand of some 20 kB, with their
strokes."""

# Pictures that strangers upload.
MAX_UPLOAD_MEGABYTES = 10
"""A phone's photo fits. The browser sends no larger one, and says why."""

MAX_PICTURE_PIXELS = 25_000_000
"""A 24-megapixel photo fits; a decompression bomb does not. Unpacked it takes 100 MB (a JPEG in the
colours of print, of the kind that appears bit by bit, 220 MB). A HEIC of so many takes 120 MB, a
GIF or a BMP no more than a PNG."""

MAX_WEBP_PIXELS = 12_500_000
"""A photo of 12 megapixels fits. The decoder of WebP holds four bytes a pixel four times: 200
MB."""

MAX_TIFF_PIXELS = 12_500_000
"""An A4 page at 300 dots an inch has 8.7 million. A TIFF in one piece is unpacked beside the
picture, with up to eight bytes a pixel, and one that is to be turned is copied: 200 MB."""

MAX_PICTURE_SIDE = 20_000
"""A panorama fits. A picture one pixel wide takes memory by its rows, five times as much."""

PICTURES_AT_ONCE = 1
"""Unpacked and made a digit at a time in the server; it takes 0.2 to 1 s each. Two would double the
memory."""

PICTURE_WAIT_SECONDS = 10
"""For others' pictures; then the visitor is told to try again."""

PICTURE_SECONDS = 8
"""For a picture that is read in a process of its own; then that is ended. It takes 0.2 to 2 s.
Less than others wait for their turn: one bad file turns nobody away."""

PICTURE_MEGABYTES = 550
"""Memory that this process may address. The largest pictures need up to 420, with 160 for
libraries; of these it touches up to 280. A file made to do harm can touch no more than all."""

# Networks that strangers upload.
MAX_NETWORK_MEGABYTES = 20
"""The largest network that is taken, with Adam's two more numbers for each weight. The browser
sends no larger one; the server takes twice as much, and answers with a sentence
(.streamlit/config.toml)."""

MAX_UPLOADED_PARAMETERS = 1_700_000
"""Two convolutions of 32 and 64 filters and a dense layer of 128, as in many a course, have 1.2
million. The weights travel as 6.8 MB with each question."""

MAX_UPLOADED_LAYERS = 40
"""More than any network for digits of 28 × 28 pixels needs; a config of so many takes 50 KB."""

MAX_UPLOADED_DEPTH = 5
"""Networks within networks; two are usual, for what prepares pictures and what reads them."""

MAX_UPLOADED_OUTPUT = 28 * 28 * 64
"""Numbers after one layer, for one picture: 64 filters over the whole picture. For the 200 pictures
that are asked at once they take 40 MB."""

MAX_UPLOADED_MULTIPLY_ADDS = 30_000_000
"""Multiplications for one picture: two convolutions of 64 filters over the whole picture. The
10,000 test digits then take about 10 s on two cores, in ten parts: others' questions come
between."""

MAX_UPLOADED_MEGABYTES = 160
"""Of all networks from files that sessions hold, those of visitors who have just gone among them: a
class of thirty, each with one of 1.2 million parameters and its answers (5.2 MB). The one that was
not used for longest goes; its visitor brings the file again."""

GUESS_DIGITS = 1000
"""Training digits that a network from a file reads in each of nine ways, to find its own: nearly as
many as the 10,000 test digits after that. A share then has a standard error of 1 of 100. The test
digits would do it too, but what it reads of them is for its exam."""

SETTLE_DIGITS = 10_000
"""Training digits that it reads in the two best ways if these are close: the difference then has a
standard error of up to 0.2 of 100."""

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

MAX_DIGITS = 8
"""That are read side by side in one picture: a date or a number. Text is no digits, and each takes
a moment."""
