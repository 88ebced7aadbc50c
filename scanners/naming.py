"""表頭を読む (reading names of columns and tables) with every word that somebody knows for them.

The words are ours (``words``) and, for entities without a word of ours, the headers of their
recognizers; some of these also know a name by how it is put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from scanners.cutting import cut, squeezed
from scanners.finding import Entity
from scanners.headers import Heading, read
from scanners.recognizers.registry import recognizers
from scanners.sense import Sense
from scanners.words import WORDS

#: Words for a number, the longest first, and how many characters before one say of what.
_NUMBERS = ("ナンバー", "number", "bangou", "bango", "番号", "num", "no")
_STEM = 2
#: Whose number would be a key, or anything's: 個人No is no 個人番号.
_WHOM = {Sense.PERSON, Sense.STAFF, Sense.SMALL}
#: What may stand behind a code that it still is.
_TAIL = re.compile(r"(?:[0-9]{1,2}|旧|新|現在?|本人|old|new|jpn?)\Z")
_SUFFIX = re.compile(r"(?i)(?:\.(?:csv|tsv|txt|xlsx?|jsonl?|parquet|gz|zip)){1,4}$")


def read_name(name: str) -> Heading:
    """Read the name of a column, with the words of every recognizer."""
    whole, own = squeezed(name), squeezed(name.rpartition("/")[2])
    if whole in _more():
        return Heading(_more()[whole], sure=True, words=(whole,))
    if own in _more():
        whose = read(name, _known()).whose
        return Heading(_more()[own], sure=True, whose=whose, words=(own,))
    heading, entity = read(name, _known()), _said(whole)
    if entity:
        return replace(heading, entity=entity, sure=True, what=None, bare=False)
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


def _said(name: str) -> Entity | None:
    """Return the entity whose recognizer knows a squeezed name by its pieces.

    >>> _said("careinsuredid"), _said("雇保被保番"), _said("介護保険者番号")
    (<Entity.JP_CARE_INSURANCE: 'JP_CARE_INSURANCE'>, \
<Entity.JP_EMPLOYMENT_INSURANCE: 'JP_EMPLOYMENT_INSURANCE'>, None)
    """
    name = _TAIL.sub("", name)
    return next((entity for entity, said in _sayings() if said.search(name)), None)


@cache
def _sayings() -> tuple[tuple[Entity, re.Pattern[str]], ...]:
    return tuple((one.ENTITY, re.compile(one.SAID)) for one in recognizers() if one.SAID)


def _numbered(header: str) -> Iterator[str]:
    """Yield a header that ends in a word for number with every other such word."""
    ending = next((word for word in _NUMBERS if header.endswith(word)), "")
    stem = header.removesuffix(ending)
    if ending and len(stem) >= _STEM and WORDS.get(stem) not in _WHOM:
        yield from (stem + word for word in _NUMBERS)
