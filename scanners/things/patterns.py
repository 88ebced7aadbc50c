"""Patterns of numbers that are nobody's, on folded text: by shape, or by the word before.

Each row: family, how far it is believed (a finding believed more stays), pattern, and where there
is one the check. The group ``it``, or else all that matches, is the number. A word directly before
a number outweighs any other word nearby; a shape that only one issuer gives outweighs everything;
a time or a code of goods merely outweighs what nobody named.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from scanners.things import checks
from scanners.things.family import Family


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way in which a number of a family is written."""

    family: Family
    score: float
    pattern: re.Pattern[str]
    check: Callable[[str], bool] | None = None


_L, _R = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_SEP = r"(?:\([^()\n]{0,12}\))?[\"'」』]?[ \t]{0,2}[:=#は]?[ \t]{0,2}[\"'「『(#]?"
_CODE = r"(?P<it>[A-Za-z]{0,6}[-_]?[0-9][0-9A-Za-z_-]{3,39})"
_HEX = r"[0-9a-fA-F]"
_SLIPS = (
    r"(?:ご?注文|受注|発注|伝票|受付|受注|整理|管理|取引|決済|追跡|お?問い?合わ?せ|お?荷物|配送|出荷"
    r"|送り状|請求書?|見積書?|納品書?|案件|証券|ご?予約|商品|製品|製造|品目|部品|在庫|仕訳|チケット|機器"
    r"|資産|ロット|リクエスト|トランザクション|セッション|シリアル|承認|領収書?|稟議|物件|図面|型式|起案)"
    r"(?:番号|No\.?|NO\.?|ナンバー|ID|コード|#)"
)
_SLIPS_ENGLISH = (
    r"(?<![A-Za-z])(?:(?:order|invoice|receipt|tracking|parcel|ticket|sku|serial|lot|po)"
    r"(?:[ _-]?(?:id|no|number|num|code)\.?[\"']?[ ]?[:=#]?|[\"']?[:=#])"
    r"|(?:request|req|transaction|tx|txn|trace|span|session|correlation|shipment|part|model|item"
    r"|product|job|task|build|batch|quote|case|reference|ref|message|event|object|resource|asset"
    r"|device|process|thread|commit|version)[ _-]?(?:id|no|number|num)\.?[\"']?[ ]?[:=#]?)"
    r"[ ]{0,2}[\"'#]?"
)
_OFFICES = (
    r"(?:介護保険事業所|介護事業所|指定事業所|適用事業所|雇用保険事業所|労働保険|事業所|事業者|医療機関"
    r"|保険医療機関|保険薬局|薬局|施設|加盟店|店舗|学校|団体|登録)(?:整理)?(?:番号|コード)"
)
_ACCOUNT = (
    r"(?i:(?<![a-z])(?:linked|payer|usage|recipient|owner|source|target|aws)?[_ ]?account[_ ]?id"
    r"|アカウント(?:ID|番号)|ownerid|AWS[ ]?アカウント(?:ID|番号)?)"
)
_NEAR_CLOUD = r"(?i:(?<![a-z])(?:aws|amazon|iam|ec2|cloudtrail|organizations?))[^\n]{0,32}?"
_TWELVE = r"(?P<it>[0-9]{4}-?[0-9]{4}-?[0-9]{4})"
_CLOCK = r"(?:ts|time|timestamp|epoch|at|unixtime)"
_ROWS: tuple[tuple[Family, float, str, Callable[[str], bool] | None], ...] = (
    (Family.CLOUD, 0.99, r"arn:aws[a-z-]*:[^\s\"',;、。]{4,300}", None),
    (Family.CLOUD, 0.99, r"[0-9]{12}(?=\.dkr\.ecr\.|\.signin\.aws)", None),
    (Family.CLOUD, 0.96, rf"{_ACCOUNT}{_SEP}{_TWELVE}{_R}", None),
    (Family.CLOUD, 0.88, rf"{_NEAR_CLOUD}{_L}{_TWELVE}{_R}", None),
    (Family.UUID, 0.99, rf"{_L}{_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}{_R}", None),
    (Family.DIGEST, 0.99, rf"{_L}(?=[0-9]*[a-fA-F]){_HEX}{{24,128}}{_R}", None),
    (Family.SLIP, 0.96, rf"{_SLIPS}{_SEP}{_CODE}", None),
    (Family.SLIP, 0.96, rf"(?i:{_SLIPS_ENGLISH}){_CODE}", None),
    (Family.OFFICE, 0.96, rf"{_OFFICES}{_SEP}{_CODE}", None),
    (Family.CORPORATE, 0.96, rf"法人(?:等)?番号{_SEP}(?P<it>[0-9][0-9 -]{{10,16}}[0-9]){_R}", None),
    (Family.INVOICE, 0.96, rf"{_L}(?P<it>T-?[0-9]{{13}}){_R}", None),
    (Family.CORPORATE, 0.68, rf"{_L}[0-9]{{13}}{_R}", checks.is_corporate),
    (
        *(Family.GOODS, 0.96),
        rf"(?i:{_L}(?:jan|ean|gtin|upc)|バーコード)(?:コード|番号|code)?{_SEP}{_CODE}",
        None,
    ),
    (Family.GOODS, 0.68, rf"{_L}4[59][0-9]{{11}}{_R}", checks.is_goods),
    (Family.BOOK, 0.96, rf"{_L}97[89]-?[0-9](?:-?[0-9]){{9}}{_R}", checks.is_book),
    (
        *(Family.BOOK, 0.96),
        rf"(?i:isbn)(?:-?1[03])?{_SEP}(?P<it>[0-9][0-9-]{{8,15}}[0-9Xx]){_R}",
        None,
    ),
    (
        *(Family.MUNICIPALITY, 0.96),
        rf"(?:団体|市区?町村|自治体|地方公共団体)コード{_SEP}(?P<it>[0-9]{{5,6}}){_R}",
        None,
    ),
    (Family.TIME, 0.68, rf"{_L}(?:19|20)[0-9]{{10,18}}{_R}", checks.is_time),
    (Family.TIME, 0.68, rf"{_L}(?:19|20)[0-9]{{6}}[T_ -][0-9]{{4,12}}{_R}", None),
    (
        *(Family.TIME, 0.96),
        rf"(?:(?i:{_L}{_CLOCK})|時刻|日時|タイムスタンプ){_SEP}(?P<it>[0-9]{{10,19}}){_R}",
        None,
    ),
    (Family.TIME, 0.62, rf"{_L}1[0-9]{{12}}{_R}", checks.is_epoch),
    (Family.SLACK, 0.9, rf"{_L}[UWTCGDB]0[0-9A-Z]{{7,10}}{_R}", None),
    (Family.SALESFORCE, 0.9, rf"{_L}[0-9A-Za-z]{{18}}{_R}", checks.is_salesforce),
    (Family.ISSUE, 0.68, rf"{_L}[A-Z][A-Z0-9_]{{2,24}}-[0-9]{{1,7}}{_R}", None),
    (Family.LINK, 0.68, r"https?://[^\s\"'<>、。]{4,400}", None),
)  # fmt: skip
PATTERNS = tuple(
    Pattern(family, score, re.compile(text), check) for family, score, text, check in _ROWS
)
