"""個人のものでない番号 (numbers that are nobody's): their families, and a span that is of one.

They are recognised in order not to be reported: a third of them has the length of a number that the
state gives to a person, and a tenth passes its check digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """What a number is the number of."""

    CORPORATE = "corporate number"  # 法人番号, 13 digits; the registry's 会社法人等番号, 12 digits
    INVOICE = "invoice issuer"  # 適格請求書発行事業者登録番号: T and 13 digits
    GOODS = "goods code"  # JAN, EAN, UPC: 8, 12 or 13 digits
    BOOK = "isbn"
    MUNICIPALITY = "municipality code"  # 全国地方公共団体コード
    TIME = "time"  # YYYYMMDDHHMM[SS], seconds and milliseconds since 1970
    SLIP = "slip number"  # orders, slips, requests, parcels, parts: by a word
    CLOUD = "aws account"
    UUID = "uuid"
    DIGEST = "digest"
    SLACK = "slack id"
    SALESFORCE = "salesforce id"
    ISSUE = "issue key"  # Backlog, Jira: PROJ-123
    OFFICE = "office number"  # 介護, 雇用保険, 医療機関: a business's
    SERIAL = "serial number"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Thing:
    """Characters ``start`` to ``end`` of a folded text that are a number of a family.

    ``score``: a finding that is believed more than this stays.
    """

    family: Family
    start: int
    end: int
    score: float
