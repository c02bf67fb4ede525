"""A file from a stranger: HDF5, or a zip that is unpacked in pieces, within limits."""

import io
import json
import zipfile

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.uploads.models.arrays import read_arrays
from digitlab.uploads.models.config import read_config
from digitlab.uploads.models.described import mapping
from digitlab.uploads.models.legacy_hdf5 import read_whole
from digitlab.uploads.models.parsed import ParsedModel

_CONFIG, _WEIGHTS, _METADATA = "config.json", "model.weights.h5", "metadata.json"
_HDF5 = b"\x89HDF\r\n\x1a\n"  # TensorFlow 2.12 wrote it under the name .keras, too
_PIECE = 1 << 20
_MEGABYTE = 1024 * 1024
_ENCRYPTED = 1  # the flag's bit

_OTHER_FILES = {b"\x80": UploadProblem.PICKLE}
"""What is easily told from the first bytes."""

_OTHER_ZIPS = {
    "saved_model.pb": UploadProblem.SAVED_MODEL,
    "data.pkl": UploadProblem.PYTORCH,
    ".npy": UploadProblem.NUMPY,
    ".keras": UploadProblem.ZIPPED,
}
"""What is easily told from the end of a name in a zip."""


def read_network(content: bytes) -> ParsedModel:
    """The network in a `.keras` or `.h5` file. Slow or greedy files: see `isolated`.

    Raises:
        UploadError: if it is no such file, or holds what the lab does not know.
    """
    if len(content) > limits.MAX_NETWORK_MEGABYTES * _MEGABYTE:
        raise UploadError(UploadProblem.TOO_HEAVY)
    for beginning, problem in _OTHER_FILES.items():
        if content.startswith(beginning):
            raise UploadError(problem)
    in_zip = content.startswith(b"PK")
    if not in_zip and not content.startswith(_HDF5):
        raise UploadError(UploadProblem.NO_KERAS_FILE)
    try:
        return _read_zip(content) if in_zip else read_whole(content)
    except UploadError:
        raise
    except Exception as error:  # zipfile, zlib and h5py raise errors of many kinds
        raise UploadError(UploadProblem.DAMAGED) from error


def _read_zip(content: bytes) -> ParsedModel:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        config, weights = _find(archive)
        text = _unpack(archive, config, limits.MAX_CONFIG_KILOBYTES * 1024)
        plan = read_config(text, _version(archive))
        most = limits.MAX_NETWORK_MEGABYTES * _MEGABYTE
        return ParsedModel(plan.stack, read_arrays(_unpack(archive, weights, most), plan))


def _version(archive: zipfile.ZipFile) -> str:
    """Of the Keras that wrote the file, "" if it does not say."""
    if _METADATA not in archive.namelist():
        return ""
    text = _unpack(archive, archive.getinfo(_METADATA), limits.MAX_CONFIG_KILOBYTES * 1024)
    return str(mapping(json.loads(text)).get("keras_version", ""))


def _find(archive: zipfile.ZipFile) -> tuple[zipfile.ZipInfo, zipfile.ZipInfo]:
    """The two files that matter."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > limits.MAX_ZIP_ENTRIES or len(set(names)) < len(names):
        raise UploadError(UploadProblem.NO_KERAS_FILE)
    if not {_CONFIG, _WEIGHTS} <= set(names):
        for end, problem in _OTHER_ZIPS.items():
            if any(name.endswith(end) for name in names):
                raise UploadError(problem)
        raise UploadError(UploadProblem.NO_KERAS_FILE)
    return archive.getinfo(_CONFIG), archive.getinfo(_WEIGHTS)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """What an entry holds, in pieces: what it says of its size need not be true."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UploadError(UploadProblem.OTHER_COMPRESSION)
    if entry.flag_bits & _ENCRYPTED:
        raise UploadError(UploadProblem.ENCRYPTED)
    if entry.file_size > most:
        raise UploadError(UploadProblem.UNPACKS_TOO_LARGE)
    unpacked = bytearray()
    with archive.open(entry) as file:
        while piece := file.read(_PIECE):
            unpacked += piece
            if len(unpacked) > most:
                raise UploadError(UploadProblem.UNPACKS_TOO_LARGE)
    return bytes(unpacked)
