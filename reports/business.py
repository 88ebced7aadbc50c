"""事業者: what a business says of itself and of its sources, as far as reports print it.

Flows fill these values from ``shozai.toml``; their names are those of the settings. What is said
of a dataset is inherited by path or table pattern, each word from the nearest rule that has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Company:
    """Who answers for the data (Act Art. 32(1)(i))."""

    name: str = ""
    address: str = ""
    representative: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where people ask."""

    name: str = ""
    telephone: str = ""
    hours: str = ""
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """A privacy policy (個人情報保護方針) in force."""

    name: str = ""
    version: str = ""
    effective: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Purpose:
    """A stated purpose of use (利用目的)."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of the datasets that ``match``; empty where nothing is said.

    ``match`` is a pattern of a table's name or of a path: ``*`` stands for anything but ``/``,
    ``**`` for anything. One without ``/`` is held against the last part of the name.
    """

    match: str = ""
    class_: str = ""
    owner: str = ""
    purposes: tuple[str, ...] = ()
    retention: str = ""
    contractor: str = ""
    copy_of: str = ""
    hold: str = ""


@dataclass(frozen=True, slots=True)
class SourceTerms:
    """A source: ``url`` without secrets; ``retained`` is 保有個人データ, or the reason why not."""

    name: str
    url: str = ""
    on_behalf_of: str = ""
    retained: bool | str = True
    rules: tuple[Rule, ...] = ()

    def rule(self, dataset: str) -> Rule:
        """Return what is said of a dataset, each word from the nearest rule that says it."""
        told = Rule(match=dataset)
        for rule in sorted(self.rules, key=_nearness):
            if matches(rule.match, dataset):
                told = replace(told, **_said(rule))
        return told


@dataclass(frozen=True, slots=True)
class ManualPlace:
    """A place that nobody scans: paper, recordings, a contractor's system."""

    name: str
    medium: str = ""
    owner: str = ""
    contractor: str = ""
    look_up: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Business:
    """Everything that reports print beside the inventory."""

    company: Company = Company()
    desk: Desk = Desk()
    policies: tuple[Policy, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    sources: tuple[SourceTerms, ...] = ()
    places: tuple[ManualPlace, ...] = ()

    def source(self, name: str) -> SourceTerms:
        """Return what is said of a source, or nothing but its name."""
        return next((one for one in self.sources if one.name == name), SourceTerms(name))

    def rules(
        self, keys: Iterable[tuple[str, str]], plain: Callable[[str], str] = str
    ) -> dict[tuple[str, str], Rule]:
        """Return what is said of each dataset; ``plain`` opens a sealed name, for matching only."""
        sources = {one.name: one for one in self.sources}
        return {
            key: sources[key[0]].rule(plain(key[1])) if key[0] in sources else Rule()
            for key in keys
        }

    def purpose_texts(self, rule: Rule) -> tuple[str, ...]:
        """Return the purposes of a rule as they are stated, or their ids where they aren't."""
        stated = {purpose.id: purpose.text for purpose in self.purposes}
        return tuple(stated.get(id_, id_) for id_ in rule.purposes)


def matches(pattern: str, dataset: str) -> bool:
    """Tell whether a rule's pattern names the dataset.

    >>> matches("customers*", "public.customers"), matches("/人事/**", "人事/2026/名簿.xlsx")
    (True, True)
    >>> matches("/人事/*", "人事/2026/名簿.xlsx")
    False
    """
    wanted = _expression(pattern.removeprefix("/"))
    if "/" in pattern:
        return wanted.fullmatch(dataset) is not None
    last = dataset.rsplit("/", 1)[-1]
    return any(wanted.fullmatch(name) for name in (dataset, last, last.rsplit(".", 1)[-1]))


def _expression(pattern: str) -> re.Pattern[str]:
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(wild.get(part, re.escape(part)) for part in parts), re.DOTALL)


def _nearness(rule: Rule) -> int:
    return len(re.sub(r"[*?]", "", rule.match))


def _said(rule: Rule) -> dict[str, Any]:
    named = {one.name: getattr(rule, one.name) for one in fields(rule) if one.name != "match"}
    return {name: word for name, word in named.items() if word}
