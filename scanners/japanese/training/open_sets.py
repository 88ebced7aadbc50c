"""公開データ (open sets): sentences in which others have marked persons, read in our convention.

- ``stockmark.jsonl`` (stockmarkteam/ner-wikipedia-dataset, CC BY-SA 3.0)
- ``ud_gsd_train.jsonl`` (megagonlabs/UD_Japanese-GSD, CC BY-SA 4.0)
- ``wikipedia_annotated.jsonl`` (ku-nlp/WikipediaAnnotatedCorpus, CC BY-SA 4.0)

What their marks hold: middle dots, spaces and the numerals of rulers (ルイ15世), as ours do;
surnames of families (足利将軍家); invented characters, not pets. Posts stay outside, except those
that are part of a ruler's name (持統天皇). Where they differ:

- an honorific is inside a few marks of the first two (カルトくん): it is taken out;
- the third marks as OPTIONAL what may be a person or not (用明天皇): where such a mark ends like a
  ruler's or a family's name, the sentence is left out;
- a family (美山家) is a body to the second, to the others its surname is a person: so for all;
- a person in the name of a law, a school of thought or a cabinet (マルクス主義) is none here;
- the second has lost the spaces between Latin words: a sentence with a person so written is left
  out; likewise one with a mark on brackets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from scanners.japanese.gazetteer import gazetteer
from scanners.japanese.training.example import Example


class Row(TypedDict):
    """A sentence and its marks ``[start, end, label]``, as the sets hold them."""

    text: str
    entities: list[tuple[int, int, str]]


_HONORIFIC = re.compile(r"(?<=[^っッ]{2})(?:さん|さま|くん|ちゃん|様|氏|君|殿)$")
#: Names whose end only looks like an honorific.
_NO_HONORIFIC = re.compile("霊照院殿|.*(?:王|公|帝)$")
_RULER = re.compile(r"(?:天皇|上皇|皇后|氏|宗|王|公|家|卿|帝)$")
_NAMED_AFTER = re.compile("主義|の法則|内閣|型|賞|杯|派")
_JOINED_LATIN = re.compile(r"[a-zé][A-Z]")
_BRACKETS = re.compile(r"[()（）「」『』、。]")


def read_set(path: Path) -> Iterator[Example]:
    """Read the sentences of one set that can be used, in its order."""
    for row in read_rows(path):
        yield Example(row["text"], persons(row), path.stem)


def read_rows(path: Path) -> Iterator[Row]:
    """Read the sentences of one set that can be used, with all of their marks."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row: Row = json.loads(line)
            if not _is_doubtful(row):
                yield row


def persons(row: Row) -> tuple[tuple[int, int], ...]:
    """Tell where persons are, in our convention."""
    spans = sorted(span for entity in row["entities"] for span in _person(row["text"], *entity))
    return tuple((start, _without_honorific(row["text"], start, end)) for start, end in spans)


def _person(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    if label == "PERSON" and not _NAMED_AFTER.match(text, end):
        yield start, end
    elif label == "ORG" and text[start : end - 1] in gazetteer().surnames and text[end - 1] == "家":
        yield start, end - 1


def _without_honorific(text: str, start: int, end: int) -> int:
    name = text[start:end]
    match = None if _NO_HONORIFIC.fullmatch(name) else _HONORIFIC.search(name)
    return start + match.start() if match else end


def _is_doubtful(row: Row) -> bool:
    return any(_doubt(row["text"][start:end], label) for start, end, label in row["entities"])


def _doubt(name: str, label: str) -> bool:
    if label == "OPTIONAL":
        return bool(_RULER.search(name))
    return label == "PERSON" and bool(_JOINED_LATIN.search(name) or _BRACKETS.search(name))
