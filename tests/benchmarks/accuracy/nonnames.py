"""Cells that are no names: companies, places, goods and words, some of which sound like names.

Each is asked for alone, where nothing but the cell is known, and as a column of its kind under a
true header and under none.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from scanners.japanese.training.split import held_out
from tests.benchmarks.accuracy.data import rows, sentences, shared
from tests.benchmarks.accuracy.detectors import NO_PEER, PEER, Detect, model, peer, shipped
from tests.benchmarks.accuracy.names import people
from tests.benchmarks.accuracy.table import Cell, Figure, Table, most
from tests.benchmarks.accuracy.tabled import persons_in_column

LISTS = Path(__file__).parent / "lists"
_ALONE, _COLUMN = 0.04, 0.002
_SAMPLE = 150
_FIRMS = (
    *("株式会社{}", "{}株式会社", "有限会社{}", "㈱{}", "{}㈱", "(株){}", "{}商店", "{}工務店"),
    *("{}製作所", "{}建設株式会社", "株式会社{}電機", "{}運輸", "合同会社{}", "{}税理士事務所"),
    *("医療法人{}会", "{}クリニック", "{}歯科医院", "{}不動産", "{}酒造", "株式会社{}商事"),
)
#: Labels of Stockmark's set, with the header of such a column.
_LABELLED = {
    "ORGANIZATION": "組織名",
    "LOCATION": "地名",
    "PRODUCT": "製品名",
    "FACILITY": "施設名",
    "EVENT": "イベント名",
}


def tables() -> Iterator[Table]:
    """Measure every kind, and all together."""
    alone, other = model(), peer()
    columns = ["kind", "cells", "model alone", "as shipped, alone", "column named", "column c1"]
    columns += [f"{PEER} ({_SAMPLE})"] if other else []
    kinds = {**made(), **labelled()}
    measured = [_row(kind, *kinds[kind], alone, other) for kind in kinds]
    measured.append(_total(measured))
    notes = ["The share of cells in which a person is found, in whole or in part."]
    title = "cells that are no names, called PERSON"
    yield Table(title, columns, measured, notes + ([] if other else [NO_PEER]))


def made() -> Mapping[str, tuple[str, Sequence[str]]]:
    """Return kinds of cells from lists, each with its header."""
    cities = _addresses()["city"]
    towns = [one for one in _addresses()["town"] if held_out(one)]
    short = [row[3] for row in rows("neg-localgov/prefjp-utf8.csv")][1:]
    stations = _words("stations")
    return {
        "companies, made up": ("会社名", _companies()),
        "companies without surnames": ("取引先名", _few(_unlike_names(), 200)),
        "cities": ("市区町村", [one for one in cities if held_out(one)]),
        "prefectures, short": ("都道府県", short),
        "towns": ("町名", towns),
        "stations, 駅": ("最寄駅", [f"{one}駅" for one in stations]),
        "stations": ("最寄駅", stations),
        "products": ("商品名", [*_words("products"), *_categories()]),
        "words": ("内容", _words("words")),
    }


@cache
def look_alikes() -> Mapping[str, Sequence[str]]:
    """Return things that may sound like names, by what a template calls them."""
    kinds = {name: cells for name, (_, cells) in made().items()}
    return {
        "会社": [*kinds["companies, made up"], *kinds["companies without surnames"]],
        "店": _words("shops"),
        "町": kinds["towns"],
        "市": kinds["cities"],
        "駅": kinds["stations, 駅"],
        "商品": kinds["products"],
    }


def labelled() -> Mapping[str, tuple[str, Sequence[str]]]:
    """Return what Stockmark's held-out sentences call a company, a place, a product …."""
    texts = sentences("stockmark")
    return {
        f"Stockmark: {label.lower()}": (
            header,
            list(
                dict.fromkeys(
                    one.text[start:end]
                    for one in texts
                    for start, end, kind in one.others
                    if kind == label
                )
            ),
        )
        for label, header in _LABELLED.items()
    }


def _row(
    kind: str, header: str, cells: Sequence[str], alone: Detect | None, other: Detect | None
) -> list[Cell]:
    figures: list[Cell] = [
        most(_share(alone, cells), _ALONE) if alone else None,
        Figure(_share(shipped, cells)),
        most(_column(header, cells), _COLUMN),
        most(_column("c1", cells), _COLUMN),
    ]
    figures += [Figure(_share(other, _few(cells, _SAMPLE)))] if other else []
    return [kind, len(cells), *figures]


def _total(measured: Sequence[Sequence[Cell]]) -> list[Cell]:
    """Return the share of all cells; where one way has a bar, so has its total."""
    counts = [count for _, count, *_ in measured if isinstance(count, int)]
    row: list[Cell] = ["all", sum(counts)]
    for shares in zip(*(figures for _, _, *figures in measured), strict=True):
        known = [one for one in shares if isinstance(one, Figure)]
        weighed = sum(count * one.value for count, one in zip(counts, known, strict=False))
        row.append(replace(known[0], value=weighed / sum(counts)) if known else None)
    return row


def _share(detect: Detect, cells: Sequence[str]) -> float:
    return sum(map(bool, detect(cells))) / len(cells)


def _column(header: str, cells: Sequence[str]) -> float:
    return len(persons_in_column(header, cells)[0]) / len(cells)


def _companies() -> list[str]:
    chance = random.Random(5)
    surnames = [one.surname.kanji for one in people(300, 21)]
    persons = [f"{one.surname.kanji}{one.given.kanji}" for one in people(20, 22)]
    named = [chance.choice(_FIRMS).format(one) for one in [*surnames, *persons]]
    return list(dict.fromkeys(named))


def _unlike_names() -> list[str]:
    return [form.format(one) for one in _words("firms") for form in _FIRMS[:6]]


def _categories() -> list[str]:
    return list(dict.fromkeys(row[5] for row in rows("100knocks/category.csv")))[1:]


def _few(cells: Iterable[str], count: int) -> list[str]:
    listed = list(cells)
    return random.Random(7).sample(listed, min(count, len(listed)))


def _words(name: str) -> list[str]:
    words = (LISTS / f"{name}.txt").read_text(encoding="utf-8").split()
    return [word.replace("_", " ") for word in words]


@cache
def _addresses() -> Mapping[str, Sequence[str]]:
    text = shared("names-gimei/addresses.yml").read_text(encoding="utf-8")
    listed = yaml.safe_load(text)["addresses"]
    return {kind: list(dict.fromkeys(one[0] for one in listed[kind])) for kind in listed}
