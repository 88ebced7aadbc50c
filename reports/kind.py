"""A kind is how values are compared: two values of one kind and one normal form are equal.

The recognizer of an entity says both. A key (``SUBJECT_KEY``) is compared as it stands, so that
equal keys of two fields are equal; what that equality means, only a link says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from scanners.finding import Entity, Strength

KEY = "key"
#: Entities whose few values say nothing about who somebody is; they get no entry in the index.
UNTRACED = frozenset({Entity.GENDER, Entity.AGE})


def kind(entity: Entity) -> str:
    """Return how values of an entity are compared (``name``, ``email``, ``key``…)."""
    return _known(entity)[0]


def normal(entity: Entity, value: str) -> str:
    """Return the form under which values of an entity written differently are equal."""
    return _known(entity)[1](value)


def normals(entity: Entity, values: list[str]) -> list[str]:
    """Return the normal forms of many values, in their order."""
    form = _known(entity)[1]
    return [form(value) for value in values]


def strength(entity: Entity) -> Strength:
    """Return how far an equal value goes, before the data say otherwise."""
    return _known(entity)[2]


#: Entities whose values recur from batch to batch, so that their normal forms are remembered.
_RECURRING = frozenset({Entity.PERSON, Entity.DATE_OF_BIRTH, Entity.JP_POSTAL_CODE, *UNTRACED})
_REMEMBERED = 65_536

_Known = tuple[str, Callable[[str], str], Strength]


@cache
def _known(entity: Entity) -> _Known:
    from scanners.recognizers.registry import recognizer

    if entity is Entity.SUBJECT_KEY:
        return KEY, str.strip, Strength.UNIQUE
    try:
        found = recognizer(entity)
    except KeyError:
        return entity.value.lower(), _folded, Strength.WEAK
    form = lru_cache(_REMEMBERED)(found.normal) if entity in _RECURRING else found.normal
    return found.KIND, form, found.STRENGTH


def _folded(value: str) -> str:
    return "".join(unicodedata.normalize("NFKC", value).split()).casefold()
