"""The recognizers there are: one row per entity here, and those that other packages register.

A new recognizer is a module, a row of this table and a file of cases. Another package registers
its own through the entry point group ``shozai.recognizers``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from scanners.finding import Entity
from scanners.recognizers.base import Recognizer

#: Module below ``scanners.recognizers`` and class; imported when first used.
TABLE = (
    ("person", "PersonRecognizer"),
    ("date_of_birth", "DateOfBirthRecognizer"),
    ("email_address", "EmailAddressRecognizer"),
    ("phone_number", "PhoneNumberRecognizer"),
    ("jp_address", "AddressRecognizer"),
    ("jp_postal_code", "PostalCodeRecognizer"),
    ("credit_card", "CreditCardNumberRecognizer"),
    ("jp_my_number", "MyNumberRecognizer"),
    ("jp_driver_license", "DriverLicenseRecognizer"),
    ("jp_passport", "PassportRecognizer"),
    ("foreign_passport", "ForeignPassportRecognizer"),
    ("jp_basic_pension_number", "BasicPensionNumberRecognizer"),
    ("jp_residence_card", "ResidenceCardRecognizer"),
    ("jp_special_permanent_resident", "SpecialPermanentResidentRecognizer"),
    ("jp_resident_record_code", "ResidentRecordCodeRecognizer"),
    ("jp_employment_insurance", "EmploymentInsuranceRecognizer"),
    ("jp_health_insurance", "HealthInsuranceRecognizer"),
    ("jp_elderly_medical_insurance", "ElderlyMedicalInsuranceRecognizer"),
    ("jp_care_insurance", "CareInsuranceRecognizer"),
    ("gender", "GenderRecognizer"),
    ("age", "AgeRecognizer"),
    ("ip_address", "IpAddressRecognizer"),
    ("jp_bank_account", "BankAccountRecognizer"),
    ("credential", "CredentialRecognizer"),
    ("biometric", "BiometricRecognizer"),
    ("special_care", "SpecialCareRecognizer"),
)


def recognizers(language: str = "ja") -> tuple[Recognizer, ...]:
    """Return every recognizer, ours first; the same ones each time."""
    return _recognizers(language)


def recognizer(entity: Entity) -> Recognizer:
    """Return the recognizer of an entity; ``KeyError`` if it has none (``SUBJECT_KEY``)."""
    return _by_entity()[entity]


@lru_cache
def _recognizers(language: str) -> tuple[Recognizer, ...]:
    return tuple(known(supported_language=language) for known in _classes())


@lru_cache
def _by_entity() -> dict[Entity, Recognizer]:
    return {known.ENTITY: known for known in reversed(recognizers())}


def _classes() -> Iterator[type[Recognizer]]:
    for module, name in TABLE:
        found = getattr(import_module(f"scanners.recognizers.{module}"), name)
        yield cast("type[Recognizer]", found)
    for entry in entry_points(group="shozai.recognizers"):
        yield _foreign(entry.value, entry.load())


def _foreign(where: str, found: object) -> type[Recognizer]:
    """Take another package's recognizer, if it finds an entity that tables and words know."""
    if not isinstance(getattr(found, "ENTITY", None), Entity):
        known = ", ".join(Entity)
        raise TypeError(f"The recognizer {where} needs an ENTITY that Shozai knows: {known}.")
    return cast("type[Recognizer]", found)
