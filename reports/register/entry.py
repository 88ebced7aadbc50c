"""台帳の一件: what the register says of one dataset.

What a scan can know is filled in; what only people know is marked 要記入. ``検出なし`` is said
where nothing was found, never ``無``: a scan proves presence, not absence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from connectors.place import Access
from reports import wording
from reports.business import Business, Rule, SourceTerms
from reports.holdings import HeldDataset
from reports.names import Names
from reports.weight import Weight, weigh
from reports.words import Language, label, phrase

#: Every column with its width in characters, in the order of the sheet.
COLUMNS = {
    "register.number": 7.0,
    "register.name": 20.0,
    "register.place": 20.0,
    "register.items": 24.0,
    "register.class": 10.0,
    "register.rows": 10.0,
    "register.purposes": 28.0,
    "register.owner": 14.0,
    "register.retention": 12.0,
    "register.contractor": 13.0,
    "register.my_number": 8.0,
    "register.code": 12.0,
    "register.special_care": 9.0,
    "register.access": 17.0,
    "register.provision": 9.0,
    "register.obtained": 9.0,
    "register.disposal": 9.0,
    "register.retained": 11.0,
    "register.checked": 11.0,
    "register.note": 20.0,
}
FILL = "register.fill"
#: What only people know; each is offered as an empty cell to fill in.
BY_HAND = ("register.provision", "register.obtained", "register.disposal")

Value = str | int | date


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known beside the datasets: the business, rules, reviews, and what was not read."""

    business: Business
    rules: Mapping[tuple[str, str], Rule]
    reviewed: Mapping[str, datetime]
    unread: Mapping[tuple[str, str], int]
    names: Names
    language: Language


def entry(number: int, held: HeldDataset, around: Circumstances) -> dict[str, Value]:
    """Return the register's words on a dataset, a value a column of :data:`COLUMNS`."""
    rule = around.rules[held.key]
    source = around.business.source(held.source)
    values = {
        "register.number": number,
        "register.name": around.names.shown(held.dataset),
        "register.place": _place(held, source, around.language),
        **_told_by_rule(rule, around),
        **_found(held, around.language),
        "register.access": access_words(held.access, around.language) or _fill(around),
        "register.retained": _retained(source, around.language),
        "register.checked": _checked(held, around),
        "register.note": _note(held, rule, around),
        **dict.fromkeys(BY_HAND, _fill(around)),
    }
    return {column: values[column] for column in COLUMNS}


def access_words(access: Access, language: Language) -> str:
    """Word who can open a dataset; empty where nothing of it is known."""
    say = partial(phrase, language=language)
    groups = "、".join(access.groups) if language == "ja" else ", ".join(access.groups)
    words = (
        say("access.public") if access.public else "",
        say("access.everyone") if access.everyone and not access.public else "",
        say("access.owner", name=access.owner) if access.owner else "",
        say("access.groups", names=groups) if groups else "",
    )
    return "\n".join(word for word in words if word)


def _fill(around: Circumstances) -> str:
    return label(FILL, around.language)


def _place(held: HeldDataset, source: SourceTerms, language: Language) -> str:
    lines = (held.source, source.url, wording.form(held, language))
    return "\n".join(line for line in lines if line)


def _told_by_rule(rule: Rule, around: Circumstances) -> dict[str, Value]:
    told = {
        "register.class": label(rule.class_, around.language),
        "register.purposes": "\n".join(around.business.purpose_texts(rule)),
        "register.owner": rule.owner,
        "register.retention": wording.period(rule.retention, around.language),
        "register.contractor": rule.contractor,
    }
    return {column: word or _fill(around) for column, word in told.items()}


def _found(held: HeldDataset, language: Language) -> dict[str, Value]:
    codes = [one for one in held.entities if weigh({one}) is Weight.CODE]
    has_my_number = "JP_MY_NUMBER" in held.entities
    has_special = "SPECIAL_CARE" in held.entities
    none = label("register.not_found", language)
    found = label("register.found", language)
    return {
        "register.items": "\n".join(label(one, language) for one in held.entities),
        "register.rows": label("register.unknown", language) if held.rows is None else held.rows,
        "register.my_number": found if has_my_number else none,
        "register.code": "\n".join(label(one, language) for one in codes) or none,
        "register.special_care": found if has_special else label(FILL, language),
    }


def _retained(source: SourceTerms, language: Language) -> str:
    if source.on_behalf_of:
        return phrase("register.retained.client", language, name=source.on_behalf_of)
    if isinstance(source.retained, str):
        return phrase("register.retained.no", language, reason=source.retained)
    return label("register.retained.yes" if source.retained else FILL, language)


def _checked(held: HeldDataset, around: Circumstances) -> Value:
    """Return the day of the last review of any of its fields."""
    times = [around.reviewed[one.id] for one in held.fields if one.id in around.reviewed]
    return wording.japan(max(times)).date() if times else label("undecided", around.language)


def _note(held: HeldDataset, rule: Rule, around: Circumstances) -> str:
    say = partial(phrase, language=around.language)
    missing = around.unread.get(held.key, 0)
    notes = (
        say("register.note.exposed") if held.access.is_open else "",
        say("register.note.unread", count=missing) if missing else "",
        f"{say('dataset.copy_of')} {rule.copy_of}" if rule.copy_of else "",
        f"{say('dataset.hold')} {rule.hold}" if rule.hold else "",
    )
    return "\n".join(note for note in notes if note)
