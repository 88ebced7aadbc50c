"""The truth: for every person, every place where something of theirs stands.

One JSON line for the company, then one for each person in the order of their numbers. Places are
gathered in buckets of a thousand people on disk while the files are written, so that memory
doesn't grow with the company; the buckets are removed when the truth is written, or given up.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.demo.mark import Cell, Mark, marks
from flows.demo.person import Person
from flows.demo.population import Population
from flows.demo.values import romaji_name
from scanners.finding import Entity

FORMAT = 1
_BUCKET = 1_000
_HELD = 50_000
_FACTS = ("unread", "decoys", "organisations", "links", "undeclared")


class Truth:
    """Takes notes while the company is written, and writes them down at the end."""

    def __init__(self, folder: Path) -> None:
        self.facts: dict[str, list[Any]] = {name: [] for name in _FACTS}
        self.places = 0
        self._folder = folder
        self._held: defaultdict[int, list[str]] = defaultdict(list)
        self._waiting = 0
        folder.mkdir()

    def note(self, source: str, dataset: str, record: str, field: str, cell: Cell) -> None:
        """Note whose values stand in a cell; ``record`` is compact JSON."""
        for mark, start, end in marks(cell):
            before = _before(source, dataset)
            span = f'"start":{_number(start)},"end":{_number(end)}'
            about = _about(field, mark.entity, mark.role, mark.via)
            self.places += 1
            self._hold(mark, "place", f"{before}{record},{about},{span}}}")

    def key(self, source: str, dataset: str, field: str, cell: Cell) -> None:
        """Note that a cell is the key by which a dataset knows somebody."""
        for mark, _, _ in marks(cell):
            key = {"source": source, "dataset": dataset, "field": field, "value": mark.value}
            self._hold(mark, "key", _json(key))

    def fact(self, kind: str, **fact: Any) -> None:
        """Note something of the company as a whole: of a kind of ``_FACTS``."""
        self.facts[kind].append(fact)

    def write(self, path: Path, people: Population, files: Sequence[str]) -> None:
        """Write the truth of all people to ``path``."""
        self._spill()
        head = {"format": FORMAT, "seed": people.seed, "people": people.size}
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_json({**head, **self.facts, "files": list(files)}) + "\n")
            for start in range(0, people.size + 1, _BUCKET):
                file.writelines(self._lines(people, start))

    def discard(self) -> None:
        """Remove what was gathered."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _hold(self, mark: Mark, kind: str, json_text: str) -> None:
        self._held[mark.person // _BUCKET].append(f"{mark.person}\t{kind}\t{json_text}\n")
        self._waiting += 1
        if self._waiting >= _HELD:
            self._spill()

    def _spill(self) -> None:
        for bucket, lines in self._held.items():
            with (self._folder / str(bucket)).open("a", encoding="utf-8", newline="\n") as file:
                file.writelines(lines)
        self._held.clear()
        self._waiting = 0

    def _lines(self, people: Population, start: int) -> Iterator[str]:
        held = self._notes(self._folder / str(start // _BUCKET))
        for number in range(max(1, start), min(start + _BUCKET, people.size + 1)):
            person = people.person(number)
            yield _line(person, held[number, "key"], held[number, "place"])

    def _notes(self, path: Path) -> defaultdict[tuple[int, str], list[str]]:
        held: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        with path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                number, kind, note = line.rstrip("\n").split("\t", 2)
                held[int(number), kind].append(note)
        return held


def _line(person: Person, keys: Sequence[str], places: Sequence[str]) -> str:
    about = {
        "person": person.id,
        "kind": sorted(person.kinds),
        "canary": person.canary,
        "name": person.name(),
        "kana": person.kana(),
        "birth_date": person.born.isoformat(),
        "identifiers": _identifiers(person),
    }
    return f'{_json(about)[:-1]},"keys":[{",".join(keys)}],"places":[{",".join(places)}]}}\n'


def _identifiers(person: Person) -> Mapping[str, list[str]]:
    """Return what identifies the person, each value once and in its usual form."""
    emails = [person.email, person.work and person.work.email]
    phones = [person.mobile, person.home.phone]
    found = {
        Entity.PERSON: [person.name(), person.kana(), romaji_name(person)],
        Entity.DATE_OF_BIRTH: [person.born.isoformat()],
        Entity.EMAIL_ADDRESS: sorted({email for email in emails if email}),
        Entity.PHONE_NUMBER: [phone for phone in phones if phone],
        Entity.JP_ADDRESS: [person.home.address],
        Entity.JP_POSTAL_CODE: [person.home.town.postal_code],
    }
    codes = {str(entity): [value] for entity, value in person.codes.items()}
    return {str(entity): values for entity, values in found.items() if values} | codes


@lru_cache(maxsize=1024)
def _before(source: str, dataset: str) -> str:
    return f'{{"source":{_json(source)},"dataset":{_json(dataset)},"record":'


@lru_cache(maxsize=1024)
def _about(field: str, entity: str, role: str, via: str) -> str:
    about = {"field": field, "entity": entity, "role": role, "via": via}
    return _json(about)[1:-1]


def _number(number: int | None) -> str:
    return "null" if number is None else str(number)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
