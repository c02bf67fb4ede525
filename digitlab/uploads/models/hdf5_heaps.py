"""Texts in an HDF5 file lie in heaps: whether the library would find the end of each.

In a heap in which a free place has the size 0 HDF5 (1.14) looks for the next place for ever. The
reader's process would be ended after its seconds; until then nobody else's file is read.
"""

import struct

_HEAP = b"GCOL\x01"  # its name and version; HDF5 does not look at the three bytes after these
_HEADER = struct.Struct("<5s3xQ")  # the size of the heap comes last
_PLACE = struct.Struct("<HHIQ")  # number, references, nothing, size
_MOST = 100_000
"""Places in all heaps: a network of forty layers has some hundreds."""


def have_ends(content: bytes) -> bool:
    """Whether each heap of a file is a row of places up to its end, not too many in all."""
    at, count = content.find(_HEAP), 0
    while at >= 0:
        if at + _HEADER.size > len(content):
            return False
        size = _HEADER.unpack_from(content, at)[1]
        end, place = at + size, at + _HEADER.size
        if end > len(content):
            return False
        while place + _PLACE.size <= end:
            number, _, _, length = _PLACE.unpack_from(content, place)
            # A free place says its whole size, the others that of what lies in them.
            step = _PLACE.size + -(-length // 8) * 8 if number else length
            place, count = place + step, count + 1
            if step < _PLACE.size or place > end or count > _MOST:
                return False
        at = content.find(_HEAP, at + 1)
    return True
