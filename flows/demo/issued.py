"""発行された番号 (what authorities and insurers issued): the codes that each made-up person has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flows.demo import codes
from flows.demo.dates import TODAY
from flows.demo.person import Kind
from flows.demo.roles import BLOCK
from scanners.finding import Entity

#: Born so early, somebody is 65 and insured for care.
_OLD = TODAY.year - 66


def issued(number: int, kinds: frozenset[Kind], born: date) -> Mapping[Entity, str]:
    """Return the codes of a person that stand somewhere in the company's data."""
    held: dict[Entity, str] = {}
    if Kind.CUSTOMER in kinds and number % 2 == 0:
        held[Entity.CREDIT_CARD] = codes.card_number(number)
    if Kind.EMPLOYEE in kinds:
        held[Entity.JP_MY_NUMBER] = codes.my_number(number)
        held |= _employment(number)
    if Kind.EMPLOYEE in kinds or Kind.APPLICANT in kinds:
        held[Entity.JP_DRIVER_LICENSE] = _license(number, born)
    elif Kind.CUSTOMER in kinds:
        held |= _document(number, kinds, born)
        held |= _insurance(number, kinds, born)
    if Kind.EMPLOYEE in kinds and number % 2:
        held[Entity.JP_PASSPORT] = codes.passport(number)
    return held


def _employment(number: int) -> Mapping[Entity, str]:
    """What a wage is paid to and insurance for; one in three saves at the post office."""
    account = codes.bank_account if number % 3 else codes.savings_account
    return {
        Entity.JP_BASIC_PENSION_NUMBER: codes.pension_number(number),
        Entity.JP_BANK_ACCOUNT: account(number),
        Entity.JP_HEALTH_INSURANCE: codes.health_insurance(number),
        Entity.JP_EMPLOYMENT_INSURANCE: codes.employment_insurance(number),
    }


def _document(number: int, kinds: frozenset[Kind], born: date) -> Mapping[Entity, str]:
    """What a customer showed to prove who they are; most showed nothing."""
    if Kind.FOREIGN in kinds:
        passport = codes.foreign_passport(number)
        return {**_residence(number), Entity.FOREIGN_PASSPORT: passport}
    if Kind.MINOR in kinds:
        return {}
    match number % 5:
        case 0:
            return {Entity.JP_DRIVER_LICENSE: _license(number, born)}
        case 1 | 4:
            return {Entity.JP_PASSPORT: codes.passport(number)}
        case 2:
            return {Entity.JP_MY_NUMBER: codes.my_number(number)}
        case _:
            return {}


def _insurance(number: int, kinds: frozenset[Kind], born: date) -> Mapping[Entity, str]:
    """What insures customers in old age; the deceased are insured no more."""
    held: dict[Entity, str] = {}
    if Kind.DECEASED in kinds or born.year > _OLD:
        return held
    held[Entity.JP_CARE_INSURANCE] = codes.care_insurance(number)
    if born.year < TODAY.year - 75:
        held[Entity.JP_ELDERLY_MEDICAL_INSURANCE] = codes.elderly_insurance(number)
    return held


def _residence(number: int) -> Mapping[Entity, str]:
    if number // BLOCK % 3 == 2:  # noqa: PLR2004 - one foreign resident in three
        return {Entity.JP_SPECIAL_PERMANENT_RESIDENT: codes.permanent_resident(number)}
    return {Entity.JP_RESIDENCE_CARD: codes.residence_card(number)}


def _license(number: int, born: date) -> str:
    return codes.driver_license(number, min(born.year + 18 + number % 6, TODAY.year - 1))
