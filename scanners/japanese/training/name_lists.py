"""名前の一覧 (lists of names) to draw from: ours and, where given, open ones with readings.

Shipped: ``model/names.txt.gz`` (kanji and readings, not paired) and the short paired lists of
``lists/``. Open: ``names-shuhei/*.csv`` (population, readings), ``names-gimei/names.yml``.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from scanners.japanese.kana import to_katakana
from scanners.japanese.training.lists import pairs
from scanners.japanese.training.name import Part
from scanners.japanese.training.split import held_out

#: A common name of ours weighs so many names of an open list.
_COMMON = 6.0
_QUOTED = re.compile(r"'([^']+)'")


def weighted_surnames(data: Path | None) -> Iterator[tuple[Part, float]]:
    """Surnames with readings, weighted by population, or by rank where no list is given."""
    if data is None:
        ranked = enumerate(pairs("surnames"), start=10)
        yield from ((Part(*pair), 1000 / rank) for rank, pair in ranked)
        return
    for written, count, kana, _ in _rows(data / "names-shuhei" / "last_name_org.csv"):
        yield Part(written, to_katakana(kana)), float(count)


def weighted_given(data: Path | None) -> Iterator[tuple[Part, float]]:
    """Given names that are usual, with readings."""
    yield from ((Part(*pair), _COMMON) for pair in pairs("given"))
    if data is not None:
        yield from ((part, 1.0) for part in _gimei(data / "names-gimei" / "names.yml"))


def listed_surnames() -> tuple[str, ...]:
    """Every surname that we ship, but those held out."""
    common, rare, *_ = shipped()
    return (*common, *(name for name in rare if not held_out(name)))


def listed_given(data: Path | None) -> tuple[Part, ...]:
    """Every given name that we ship, but those held out; with readings where a list has them."""
    read = {} if data is None else dict(_read_given(data))
    return tuple(Part(name, read.get(name, "")) for name in shipped()[2] if not held_out(name))


@cache
def shipped() -> tuple[tuple[str, ...], ...]:
    """The lists of ``model/names.txt.gz``, as ``lexicon`` tells them."""
    packed = files("scanners.japanese").joinpath("model/names.txt.gz").read_bytes()
    parts = gzip.decompress(packed).decode().split("\n\n")
    return tuple(tuple(part.split("\n")) for part in parts)


def _read_given(data: Path) -> Iterator[tuple[str, str]]:
    for file in ("first_name_man_opti.csv", "first_name_woman_opti.csv"):
        for kana, _, *names in _rows(data / "names-shuhei" / file):
            yield from ((name, to_katakana(kana)) for name in names)


def _gimei(path: Path) -> Iterator[Part]:
    for line in path.read_text("utf-8").partition("last_name:")[0].splitlines():
        forms = _QUOTED.findall(line)
        if len(forms) > 1:
            yield Part(forms[0], to_katakana(forms[1]))


def _rows(path: Path) -> Iterator[list[str]]:
    yield from csv.reader(path.read_text("utf-8-sig").splitlines())
