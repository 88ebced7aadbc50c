"""保存 (stored): a profile as JSON, to be kept in an inventory and judged again.

No value is in it, and not the column's name either: that is kept, perhaps sealed, by whoever stores
it, and given back when the profile is read. What the name says is read anew, so that a changed rule
for headers is heard.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from scanners.errors import UnknownFormat
from scanners.finding import Entity
from scanners.naming import read_name
from scanners.profile import Profile, Years
from scanners.rates import Rate
from scanners.values import Kind
from scanners.verdict import Column

#: Grows with what a profile holds; an older one can't be judged by newer rules and is read again.
FORMAT = 1
#: Fields that are neither numbers nor stored as they are.
_APART = {"column", "heading", "kind", "years", "rates", "later", "born"}


def to_json(profile: Profile) -> str:
    """Write a profile without its column's name: ``{"format":1,"type":"text",…}``."""
    plain = {name: value for name, value in asdict(profile).items() if name not in _APART}
    return json.dumps(
        {
            "format": FORMAT,
            "type": profile.column.type,
            "key": profile.column.key,
            "kind": profile.kind.value,
            **plain,
            "years": asdict(profile.years),
            "rates": {entity.value: _counts(rate) for entity, rate in profile.rates.items()},
            "later": profile.later,
            "born": profile.born,
        },
        separators=(",", ":"),
    )


def from_json(text: str, name: str) -> Profile:
    """Read the profile of a column of this name; ``UnknownFormat`` if it is another's."""
    stored: dict[str, Any] = json.loads(text)
    if stored.pop("format", None) != FORMAT:
        raise UnknownFormat(f"A stored profile isn't of format {FORMAT}: scan it again.")
    years = stored.pop("years")
    return Profile(
        column=Column(name, stored.pop("type"), stored.pop("key")),
        heading=read_name(name),
        kind=Kind(stored.pop("kind")),
        years=Years(**{**years, "early": _numbered(years["early"])}),
        rates={Entity(entity): Rate(*counts) for entity, counts in stored.pop("rates").items()},
        later=_numbered(stored.pop("later")),
        born=_numbered(stored.pop("born")),
        **stored,
    )


def _counts(rate: Rate) -> list[int]:
    return [rate.fits, rate.knows, rate.fails, rate.looks, rate.of]


def _numbered(shares: Mapping[str, float]) -> dict[int, float]:
    return {int(number): share for number, share in shares.items()}
