"""表頭を読む (reading names of columns and tables) with every word that somebody knows for them.

The words are ours (``words``), those that say an insured person's number (``insured``) and, for
entities without a word of ours, the headers of their recognizers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from scanners.cutting import cut, squeezed
from scanners.finding import Entity
from scanners.headers import Heading, read
from scanners.insured import said
from scanners.recognizers.registry import recognizers
from scanners.words import WORDS, Sense

#: Words for a number, the longest first, and how much must stand before one to say of what.
_NUMBERS = ("ナンバー", "number", "bangou", "bango", "番号", "num", "no")
_LATIN_STEM, _STEM = 2, 2
#: Whose number would be a key, or anything's: 個人No is no 個人番号.
_WHOM = {Sense.PERSON, Sense.STAFF, Sense.SMALL}
_SUFFIX = re.compile(r"(?i)(?:\.(?:csv|tsv|txt|xlsx?|jsonl?|parquet|gz|zip))+$")


def read_name(name: str) -> Heading:
    """Read the name of a column, with the words of every recognizer."""
    whole = squeezed(name)
    if whole in _more():
        return Heading(_more()[whole], sure=True, words=(whole,))
    heading, insurance = read(name, _known()), said(whole)
    if insurance and heading.entity is None:
        return replace(heading, entity=insurance, sure=True, what=None, bare=False)
    return heading


def is_heading(text: str) -> bool:
    """Tell whether a text is nothing but words that head columns, and so nobody's name.

    >>> is_heading("ｶﾅｼﾒｲ"), is_heading("山田太郎")
    (True, False)
    """
    return all(sense is not None for _, sense in cut(text, WORDS))


def read_table(name: str) -> Heading:
    """Read a table's name: what it lists is said last (``public.customers``, 顧客一覧.csv)."""
    stem = _SUFFIX.sub("", name.rsplit("/", 1)[-1])
    return read(stem.rsplit(".", 1)[-1])


@cache
def _known() -> Mapping[str, Sense | Entity]:
    """Return every word with what it says; those of recognizers go before ours."""
    return {**WORDS, **_more()}


@cache
def _more() -> Mapping[str, Entity]:
    """Return the headers that only recognizers know: those of entities without words of ours.

    Whoever writes 免許証番号 also writes 免許証No, and for ``license_no`` ``license_num``.
    """
    ours = {meaning for meaning in WORDS.values() if isinstance(meaning, Entity)}
    foreign = [known for known in recognizers() if known.ENTITY not in ours]
    return {
        written: known.ENTITY
        for known in foreign
        for header in known.HEADERS
        for written in (*_numbered(header), header)
    }


def _numbered(header: str) -> Iterator[str]:
    """Yield a header that ends in a word for number with every other such word."""
    ending = next((word for word in _NUMBERS if header.endswith(word)), "")
    stem = header.removesuffix(ending)
    least = _LATIN_STEM if stem.isascii() else _STEM
    if ending and len(stem) >= least and WORDS.get(stem) not in _WHOM:
        yield from (stem + word for word in _NUMBERS)
