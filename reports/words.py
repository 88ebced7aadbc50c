"""The words people read: every label of the report, the register and the letters, in one place.

``words.toml`` holds them, a term to a line: Japanese first, as the Act and the Personal
Information Protection Commission's guidelines (個人情報の保護に関する法律についての
ガイドライン) write them, then English. Terms are the codes of the tables (``JP_MY_NUMBER``,
``partial``, ``mention``) and the names of phrases (``map.title``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["ja", "en"]

_FILE = Path(__file__).with_name("words.toml")


def label(term: str, language: Language = "ja") -> str:
    """Return what people call ``term``; a term nobody has named yet is returned as it is.

    A third party's recognizer may bring an entity that isn't listed here, so that isn't an error.

    >>> label("JP_MY_NUMBER")
    '個人番号'
    >>> label("JP_MY_NUMBER", "en")
    'My Number'
    """
    words = _words().get(term)
    return words[language] if words else term


def phrase(term: str, language: Language = "ja", **values: object) -> str:
    """Return the words of ``term`` with ``values`` put in; plain text, still to be escaped.

    >>> phrase("evidence.header", detail="氏名")
    '列名「氏名」'
    """
    return label(term, language).format(**values)


def terms() -> Mapping[str, Mapping[Language, str]]:
    """Return every term with its words by language."""
    return _words()


@cache
def _words() -> dict[str, dict[Language, str]]:
    sections = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        term: dict(zip(get_args(Language), words, strict=True))
        for section in sections.values()
        for term, words in section.items()
    }
