"""In a table: columns of numbers that are nobody's, by their name and by what their values are.

A name and the shape of nearly all values suffice together; without a name the shape must be one
that only such numbers have, or the check digit must hold for nearly all of many values, which by
chance it does for a tenth of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scanners.things import checks
from scanners.things.family import Family

#: Values looked at; how many of them must be so, and how many there must be without a name.
_FIRST, _SHARE, _MANY = 200, 0.95, 20
_SPACES = re.compile(r"[\s_./-]+")
_JOINTS = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a family's column is called, how values look, and whether that suffices (``alone``)."""

    family: Family
    name: re.Pattern[str]
    shape: re.Pattern[str]
    check: Callable[[str], bool] | None = None
    alone: bool = False


def _kind(
    family: Family,
    name: str,
    shape: str,
    check: Callable[[str], bool] | None = None,
    *,
    alone: bool = False,
) -> _Kind:
    return _Kind(family, re.compile(name), re.compile(shape), check, alone)


_KINDS = (
    _kind(Family.INVOICE, r"登録番号|インボイス|適格請求書|invoice", r"T[0-9]{13}", alone=True),
    _kind(
        *(Family.CORPORATE, r"法人(?:等)?番号|corporate(?:number|no)|houjin|hojin"),
        *(r"[0-9]{12,13}", checks.is_corporate),
        alone=True,
    ),
    _kind(
        *(Family.BOOK, r"isbn", r"97[89][0-9]{10}|[0-9]{9}[0-9X]", checks.is_book),
        alone=True,
    ),
    _kind(
        *(Family.GOODS, r"jan|ean|gtin|upc|バーコード|商品コード|barcode"),
        *(r"[0-9]{8}|[0-9]{12,13}", checks.is_goods),
        alone=True,
    ),
    _kind(
        *(Family.MUNICIPALITY, r"団体コード|市区?町村コード|自治体コード|lgcode|citycode"),
        *(r"[0-9]{6}", checks.is_municipality),
        alone=True,
    ),
    _kind(
        *(Family.TIME, r"日時|時刻|タイムスタンプ|time|date|created|updated|at$"),
        *(r"(?:19|20)[0-9]{10,18}", checks.is_time),
        alone=True,
    ),
    _kind(
        *(Family.TIME, r"日時|時刻|タイムスタンプ|time|epoch|ts$|at$"),
        *(r"1[0-9]{9}(?:[0-9]{3}){0,3}", checks.is_epoch),
    ),
    _kind(Family.CLOUD, r"aws|account(?:id)?$|アカウント(?:id|番号)|payer|linked", r"[0-9]{12}"),
    _kind(Family.CLOUD, r"arn", r"arn:aws[a-z-]*:.+", alone=True),
    _kind(Family.UUID, r"uuid|guid|id$", r"[0-9a-fA-F]{32}", alone=True),
    _kind(Family.DIGEST, r"hash|sha|md5|digest|etag|checksum", r"[0-9a-fA-F]{40,128}", alone=True),
    _kind(Family.SLACK, r"slack|user|channel|team", r"[UWTCGDB]0[0-9A-Z]{7,10}", alone=True),
    _kind(
        *(Family.SALESFORCE, r"salesforce|sfid|sfdc|id$", r"[0-9A-Za-z]{18}"),
        checks.is_salesforce,
        alone=True,
    ),
    _kind(Family.ISSUE, r"課題|issue|backlog|jira|key", r"[A-Z][A-Z0-9_]{1,24}[0-9]{1,7}"),
    _kind(
        Family.OFFICE,
        r"(?:事業所|医療機関|薬局|施設|事業者)(?:整理)?(?:番号|コード)",
        r"[0-9A-Z]{7,14}",
    ),
    _kind(
        Family.SLIP,
        r"(?:注文|受注|発注|伝票|受付|管理|整理|取引|決済|追跡|請求|見積|案件|出荷|納品)"
        r"(?:番号|no|id|コード)|(?:order|invoice|tracking|ticket|transaction|request)(?:no|id|number)",
        r"[0-9A-Za-z]{4,40}",
    ),
    _kind(Family.SERIAL, r"シリアル|製造番号|serial|sn$", r"[0-9A-Za-z]{6,40}"),
)


def family(name: str, values: Sequence[str]) -> Family | None:
    """Return the family of a column's numbers by its name and its distinct, folded values.

    >>> family("法人番号", ["5835678256246", "7000012050002"])
    <Family.CORPORATE: 'corporate number'>
    >>> family("マイナンバー", ["621498320257", "983205673214"])
    """
    said = _SPACES.sub("", name.rpartition("!")[2].lower())
    first = [_JOINTS.sub("", value) for value in values[:_FIRST]]
    return next((kind.family for kind in _KINDS if first and _is(kind, said, first)), None)


def _is(kind: _Kind, name: str, values: Sequence[str]) -> bool:
    named = kind.name.search(name) is not None
    if not named and not (kind.alone and len(values) >= _MANY):
        return False
    if not kind.shape.fullmatch(values[0]) and not kind.shape.fullmatch(values[-1]):
        return False
    shaped = [value for value in values if kind.shape.fullmatch(value)]
    passed = shaped if named or not kind.check else list(filter(kind.check, shaped))
    return len(passed) >= _SHARE * len(values)
