"""Limits that whoever runs the lab can set by a variable: `DIGITLAB_QUEUE_LENGTH=120`."""

from collections.abc import Mapping
from difflib import get_close_matches

PREFIX = "DIGITLAB_"
_ALIKE = 0.85  # by difflib: a letter or two are wrong

SETTABLE = {
    "QUEUE_LENGTH": (1, 1000),
    "CLASS_SIZE": (1, 1000),
    "JOBS_PER_ORIGIN": (1, 1000),
    "MAX_TRAINING_SECONDS": (10, 3600),
    "MAX_CONNECTIONS": (1, 4000),
    "CONNECTIONS_AN_ADDRESS": (1, 4000),
    "MAX_STORE_MEGABYTES": (50, 1_000_000),
    "MAX_MEGABYTES_PER_OWNER": (25, 1_000_000),
    "MAX_RUNS_PER_OWNER": (2, 1000),
    "SHELF_MEGABYTES": (25, 16_000),
    "MAX_UPLOADED_MEGABYTES": (25, 16_000),
    "MAX_FINDINGS_MEGABYTES": (10, 16_000),
    "MAX_PARTIAL_MEGABYTES": (0, 16_000),
    "MAX_REPLAY_MEGABYTES": (1, 100),
    "UPLOADS_MEGABYTES": (40, 16_000),
}
"""The least and the most that makes sense of each: the largest network is 23 MB with its run, a
file on its way in 40. What a learner may ask of one training, `choices`, is not among them: links
and kept runs rely on it."""


RENAMED = {"MAX_BROUGHT_MEGABYTES": "MAX_UPLOADED_MEGABYTES"}
"""Settings of older versions. Whoever still sets one is told its new name: nobody would read it."""


class SettingError(SystemExit):
    """A variable that can't be used: its sentence is the last that the program says."""


def chosen(environment: Mapping[str, str]) -> dict[str, int]:
    """The limits that are set in an environment, by their names.

    Args:
        environment: all variables.

    Raises:
        SettingError: a number that makes no sense, or a slip in a name: nobody would read it.
    """
    settings: dict[str, int] = {}
    for variable, value in environment.items():
        name = variable.removeprefix(PREFIX)
        if name == variable:
            continue
        if name in RENAMED:
            raise SettingError(f"{variable} has another name now: set {PREFIX}{RENAMED[name]}.")
        if name not in SETTABLE:
            if meant := get_close_matches(name, SETTABLE, 1, _ALIKE):
                raise SettingError(f"{variable} is no setting. Is {PREFIX}{meant[0]} meant?")
            continue  # another one, of the lab or of somebody else
        least, most = SETTABLE[name]
        if not value.strip().isdecimal() or not least <= int(value) <= most:
            raise SettingError(
                f"{variable} is {value!r}. It has to be a whole number from {least:,} to {most:,}."
            )
        settings[name] = int(value)
    return settings
