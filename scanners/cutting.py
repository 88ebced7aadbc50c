"""Cutting a name of a column into the words it is made of.

``customerName``, ``CUSTOMER_NAME`` and ``customername`` are the same two words; 顧客担当者名 is
three, though nobody writes spaces between them. What stands in brackets is said before the rest:
電話番号(携帯) is a mobile telephone's number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scanners.finding import Entity
from scanners.sense import Sense
from scanners.words import WORDS

Word = tuple[str, Sense | Entity | None]
Known = Mapping[str, Sense | Entity]

_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
#: Bounded, so that many brackets that nothing closes take no more than linear time.
_BRACKETED = re.compile(r"[(\[<【〔「](.{0,64}?)[)\]>】〕」]")
_WRITTEN = re.compile(r"[\s_\-/・.:,、'’()\[\]{}「」【】]")
_REPEATED = re.compile(r"#[0-9]+$")
_RUN = re.compile(r"[a-z]+|[^\x00-\x7f・、。＿：／]+")
_LONGEST = max(map(len, WORDS))
#: Words of kana as short as these are often a piece of a longer one.
_KANA = re.compile(r"[ぁ-ゖ]{1,2}|[ァ-ヺー]{1,2}")
_KINDS = (("ぁ", "ゖ"), ("ァ", "ー"))
#: Parts that may be one word: ``long_term_care_insurance_no``.
_PARTS = 6
#: Shorter words are no part of a run of letters (``notice`` isn't ``no``), but for these.
_SHORT = {"id", "no", "cd", "nm", "en", "jp", "ja"}


def cut(name: str, known: Known) -> Iterator[Word]:
    """Yield the words of a name in order, each with its sense or ``None`` if it is unknown."""
    words = [word for run in _runs(name) for word in run.words(known)]
    while words:
        size = _mixed([word for word, _ in words[:_PARTS]], known)
        joined = "".join(word for word, _ in words[:size])
        yield (joined, known[joined]) if size > 1 else words[0]
        del words[:size]


def _mixed(words: Sequence[str], known: Known) -> int:
    """Return how many of the first words are one of Japanese and Latin letters: 免許 and no."""
    for size in range(len(words), 1, -1):
        joined = "".join(words[:size])
        latin = [word.isascii() for word in words[:size]]
        if joined in known and any(latin) and not all(latin):
            return size
    return 1


@dataclass(frozen=True, slots=True, repr=False)
class _Run:
    """Parts of a name that touch: words of Latin letters in a row, or Japanese characters."""

    parts: tuple[str, ...]

    def words(self, known: Known) -> Iterator[Word]:
        return self._latin(known) if self.parts[0].isascii() else _japanese(self.parts[0], known)

    def _latin(self, known: Known) -> Iterator[Word]:
        """Join up to six parts into a word, the most first: ``date_of_birth``."""
        left = list(self.parts)
        while left:
            sizes = range(min(_PARTS, len(left)), 0, -1)
            size = next((n for n in sizes if _singular("".join(left[:n]), known)), 0)
            joined = "".join(left[: size or 1])
            word = _singular(joined, known)
            yield from [(word, known[word])] if word else _covered(joined, known)
            del left[: size or 1]


def squeezed(name: str) -> str:
    """Return a name in one piece: folded, without its sheet, and what stands in brackets first.

    >>> squeezed("名簿!雇用保険_被保険者No."), squeezed("旅券番号（外国人）")
    ('雇用保険被保険者no', '外国人旅券番号')
    """
    text = unicodedata.normalize("NFKC", name.rpartition("!")[2]).lower()
    inside = "".join(_BRACKETED.findall(text))
    return _WRITTEN.sub("", inside + _BRACKETED.sub("", _REPEATED.sub("", text)))


def _singular(word: str, known: Known) -> str:
    """Return the word as it is known, or "": ``customers`` is ``customer``."""
    one = f"{word[:-3]}y" if word.endswith("ies") else word
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), one)
    return next((form for form in forms if form in known), "")


def _runs(name: str) -> Iterator[_Run]:
    text = _SEAM.sub(" ", unicodedata.normalize("NFKC", name))
    inside = " ".join(_BRACKETED.findall(text))
    latin: list[str] = []
    for part in _RUN.findall(f"{inside} {_BRACKETED.sub(' ', text)}".lower()):
        if part.isascii():
            latin.append(part)
            continue
        if latin:
            yield _Run(tuple(latin))
            latin = []
        yield _Run((part,))
    if latin:
        yield _Run(tuple(latin))


def _japanese(text: str, known: Known) -> Iterator[Word]:
    """Cut Japanese from the left, longest word first; what is unknown stays together."""
    unknown, at = "", 0
    while at < len(text):
        size = _longest(text, at, known, torn=bool(unknown))
        if not size:
            unknown, at = unknown + text[at], at + 1
            continue
        if unknown:
            yield unknown, None
        unknown = ""
        yield text[at : at + size], known[text[at : at + size]]
        at += size
    if unknown:
        yield unknown, None


def _longest(text: str, at: int, known: Known, *, torn: bool = False) -> int:
    """Return the length of the longest word that begins here; ``torn``: behind what is unknown."""
    for size in range(min(_LONGEST, len(text) - at), 0, -1):
        word = text[at : at + size]
        if word in known and not (
            _KANA.fullmatch(word) and _is_piece(text, at, size, known, torn=torn)
        ):
            return size
    return 0


def _is_piece(text: str, at: int, size: int, known: Known, *, torn: bool) -> bool:
    """Tell whether a short word of kana is only a piece of a longer one: メイ in メイン."""
    if torn and _are_alike(text[at - 1], text[at]):
        return True
    end = at + size
    goes_on = end < len(text) and _are_alike(text[end - 1], text[end])
    return goes_on and not _longest(text, end, known)


def _are_alike(one: str, other: str) -> bool:
    """Tell whether two characters are kana of one kind."""
    return any(low <= one <= high and low <= other <= high for low, high in _KINDS)


def _covered(text: str, known: Known) -> list[Word]:
    """Cut letters that touch (``customername``) where known words cover them wholly."""
    best: dict[int, list[Word]] = {0: []}
    for end in range(1, len(text) + 1):
        for start in sorted(best):
            part = text[start:end]
            if part in known and (len(part) > 2 or part in _SHORT):  # noqa: PLR2004 - a short word
                best.setdefault(end, [*best[start], (part, known[part])])
    return best.get(len(text), [(text, None)])
