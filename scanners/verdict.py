"""What a table and its fields were judged to hold, with the evidence a reviewer sees.

A verdict is reached once per dataset from the head of its data and then guides the scan of every
batch; evidence is counted over distinct values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scanners.finding import About, Entity, Role


@dataclass(frozen=True, slots=True)
class Column:
    """What is told of a column beside its values: name, declared type, part of the primary key."""

    name: str
    type: str = ""
    key: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason: ``by`` (header, pattern, check digit, dictionary, neighbours, declared key),
    ``detail`` (the header word, the recognizer's name; never a value), ``count`` out of ``of``.
    """

    by: str
    detail: str
    count: int = 1
    of: int = 1


@dataclass(frozen=True, slots=True)
class FieldVerdict:
    """One entity that a field holds.

    ``whole`` means that a value as such is the entity (a column of names); otherwise values are
    searched one by one (a memo). ``score`` is between 0 and 1.
    """

    entity: Entity
    whole: bool
    score: float
    about: About
    role: Role
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class TableVerdict:
    """What a table is about, and what its fields hold; a field left out is searched as text.

    ``key`` is the field that stands for its persons (the declared primary key, or in files the
    column that is unique and named as a key), or ``None``. ``not_text`` are fields whose values
    need no search (floats, booleans, blobs).
    """

    about: About
    fields: Mapping[str, tuple[FieldVerdict, ...]]
    key: str | None = None
    not_text: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
