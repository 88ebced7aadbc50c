"""理由: why a part was not read, or a field judged so, in the reader's language.

Connectors and scanners speak English, in sentences with a number or a name filled in. Here they
are known again by their fixed words, told in Japanese, and grouped by what they have in common.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from reports.words import Language

_FILE = Path(__file__).with_name("reasons.toml")
_HOLE = "{}"
_ELLIPSIS = "…"


def explained(reason: str, language: Language = "ja") -> str:
    """Return the reason in a language; one that nobody has translated stays as it is.

    >>> explained("attachment: encrypted")
    '添付ファイル：暗号化されている'
    """
    known = _known(reason)
    if language == "en" or known is None:
        return reason
    sentence, filled = known
    return _sentences()[sentence].format(*(explained(one) for one in filled))


def gist(reason: str) -> str:
    """Return what a reason has in common with others of its kind: itself without what is filled in.

    >>> gist("lines 3, 7 aren't valid JSON")
    "lines {} aren't valid JSON"
    """
    known = _known(reason)
    return known[0] if known else re.sub(r"\d+(?:[.,]\d+)*", _HOLE, reason)


def headed(gist: str, language: Language = "ja") -> str:
    """Return the heading for reasons of one kind.

    >>> headed("lines {} aren't valid JSON")
    'JSONとして正しくない行がある（…行目）'
    """
    sentence = _sentences().get(gist, gist) if language == "ja" else gist
    return sentence.replace(_HOLE, _ELLIPSIS)


@lru_cache(maxsize=4096)
def _known(reason: str) -> tuple[str, tuple[str, ...]] | None:
    if reason in _sentences():
        return reason, ()
    for sentence, pattern in _patterns():
        if match := pattern.fullmatch(reason):
            return sentence, match.groups()
    return None


@cache
def _sentences() -> dict[str, str]:
    sections = tomllib.loads(_FILE.read_text(encoding="utf-8")).values()
    return {sentence: words for section in sections for sentence, words in section.items()}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return sentences with something to fill in, the most telling first."""
    holed = sorted((one for one in _sentences() if _HOLE in one), key=len, reverse=True)
    return tuple((one, _pattern(one)) for one in holed)


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, sentence.split(_HOLE))), re.DOTALL)
