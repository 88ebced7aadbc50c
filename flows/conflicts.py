"""What the settings say twice, or of something they don't have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from flows.faults import Fault

Tree = dict[str, Any]


def conflicts(tree: Tree) -> Iterator[Fault]:
    """Yield every conflict between sections; sections that are none are left to others."""
    sources = _sections(tree, "source")
    names = Counter(str(source["name"]) for source in sources if "name" in source)
    for name, times in names.items():
        if times > 1:
            yield Fault("source", f"the name {name!r} stands {times} times", "give each its own")
    known = [str(purpose.get("id")) for purpose in _sections(tree, "purpose")]
    for at, source in enumerate(sources, 1):
        for number, rule in enumerate(_sections(source, "rule"), 1):
            yield from _unknown(rule.get("purposes"), known, f"source.{at}.rule.{number}.purposes")


def _unknown(purposes: object, known: list[str], key: str) -> Iterator[Fault]:
    listed = ", ".join(known) or "none"
    for id_ in purposes if isinstance(purposes, list) else ():
        if id_ not in known:
            yield Fault(key, f"no [[purpose]] has the id {id_!r}", f"known are {listed}")


def _sections(tree: Tree, name: str) -> list[Tree]:
    found = tree.get(name)
    listed = found if isinstance(found, list) else []
    return [section for section in listed if isinstance(section, dict)]
