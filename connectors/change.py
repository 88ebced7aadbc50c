"""Changes: what is to be done to single records, what was refused, and the proof of what was done.

The laws every writable source keeps (``tests/contract``):

1. A unit (a whole database, or one file) with a refusal is not touched; other files go on.
2. Preparing (:meth:`~connectors.base.WritableSource.writing`) shows nobody else anything.
3. Again is the same: what is gone, or already holds the new values, is ``ALREADY``. A file is known
   by its hash alone, as an earlier intent named it; row numbers are never compared.
4. Of A records, B named ones and C others, erasing leaves A - B, 0 and C; blanking and correcting
   leave A and C; all else stays, to the byte or the value.
5. What other records refer to isn't erased while they do: there is no silent cascade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa


class Action(StrEnum):
    """What is done to a record."""

    ERASE = "erase"
    BLANK = "blank"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """What is to be done to one record; no ``repr``: it holds a person's data.

    ``record`` is its name as a scan gave it, ``version`` what ``fetch`` said of it: a record that
    has changed since is refused. ``values`` are new texts by field; to ``BLANK`` a field, ``None``
    lets the source choose (NULL, else what its type has for nothing).
    """

    dataset: str
    record: str
    version: str
    action: Action
    values: Mapping[str, str | None] = field(default_factory=dict)


class Why(StrEnum):
    """Why a record isn't changed."""

    CHANGED = "changed since it was fetched"
    GONE = "gone"
    BY_HAND = "by hand"
    SEVERAL = "several records have this name"
    REQUIRED = "the field can't be empty"
    TOO_LONG = "the value is too long"
    CHECK = "a rule of the table refuses the value"
    UNIQUE = "another record has the value"
    REFERENCED = "other records refer to it"
    NO_RIGHT = "the account may not write it"
    LOCKED = "another program holds it"
    NO_FIELD = "there is no such field"
    WRONG_TYPE = "the field can't hold the value"
    UNSAFE_STORE = "the store can't replace a file safely"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that isn't changed; ``sentence`` says why and how to mend it, and names no value."""

    dataset: str
    record: str
    why: Why
    sentence: str


@dataclass(frozen=True, slots=True, repr=False)
class Fetched:
    """Records as they stand now, one row of ``values`` and one version for each name.

    No ``repr``: it holds people's data.
    """

    dataset: str
    records: pa.StringArray
    versions: pa.StringArray
    values: pa.RecordBatch


@dataclass(frozen=True, slots=True)
class Count:
    """How many records a dataset has in ``all``, how many are named (``target``) and ``other``."""

    dataset: str
    all: int
    target: int
    other: int


@dataclass(frozen=True, slots=True)
class Intent:
    """A unit before and after the last step: what a ledger keeps before it is taken.

    ``unit`` is a file's path, "" for a database. ``before`` and ``after`` are keyed hashes: of a
    file's bytes, of a database the versions of the records named. ``counts`` are as it will be.
    """

    unit: str
    before: str
    after: str
    counts: tuple[Count, ...]


class Outcome(StrEnum):
    """Whether a change was made now or had been."""

    DONE = "done"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of one change: its versions ``before`` and ``after`` (``None`` where it is gone)."""

    unit: str
    dataset: str
    record: str
    action: Action
    outcome: Outcome
    before: str
    after: str | None
    sentence: str = ""
