"""What is found: an entity at a span of a text, with the reasons for believing it.

Entity names are Presidio's, with ``JP_`` for what only Japan issues.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa


class Entity(StrEnum):
    """An identifier of a living person, or a part of one."""

    PERSON = "PERSON"
    DATE_OF_BIRTH = "DATE_OF_BIRTH"
    EMAIL_ADDRESS = "EMAIL_ADDRESS"
    PHONE_NUMBER = "PHONE_NUMBER"
    JP_ADDRESS = "JP_ADDRESS"
    JP_POSTAL_CODE = "JP_POSTAL_CODE"
    CREDIT_CARD = "CREDIT_CARD"
    JP_BANK_ACCOUNT = "JP_BANK_ACCOUNT"
    IP_ADDRESS = "IP_ADDRESS"
    GENDER = "GENDER"
    AGE = "AGE"
    JP_MY_NUMBER = "JP_MY_NUMBER"
    JP_PASSPORT = "JP_PASSPORT"
    FOREIGN_PASSPORT = "FOREIGN_PASSPORT"
    JP_BASIC_PENSION_NUMBER = "JP_BASIC_PENSION_NUMBER"
    JP_DRIVER_LICENSE = "JP_DRIVER_LICENSE"
    JP_RESIDENT_RECORD_CODE = "JP_RESIDENT_RECORD_CODE"
    JP_HEALTH_INSURANCE = "JP_HEALTH_INSURANCE"
    JP_ELDERLY_MEDICAL_INSURANCE = "JP_ELDERLY_MEDICAL_INSURANCE"
    JP_CARE_INSURANCE = "JP_CARE_INSURANCE"
    JP_EMPLOYMENT_INSURANCE = "JP_EMPLOYMENT_INSURANCE"
    JP_RESIDENCE_CARD = "JP_RESIDENCE_CARD"
    JP_SPECIAL_PERMANENT_RESIDENT = "JP_SPECIAL_PERMANENT_RESIDENT"
    BIOMETRIC = "BIOMETRIC"
    SPECIAL_CARE = "SPECIAL_CARE"
    CREDENTIAL = "CREDENTIAL"
    SUBJECT_KEY = "SUBJECT_KEY"


class Strength(StrEnum):
    """How far an equal value goes towards saying that two records are one person's."""

    UNIQUE = "unique"
    SHARED = "shared"
    WEAK = "weak"


class About(StrEnum):
    """Whom or what a dataset or field describes."""

    PERSON = "person"
    ORGANISATION = "organisation"
    THING = "thing"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """Whether a value belongs to the record's own person or merely names someone."""

    SELF = "self"
    MENTION = "mention"


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One entity in one text. ``start`` and ``end`` are characters of the text as given.

    ``text`` is the only plain value anywhere; a finding has no ``repr`` and lives until it is
    located. ``evidence`` names reasons (``pattern``, ``check digit``, ``context マイナンバー``).
    """

    entity: Entity
    start: int
    end: int
    score: float
    text: str
    evidence: tuple[str, ...] = ()


#: One row for each finding in the distinct values of a column; ``start`` and ``end`` are null
#: where the finding is the whole value.
FINDINGS = pa.schema(
    [
        pa.field("entity", pa.string(), nullable=False),
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        pa.field("score", pa.float32(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True, repr=False)
class FieldFindings:
    """The findings of one column of a batch: computed once per distinct value, placed by row.

    ``rows[i]`` is a row of the batch that holds the finding ``findings[index[i]]``.
    """

    field: str
    rows: pa.Int32Array
    index: pa.Int32Array
    findings: pa.RecordBatch  # FINDINGS
