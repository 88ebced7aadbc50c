"""The truth of a made-up company, and how an inventory and its answers compare with it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from reports.seal import Seal
from reports.sought import Sought
from reports.trace import Tracer
from reports.view import View

#: Source, dataset, record as JSON with sorted keys.
Record: TypeAlias = tuple[str, str, str]
#: A record with a field and an entity.
Spot: TypeAlias = tuple[Record, str, str]
#: Entities that stand for one person alone.
UNIQUE = frozenset(
    {
        "EMAIL_ADDRESS",
        "JP_MY_NUMBER",
        "JP_DRIVER_LICENSE",
        "JP_PASSPORT",
        "JP_BASIC_PENSION_NUMBER",
        "JP_RESIDENCE_CARD",
    }
)


@dataclass(frozen=True)
class Person:
    """A made-up person with all their places."""

    id: str
    identifiers: dict[str, list[str]]
    canary: bool
    places: list[dict[str, Any]]

    @property
    def records(self) -> set[Record]:
        """Every record in which something of theirs stands."""
        return {record_of(place) for place in self.places}

    @property
    def tied(self) -> set[Record]:
        """The records that hold a unique identifier of theirs."""
        return {record_of(place) for place in self.places if place["entity"] in UNIQUE}


@dataclass(frozen=True)
class Truth:
    """The truth file, read."""

    head: dict[str, Any]
    people: list[Person]

    @classmethod
    def read(cls, path: Path) -> Truth:
        """Read ``truth.jsonl``."""
        with path.open(encoding="utf-8") as lines:
            head = json.loads(next(lines))
            rows = [json.loads(line) for line in lines]
        people = [
            Person(row["person"], row["identifiers"], row["canary"], row["places"]) for row in rows
        ]
        return cls(head, people)

    @property
    def spots(self) -> set[Spot]:
        """Every place of everyone."""
        return {
            (record_of(place), place["field"], place["entity"])
            for person in self.people
            for place in person.places
        }

    @property
    def of_organisations(self) -> set[tuple[str, str, str]]:
        """The fields that hold organisations' data: source, dataset, field."""
        return {(one["source"], one["dataset"], one["field"]) for one in self.head["organisations"]}

    @property
    def unread(self) -> set[tuple[str, str]]:
        """The datasets planted to be unread."""
        return {(one["source"], one["dataset"]) for one in self.head["unread"]}


@dataclass
class Score:
    """How many places there are, how many of them were found, and how many others."""

    true: int = 0
    found: int = 0
    wrong: int = 0
    missed_at: Counter[str] = field(default_factory=Counter)
    wrong_at: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """The share of the places that was found."""
        return self.found / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """The share of what was found that is true."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0


def record_of(place: dict[str, Any]) -> Record:
    """Return the record of a place in the truth, or of a match."""
    return place["source"], place["dataset"], _plain(place["record"])


def spots(view: View, seal: Seal) -> Iterator[Spot]:
    """Yield every location of an inventory, names opened."""
    columns = ["source", "dataset", "record", "field", "entity"]
    for batch in view["locations"].to_batches(columns=columns):
        for row in batch.to_pylist():
            record = _plain(json.loads(seal.unseal(row["record"])))
            place = (row["source"], seal.unseal(row["dataset"]), record)
            yield place, seal.unseal(row["field"]), row["entity"]


def scores(truth: Truth, found: Iterable[Spot]) -> dict[str, Score]:
    """Compare locations with the truth, by entity.

    Shops' telephones and addresses, which are found *about an organisation*, aren't counted.
    """
    true, organisations = truth.spots, truth.of_organisations
    seen = {spot for spot in found if (*spot[0][:2], spot[1]) not in organisations}
    by_entity: dict[str, Score] = defaultdict(Score)
    for record, where, entity in true:
        score = by_entity[entity]
        score.true += 1
        if (record, where, entity) in seen:
            score.found += 1
        else:
            score.missed_at[f"{record[0]}:{record[1]} {where}"] += 1
    for record, where, entity in seen - true:
        by_entity[entity].wrong += 1
        by_entity[entity].wrong_at[f"{record[0]}:{record[1]} {where}"] += 1
    return dict(sorted(by_entity.items()))


@dataclass(frozen=True)
class Traced:
    """A trace beside the truth: records missed, and others' records called certain."""

    missed: set[Record]
    foreign: set[Record]


def traced(tracer: Tracer, seal: Seal, truth: Truth, person: Person) -> Traced:
    """Trace a person by their e-mail addresses and compare.

    Must be found: every record that holds an address asked for, and every record that declared
    keys tie to such a record of the person's own.
    """
    emails = tuple(person.identifiers["EMAIL_ADDRESS"])
    answer = tracer.find(Sought(emails=emails)).json(seal, opened=True)
    matches: list[dict[str, Any]] = answer["matches"]  # type: ignore[assignment]
    found = {record_of(match) for match in matches}
    certain = {record_of(match) for match in matches if match["tier"] == "certain"}
    return Traced(due(truth, person) - found, certain - person.records)


def due(truth: Truth, person: Person) -> set[Record]:
    """Return the records that a trace from a person's e-mail addresses must find."""
    holding = {record_of(one) for one in person.places if one["entity"] == "EMAIL_ADDRESS"}
    linked = {(link["from"]["source"], link["from"]["dataset"]) for link in truth.head["links"]}
    known = {(source, dataset) for source, dataset, _ in holding}
    ends = {
        (link["from"]["source"], link["from"]["dataset"])
        for link in truth.head["links"]
        if (link["to"]["source"], link["to"]["dataset"]) in known
    }
    tied = {
        record_of(one)
        for one in person.places
        if one["via"] == "key" and (one["source"], one["dataset"]) in linked & ends
    }
    return holding | tied


def _plain(record: object) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True)
