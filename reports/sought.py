"""What a person who asks says of themselves: the identifiers a trace begins with.

The only place after ``locate`` that meets plain values; they become tokens at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.errors import UnknownId, WrongUse
from reports.field import Fields
from reports.kind import kind, normal
from reports.script import Script, script_of
from reports.token import Tokens
from scanners.finding import Entity

_PARTS = 2


@dataclass(frozen=True, slots=True, repr=False)
class Sought:
    """Identifiers as said; every one may be repeated. No ``repr``: it holds a person's data.

    ``codes`` are pairs of an entity (``JP_MY_NUMBER``) and its value, ``keys`` pairs of a field's
    id and a key in it.
    """

    names: tuple[str, ...] = ()
    kana: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    keys: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One identifier as a token. ``field_id`` is set for keys, which mean nothing without."""

    entity: Entity
    token: bytes
    field_id: str | None = None
    script: Script | None = None
    #: Tokens of the family and the given name, where a space tells them apart.
    parts: tuple[bytes, bytes] | None = None


def items(sought: Sought, tokens: Tokens, fields: Fields) -> list[Item]:
    """Return the identifiers as tokens; raise ``WrongUse`` where there is none."""
    found = [*_names(sought, tokens), *_others(sought, tokens), *_keys(sought, tokens, fields)]
    if not found:
        raise WrongUse("Name at least one identifier of the person: an e-mail address, a name…")
    return found


def _names(sought: Sought, tokens: Tokens) -> Iterator[Item]:
    for name in (*sought.names, *sought.kana, *sought.former_names):
        token = _token(tokens, Entity.PERSON, name)
        pieces = name.replace("\u3000", " ").split()
        parts = None
        if len(pieces) == _PARTS:
            parts = (
                _token(tokens, Entity.PERSON, pieces[0]),
                _token(tokens, Entity.PERSON, pieces[1]),
            )
        yield Item(Entity.PERSON, token, script=script_of(name), parts=parts)


def _others(sought: Sought, tokens: Tokens) -> Iterator[Item]:
    plain = (
        *((Entity.DATE_OF_BIRTH, value) for value in sought.birth_dates),
        *((Entity.EMAIL_ADDRESS, value) for value in sought.emails),
        *((Entity.PHONE_NUMBER, value) for value in sought.phones),
        *((Entity.JP_ADDRESS, value) for value in sought.addresses),
        *((_entity(name), value) for name, value in sought.codes),
    )
    for entity, value in plain:
        yield Item(entity, _token(tokens, entity, value))


def _keys(sought: Sought, tokens: Tokens, fields: Fields) -> Iterator[Item]:
    for id_, value in sought.keys:
        field = fields.get(id_)
        if field is None:
            raise UnknownId(f"No field has the id {id_}: `shozai inventory fields` prints them.")
        key = id_ if field.entity is Entity.SUBJECT_KEY else None
        yield Item(field.entity, _token(tokens, field.entity, value), key)


def _token(tokens: Tokens, entity: Entity, value: str) -> bytes:
    form = normal(entity, value)
    if not form:
        raise WrongUse(f"What was given for {entity} can't be read as one: write it another way.")
    return tokens.token(kind(entity), form)


def _entity(name: str) -> Entity:
    try:
        return Entity(name)
    except ValueError:
        raise WrongUse(f"There is no entity {name}: it is one of {', '.join(Entity)}.") from None
