"""A link: a field that refers to the keys of people, so that a key there means a person.

Customer 1, member 1 and employee 1 are three people; only a link lets equal keys meet. Here are
those the databases declare (foreign keys), and which columns therefore hold keys of people, each
with its role: an order's ``customer_id`` is the order's own person (*self*), its ``staff_id`` only
mentions one (*mention*). In doubt: mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from connectors.place import Dataset, ForeignKey
from reports.location import short_id
from reports.token import Tokens
from scanners.finding import About, Role
from scanners.verdict import Evidence, TableVerdict

#: Words of a column's name by which it names somebody who isn't the record's own person.
_MENTIONS = re.compile(
    r"(^|_)(staff|employee|operator|agent|clerk|handler|assignee|manager|boss|supervisor|author|"
    r"sender|recipient|receiver|introduc\w*|introduced|referr\w*|invit\w*|parent|guardian|spouse|"
    r"family|approv\w*|creat\w*|updat\w*|modif\w*|delet\w*|by)(_|$)"
    r"|担当|紹介|上司|承認|作成|更新|送り|受取|届け先|保護者|家族|親"
)


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """A field whose values are keys of people, with its role and why."""

    dataset: str
    field: str
    role: Role
    evidence: Evidence


def subject_keys(
    datasets: Sequence[Dataset], verdicts: Mapping[str, TableVerdict]
) -> dict[str, tuple[SubjectKey, ...]]:
    """Return the fields of each dataset that hold keys of people: the key of every table about
    persons, and whatever refers to it, over chains of foreign keys.
    """
    found = {(key.dataset, key.field): key for key in _own_keys(datasets, verdicts)}
    while new := [
        key for key in _referring(datasets, found) if (key.dataset, key.field) not in found
    ]:
        found |= {(key.dataset, key.field): key for key in new}
    by_dataset: dict[str, tuple[SubjectKey, ...]] = {}
    for key in found.values():
        by_dataset[key.dataset] = (*by_dataset.get(key.dataset, ()), key)
    return by_dataset


def declared(
    source: str,
    datasets: Iterable[Dataset],
    tokens: Tokens,
    keys: Mapping[str, Sequence[SubjectKey]],
) -> list[dict[str, object]]:
    """Return the LINKS rows of declared foreign keys between fields that hold keys of people.

    Names are plain; ids are stable from scan to scan.
    """
    known = {(key.dataset, key.field) for found in keys.values() for key in found}
    return [
        _link(source, dataset.name, key, tokens)
        for dataset in datasets
        for key in dataset.foreign_keys
        if len(key.fields) == 1
        and (dataset.name, key.fields[0]) in known
        and (key.dataset, key.refers_to[0]) in known
    ]


def _own_keys(
    datasets: Iterable[Dataset], verdicts: Mapping[str, TableVerdict]
) -> Iterator[SubjectKey]:
    for dataset in datasets:
        verdict = verdicts.get(dataset.name)
        if verdict is None or verdict.about is not About.PERSON:
            continue
        if len(dataset.primary_key) == 1:
            evidence = Evidence("declared key", "primary key of a table about persons")
            yield SubjectKey(dataset.name, dataset.primary_key[0], Role.SELF, evidence)
        elif not dataset.primary_key and verdict.key:
            evidence = Evidence("unique key", "names every record of a table about persons")
            yield SubjectKey(dataset.name, verdict.key, Role.SELF, evidence)


def _referring(
    datasets: Iterable[Dataset], known: Mapping[tuple[str, str], SubjectKey]
) -> list[SubjectKey]:
    return [
        SubjectKey(
            dataset.name,
            key.fields[0],
            _role(dataset, key, known),
            Evidence("declared key", f"foreign key to {key.dataset}"),
        )
        for dataset in datasets
        for key in _to_people(dataset, known)
    ]


def _to_people(dataset: Dataset, known: Mapping[tuple[str, str], SubjectKey]) -> list[ForeignKey]:
    return [
        key
        for key in dataset.foreign_keys
        if len(key.fields) == 1 and (key.dataset, key.refers_to[0]) in known
    ]


def _role(dataset: Dataset, key: ForeignKey, known: Mapping[tuple[str, str], SubjectKey]) -> Role:
    if key.fields == dataset.primary_key:
        return Role.SELF
    if _MENTIONS.search(key.fields[0].lower()) or _has_own_key(dataset, known):
        return Role.MENTION
    others = [other for other in _to_people(dataset, known) if other is not key]
    rivals = [other for other in others if not _MENTIONS.search(other.fields[0].lower())]
    if not rivals or (_resembles(key) and not any(map(_resembles, rivals))):
        return Role.SELF
    return Role.MENTION


def _has_own_key(dataset: Dataset, known: Mapping[tuple[str, str], SubjectKey]) -> bool:
    own = known.get((dataset.name, dataset.primary_key[0])) if dataset.primary_key else None
    return own is not None and own.role is Role.SELF


def _resembles(key: ForeignKey) -> bool:
    """Tell whether a column is named as the key, or as the table, that it refers to."""
    field, refers_to = key.fields[0].lower(), key.refers_to[0].lower()
    table = key.dataset.rsplit(".", 1)[-1].lower()
    stem = re.sub(r"_?(id|no|cd|code|number|番号|コード)$", "", field)
    return field == refers_to or (bool(stem) and table.startswith(stem))


def _link(source: str, dataset: str, key: ForeignKey, tokens: Tokens) -> dict[str, object]:
    ends = (source, dataset, key.fields[0], source, key.dataset, key.refers_to[0])
    return {
        "id": "l_" + short_id(tokens, *ends),
        "from": {"source": source, "dataset": dataset, "fields": list(key.fields)},
        "to": {"source": source, "dataset": key.dataset, "fields": list(key.refers_to)},
        "evidence": [{"by": "declared key", "detail": "foreign key", "count": 1, "of": 1}],
        "status": "declared",
    }
