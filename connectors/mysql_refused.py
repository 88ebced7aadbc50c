"""Why MySQL or MariaDB refuses a change, by the number of its error.

https://mariadb.com/kb/en/mariadb-error-code-reference/. Its own words may quote a value.
"""

from __future__ import annotations

from connectors.change import Why
from connectors.sql_dialect import Cause

WRONG_TYPE = Cause(Why.WRONG_TYPE, "The field holds another kind of value: give one of its kind.")
NO_BITS = Cause(Why.WRONG_TYPE, "The field holds bits: give a whole number.")
NO_SHAPES = Cause(Why.BY_HAND, "The field holds a shape (GEOMETRY): change it by hand.")
HIDDEN = Cause(
    Why.BY_HAND,
    "Tables that this account can't see may refer to the row: grant it PROCESS, or SELECT on them.",
)
_REQUIRED = Cause(Why.REQUIRED, "The field can't be empty: give a value.")
_TOO_LONG = Cause(Why.TOO_LONG, "The value is longer than the field: give a shorter one.")
_RANGE = Cause(Why.WRONG_TYPE, "The number doesn't fit the field: give another.")
_CHECK = Cause(Why.CHECK, "A CHECK of the table refuses it: give another.")
_UNIQUE = Cause(Why.UNIQUE, "Another row has this value: give another.")
_REFERENCED = Cause(Why.REFERENCED, "A reference would lead nowhere: change what refers with it.")
_NO_RIGHT = Cause(Why.NO_RIGHT, "The account may not write here: grant it UPDATE and DELETE.")
_READ_ONLY = Cause(Why.NO_RIGHT, "The server takes no writes: give write_url of the one that does.")
_LOCKED = Cause(Why.LOCKED, "Another session holds the row: try again later.")
_CHANGED = Cause(Why.CHANGED, "The record isn't as it was fetched: fetch it again.")
_TRIGGER = Cause(Why.BY_HAND, "A trigger refuses it: do it by hand.")
_COMPUTED = Cause(Why.BY_HAND, "The field is computed from others: change those.")

_CAUSES: dict[Cause, tuple[int, ...]] = {
    _REQUIRED: (1048, 1263, 1364),
    _TOO_LONG: (1406,),
    _RANGE: (1264, 1690),
    WRONG_TYPE: (1265, 1292, 1366, 1367, 1411, 1977, 3140),
    _CHECK: (4025, 3819),
    _UNIQUE: (1022, 1062, 1586, 1859),
    _REFERENCED: (1216, 1217, 1451, 1452),
    _NO_RIGHT: (1044, 1142, 1143, 1227, 1370),
    _READ_ONLY: (1290, 1792, 1836),
    _LOCKED: (1205, 1213, 1305, 3572),
    _CHANGED: (1020,),
    _TRIGGER: (1644,),
    _COMPUTED: (1906, 3105),
}
_BY_NUMBER = {number: cause for cause, numbers in _CAUSES.items() for number in numbers}


def refused(number: int) -> Cause | None:
    """Return why; ``None`` where the number means an outage."""
    return _BY_NUMBER.get(number)
