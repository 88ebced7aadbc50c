"""How much care personal data needs: from 個人番号 down to a lone name or address.

The order follows the law's own steps. 個人番号 stands under the 番号法; 個人識別符号 identify by
themselves (個人情報保護法 Art. 2(2)); 要配慮個人情報 need consent (Art. 20(2)); leaked credentials
and cards may cost people money (施行規則 Art. 7(2)); a name together with a way to reach its bearer
identifies; a lone name or address may.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import IntEnum


class Weight(IntEnum):
    """The care a dataset needs, by the heaviest of what it holds; its name is a term of words."""

    NONE = 0
    OTHER = 1
    LONE_CONTACT = 2
    NAMED_CONTACT = 3
    CARD = 4
    SECRET = 5
    SENSITIVE = 6
    CODE = 7
    MY_NUMBER = 8


#: Every entity in the order of the care it needs: the order of the data map's columns.
_BY_WEIGHT: dict[Weight, tuple[str, ...]] = {
    Weight.MY_NUMBER: ("JP_MY_NUMBER",),
    Weight.CODE: (
        "JP_PASSPORT",
        "FOREIGN_PASSPORT",
        "JP_BASIC_PENSION_NUMBER",
        "JP_DRIVER_LICENSE",
        "JP_RESIDENCE_CARD",
        "JP_SPECIAL_PERMANENT_RESIDENT",
        "JP_RESIDENT_RECORD_CODE",
        "JP_HEALTH_INSURANCE",
        "JP_ELDERLY_MEDICAL_INSURANCE",
        "JP_CARE_INSURANCE",
        "JP_EMPLOYMENT_INSURANCE",
        "BIOMETRIC",
    ),
    Weight.SENSITIVE: ("SPECIAL_CARE",),
    Weight.SECRET: ("CREDENTIAL",),
    Weight.CARD: ("CREDIT_CARD", "JP_BANK_ACCOUNT"),
    Weight.LONE_CONTACT: ("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "JP_ADDRESS"),
    Weight.OTHER: (
        "DATE_OF_BIRTH",
        "JP_POSTAL_CODE",
        "GENDER",
        "AGE",
        "IP_ADDRESS",
        "SUBJECT_KEY",
    ),
}
_ALONE = {entity: weight for weight, entities in _BY_WEIGHT.items() for entity in entities}
_RANK = {entity: rank for rank, entity in enumerate(_ALONE)}
_NAMED_BY = {"EMAIL_ADDRESS", "PHONE_NUMBER", "JP_ADDRESS", "DATE_OF_BIRTH"}

ENTITIES = tuple(_ALONE)


def weigh(entities: Collection[str]) -> Weight:
    """Return the weight of what is held together; an entity nobody listed weighs ``OTHER``.

    >>> weigh({"PHONE_NUMBER"}).name, weigh({"PHONE_NUMBER", "PERSON"}).name
    ('LONE_CONTACT', 'NAMED_CONTACT')
    """
    heaviest = max((_ALONE.get(entity, Weight.OTHER) for entity in entities), default=Weight.NONE)
    named = "PERSON" in entities and not _NAMED_BY.isdisjoint(entities)
    return max(heaviest, Weight.NAMED_CONTACT) if named else heaviest


def in_order(entities: Iterable[str]) -> tuple[str, ...]:
    """Return the entities, each once, in the order of the care they need."""
    return tuple(sorted(set(entities), key=lambda entity: (_RANK.get(entity, len(_RANK)), entity)))


def is_grave(entity: str) -> bool:
    """Tell whether the entity alone weighs as much as a credit card or more."""
    return _ALONE.get(entity, Weight.OTHER) >= Weight.CARD
