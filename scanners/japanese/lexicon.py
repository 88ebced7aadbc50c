"""人名・地名一覧 (lists of names): how ``model/names.txt.gz`` is made from its sources.

``python -m scanners.japanese.lexicon`` makes it anew from the dictionary that SudachiPy finds and
from the package ``japanese-personal-name-dataset`` (install it first; nothing else needs it). Where
the lists come from and under which licences: ``model/README.md``.

The file is seven lists, one name a line, an empty line between: surnames by population, other
surnames, given names, readings of surnames, readings of given names, municipalities, words that
fall into a surname and a given name but are no person's name (関連, 東日本). Kanji are folded with
``fold_itaiji``, readings are katakana.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from sudachipy import Dictionary

from scanners.errors import MissingData
from scanners.japanese.itaiji import fold_itaiji
from scanners.japanese.kana import kana_key, to_katakana
from scanners.japanese.name_form import splits, splits_kana

MODEL = Path(__file__).parent / "model"
_KANJI = re.compile(r"[\u3400-\u9fff々〆ヶケノ之\U00020000-\U0002ffff]+")
_MIXED = re.compile(
    r"(?=.*[\u3400-\u9fff])(?=.*[\u3041-\u3096])[\u3400-\u9fff々\u3041-\u3096]{2,4}"
)
_WORD = re.compile(
    r"[\u30a1-\u30faー]{4,12}|[\u3400-\u9fff][\u3400-\u9fff々ヶケノ\u3041-\u3096]{1,7}"
)
_MUNICIPALITY = re.compile(
    r"(?!.{1,5}[市区県町].{0,5}[市区郡])[^0-9]{1,5}[市区郡]|[^0-9]{1,2}[日々]市市|.{1,3}町市"
)
_COMMON = frozenset({"普通名詞", "代名詞", "副詞", "動詞", "形状詞", "感動詞", "数詞"})
#: A reading that fewer spellings share is a word of another kind more often than a name.
_SPELLINGS = 3


@dataclass(slots=True)
class _Source:
    """What Sudachi's dictionary says: surface and readings of names, and words that are none."""

    surnames: dict[str, set[str]] = field(default_factory=dict)
    given: dict[str, set[str]] = field(default_factory=dict)
    common: set[str] = field(default_factory=set)
    municipalities: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


def main() -> None:
    """Write the lists."""
    sudachi, population, listed = _read_sudachi(), _read_surnames(), _read_given()
    lists = (
        _unique(fold_itaiji(name) for name in population),
        sorted(_names(sudachi.surnames, sudachi.common) - set(population)),
        sorted(_names(sudachi.given, sudachi.common) | {fold_itaiji(name) for name in listed}),
        sorted(_readings(sudachi.surnames) | {to_katakana(kana) for kana in population.values()}),
        sorted(_readings(sudachi.given) | {to_katakana(kana) for kana in listed.values()}),
        sorted(sudachi.municipalities),
    )
    _write(*lists, ["-"])
    _write(*lists, sorted(word for word in sudachi.words if _looks_like_a_name(word)))


def _write(*lists: list[str]) -> None:
    text = "\n\n".join("\n".join(names) for names in lists)
    (MODEL / "names.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    sys.stdout.write(" ".join(str(len(names)) for names in lists) + "\n")


def _looks_like_a_name(word: str) -> bool:
    return splits(word) or splits_kana(kana_key(word))


def _read_sudachi() -> _Source:
    source = _Source()
    for entry in Dictionary(dict="core").entries():
        pos, surface = entry.part_of_speech(), entry.surface()
        if pos[2] == "人名" and pos[3] in {"姓", "名"}:
            names = source.surnames if pos[3] == "姓" else source.given
            names.setdefault(surface, set()).add(entry.reading_form())
        elif pos[2] == "地名" and _MUNICIPALITY.fullmatch(surface):
            source.municipalities.add(surface)
        elif pos[1] in _COMMON or pos[0] in _COMMON:
            source.common.add(surface)
        if pos[2] != "人名" and _WORD.fullmatch(surface):
            source.words.add(fold_itaiji(surface))
    source.words -= {*source.surnames, *source.given}
    return source


def _read_surnames() -> dict[str, str]:
    return {row[0]: row[2] for row in _rows("last_name_org.csv")}


def _read_given() -> dict[str, str]:
    files = ("first_name_man_opti.csv", "first_name_woman_opti.csv")
    return {name: row[0] for file in files for row in _rows(file) for name in row[2:] if name}


def _rows(file: str) -> Iterator[list[str]]:
    found = find_spec("japanese_personal_name_dataset")
    if found is None or found.origin is None:
        raise MissingData("The lists of names are missing: pip install it, see this module's top.")
    path = Path(found.origin).parent / "dataset" / file
    yield from csv.reader(path.read_text(encoding="utf-8-sig").splitlines())


def _names(entries: dict[str, set[str]], common: set[str]) -> set[str]:
    """Names in kanji; what is also a common word is left to the smaller, curated list."""
    kept = (name for name in entries if _KANJI.fullmatch(name) or _MIXED.fullmatch(name))
    return {fold_itaiji(name) for name in kept if name not in common or len(name) == 1}


def _readings(entries: dict[str, set[str]]) -> set[str]:
    counts = Counter(to_katakana(kana) for readings in entries.values() for kana in readings)
    return {kana for kana, count in counts.items() if count >= _SPELLINGS and len(kana) > 1}


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


if __name__ == "__main__":
    main()
