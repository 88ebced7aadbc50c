"""A kind is how values are compared: two values of one kind and one normal form are equal.

The recognizer of an entity says both. A key (``SUBJECT_KEY``) is compared as it stands, so that
equal keys of two fields are equal; what that equality means, only a link says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from scanners.finding import Entity, Strength

KEY = "key"
#: Entities whose few values say nothing about who somebody is; they get no entry in the index.
UNTRACED = frozenset(
    {Entity.GENDER, Entity.AGE, Entity.SPECIAL_CARE, Entity.CREDENTIAL, Entity.BIOMETRIC}
)


def kind(entity: Entity) -> str:
    """Return how values of an entity are compared (``name``, ``email``, ``key``…)."""
    return _known(entity)[0]


def normal(entity: Entity, value: str) -> str:
    """Return the form under which values of an entity written differently are equal."""
    return normals(entity, [value])[0]


def normals(entity: Entity, values: Sequence[str]) -> list[str]:
    """Return the normal forms of many values, in their order."""
    return _known(entity)[1](values)


def strength(entity: Entity) -> Strength:
    """Return how far an equal value goes, before the data say otherwise."""
    return _known(entity)[2]


_Known = tuple[str, Callable[[Sequence[str]], list[str]], Strength]


@cache
def _known(entity: Entity) -> _Known:
    from scanners.recognizers.registry import recognizer

    if entity is Entity.SUBJECT_KEY:
        return KEY, _stripped, Strength.UNIQUE
    try:
        found = recognizer(entity)
    except KeyError:
        return entity.value.lower(), _folded, Strength.WEAK
    return found.KIND, found.normals, found.STRENGTH


def _stripped(values: Sequence[str]) -> list[str]:
    return [value.strip() for value in values]


def _folded(values: Sequence[str]) -> list[str]:
    folded = (unicodedata.normalize("NFKC", value) for value in values)
    return ["".join(value.split()).casefold() for value in folded]
