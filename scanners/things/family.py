"""個人のものでない番号 (numbers that are nobody's): their families, and a span that is of one.

They are recognised in order not to be reported: a third of them has the length of a number that the
state gives to a person, and a tenth passes its check digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """What a number is the number of."""

    CORPORATE = "法人番号"  # 13 digits; also the registry's 会社法人等番号, 12 digits
    INVOICE = "適格請求書発行事業者登録番号"  # T and 13 digits
    GOODS = "JANコード"  # JAN, EAN, UPC: 8, 12 or 13 digits
    BOOK = "ISBN"
    MUNICIPALITY = "全国地方公共団体コード"
    TIME = "日時"  # YYYYMMDDHHMM[SS], seconds and milliseconds since 1970
    SLIP = "伝票番号"  # orders, slips, requests, parcels, parts: by a word
    CLOUD = "AWSアカウントID"
    UUID = "UUID"
    DIGEST = "ハッシュ値"
    SLACK = "Slack ID"
    SALESFORCE = "Salesforce ID"
    ISSUE = "課題キー"  # Backlog, Jira: PROJ-123
    OFFICE = "事業所番号"  # 介護, 雇用保険, 医療機関: a business's
    SERIAL = "シリアル番号"
    LINK = "URL"


@dataclass(frozen=True, slots=True)
class Thing:
    """Characters ``start`` to ``end`` of a folded text that are a number of a family.

    ``score``: a finding that is believed more than this stays.
    """

    family: Family
    start: int
    end: int
    score: float
