"""A masked sample: enough for a reviewer to see what kind of value a field holds, and no more.

At most the first character and the length class; nothing at all for values under three
characters, nor for what a first character would tell (gender, age, 要配慮個人情報), nor for secrets
and features of a body.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Entities of which not even a first character is shown.
SILENT = frozenset({"GENDER", "AGE", "SPECIAL_CARE", "CREDENTIAL", "BIOMETRIC"})
SHORTEST = 3
SAMPLES = 3
#: Stars for values up to so many characters.
_CLASSES = ((5, "＊＊＊"), (12, "＊＊＊＊＊"))
_LONG = "＊＊＊＊＊＊＊"


def masked(entity: str, value: str) -> str | None:
    """Return the masked form, or ``None`` where nothing may be shown.

    >>> masked("PERSON", "山田太郎")
    '山＊＊＊'
    >>> masked("EMAIL_ADDRESS", "taro@example.jp")
    't＊＊＊＊＊＊＊'
    """
    if entity in SILENT or len(value) < SHORTEST:
        return None
    return value[0] + _stars(len(value))


def samples(entity: str, values: Iterable[str], limit: int = SAMPLES) -> list[str]:
    """Return up to ``limit`` different masked forms of ``values``, in their order."""
    found: dict[str, None] = {}
    for value in values:
        if (shown := masked(entity, value)) is not None:
            found[shown] = None
        if len(found) == limit:
            break
    return list(found)


def _stars(length: int) -> str:
    return next((stars for most, stars in _CLASSES if length <= most), _LONG)
