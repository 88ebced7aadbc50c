"""再判定 (replay): a verdict reached again from stored profiles, and what must be read for it.

A changed threshold, weight or header rule changes verdicts, and needs nothing of the source but
where a field is now something of which no token was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanners.columns import verdict
from scanners.finding import Entity
from scanners.profile import Profile
from scanners.recognizers.registry import recognizer
from scanners.rules import RULES, Rules
from scanners.verdict import TableVerdict


def replay(profiles: Sequence[Profile], rules: Rules = RULES, name: str = "") -> TableVerdict:
    """Judge a table again from its columns' profiles, in its order, and its name."""
    return verdict(profiles, name, rules)


def to_reread(old: TableVerdict, new: TableVerdict) -> frozenset[str]:
    """Return the fields of which the new verdict needs tokens that the old one didn't make.

    A field is read again if it is now an entity of another kind (how values are compared), or if
    its values are now searched and weren't: because they were something, or only a code, a number
    or a label. Whom a field is about, whose it is and how sure that is needs no reading.
    """
    return frozenset(name for name in _named(old, new) if _needs(name, old, new))


def _named(*verdicts: TableVerdict) -> Iterator[str]:
    for one in verdicts:
        yield from (*one.fields, *one.not_text, *one.codes, *one.labels, *one.labelled)


def _needs(name: str, old: TableVerdict, new: TableVerdict) -> bool:
    before, after = _kinds(name, old), _kinds(name, new)
    if after - before or new.labelled.get(name) != old.labelled.get(name):
        return True
    if name in new.not_text:
        return False
    closed = (old.not_text, old.codes, old.labels)
    opened = any(
        name in was and name not in now
        for was, now in zip(closed, (new.not_text, new.codes, new.labels), strict=True)
    )
    return bool(before - after) or (opened and not after)


def _kinds(name: str, judged: TableVerdict) -> set[str]:
    """Return how the values of a field are compared as what they are."""
    held = (one.entity for one in judged.fields.get(name, ()) if one.whole)
    return {"key" if one is Entity.SUBJECT_KEY else recognizer(one).KIND for one in held}
