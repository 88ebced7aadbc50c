"""What stands in the cells of made-up tables: for each role of a column the ways to write it.

A role (``name``, ``birth``, ``order_no``) has styles; a style is drawn for each column and makes
one cell of a row. ``TRUTH`` says which entities a column of the role holds; ``None`` is a column
on which people differ (a prefecture alone), which is counted neither way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from flows.demo import codes, dates
from flows.demo.dates import Style as Day
from flows.demo.firms import DEPARTMENTS, FIRMS, TITLES
from flows.demo.kana import halfwidth, hiragana
from scanners.finding import Entity
from tests.benchmarks.column_people import Who

Cell = str | int | float | bool | date | datetime | None
Maker = Callable[["Row"], Cell]


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One row: whose it is, who else comes up, and the chance of its other cells."""

    at: int
    who: Who
    other: Who
    staff: Who
    draws: Random

    @property
    def digits(self) -> Callable[[int], str]:
        """Draw so many digits."""
        return lambda size: f"{self.draws.randrange(10**size):0{size}}"


def _name(of: str, gap: str) -> Maker:
    return lambda row: f"{getattr(row, of).surname.written}{gap}{getattr(row, of).given.written}"


def _kana(of: str, gap: str, write: Callable[[str], str] = str) -> Maker:
    return lambda row: write(f"{getattr(row, of).surname.kana}{gap}{getattr(row, of).given.kana}")


def _romaji(row: Row) -> str:
    return " ".join(row.who.romaji)


def _born(style: Day) -> Maker:
    return lambda row: dates.written(row.who.born, style)


def _pick(*options: Cell) -> Maker:
    return lambda row: row.draws.choice(options)


def _day(first: int, last: int, style: Day = Day.ISO) -> Maker:
    def make(row: Row) -> str:
        day = date(first, 1, 1) + timedelta(days=row.draws.randrange((last - first) * 365))
        return dates.written(day, style)

    return make


def _hired(style: Day) -> Maker:
    """A day on which somebody of age was taken on."""

    def make(row: Row) -> str:
        grown = min(row.who.born.year + row.draws.randint(18, 40), 2024)
        return dates.written(date(grown, row.draws.randint(1, 9), 1), style)

    return make


def _moment(first: int, last: int, form: str = "%Y-%m-%d %H:%M:%S") -> Maker:
    def make(row: Row) -> str:
        seconds = row.draws.randrange((last - first) * 31_536_000)
        return f"{datetime(first, 1, 1) + timedelta(seconds=seconds):{form}}"  # noqa: DTZ001

    return make


def _sometimes(maker: Maker, share: float, missing: Cell = None) -> Maker:
    return lambda row: maker(row) if row.draws.random() < share else missing


def _counted(prefix: str, width: int = 5, start: int = 1) -> Maker:
    return lambda row: f"{prefix}{row.at + start:0{width}}"


def _number(low: int, high: int) -> Maker:
    return lambda row: row.draws.randint(low, high)


def _hashed(name: str, size: int = 64) -> Maker:
    return lambda row: hashlib.new(name, row.digits(12).encode()).hexdigest()[:size]


def _address(who: Who, style: int) -> str:
    town, (block, lot, house) = who.town, who.lot
    upto = f"{town.prefecture}{town.city}{town.town}"
    numbers = (
        f"{block}-{lot}-{house}",
        f"{block}丁目{lot}番{house}号",
        f"{block}丁目{lot}-{house}",
        f"{lot}番地{house}",
    )[style % 4]
    flat = f"{'　' if style % 2 else ' '}{who.building}{house}0{block}" if who.building else ""
    return f"{upto if style < 4 else upto.removeprefix(town.prefecture)}{numbers}{flat}"


def _addressed(style: int) -> Maker:
    return lambda row: _address(row.who, style)


def _resident_code(row: Row) -> str:
    body = row.digits(10)
    rest = sum(int(d) * w for d, w in zip(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    return body + str((11 - rest) % 10 if rest > 1 else 0)


def _luhn(body: str) -> str:
    from stdnum import luhn

    return body + luhn.calc_check_digit(body)


def _firm(row: Row) -> str:
    return _FIRMS[row.draws.randrange(len(_FIRMS))]


_FIRMS = [
    *(firm.name for firm in FIRMS),
    *(
        f"{before}{name}{kind}{after}"
        for name in (
            "山崎",
            "小野寺",
            "三ツ葉",
            "アルファ",
            "東亜",
            "高木",
            "日の出",
            "森",
            "竹内",
            "藤",
        )
        for kind in ("商店", "建設", "精機", "メディカル", "物流")
        for before, after in (("株式会社", ""), ("", "株式会社"), ("", "（有）"), ("合同会社", ""))
    ),
]
_GOODS = [
    f"{adjective}{thing}"
    for adjective in (
        "特選",
        "国産",
        "北海道",
        "京",
        "無添加",
        "大粒",
        "ふわふわ",
        "高橋農園の",
        "花柄",
        "さくら",
    )
    for thing in (
        "味噌",
        "タオル",
        "ノート",
        "りんごジュース",
        "マグカップ",
        "枕",
        "茶",
        "靴下",
        "クッキー",
    )
]
_ITEMS = (
    "ボールペン 黒",
    "A4コピー用紙",
    "USBケーブル 1m",
    "単3電池",
    "蛍光ペン",
    "付箋 75mm",
    "クリアファイル",
)
_STORES = [
    f"{town}店"
    for town in ("渋谷", "梅田", "中野", "松本", "高崎", "福島", "三宮", "栄", "天神", "仙台駅前")
]
_STATIONS = (
    "田中",
    "山口",
    "石川",
    "大塚",
    "目黒",
    "恵比寿",
    "上野",
    "大崎",
    "品川",
    "中野",
    "三鷹",
    "吉祥寺",
    "原",
)
_CITIES = (
    "札幌市",
    "仙台市",
    "横浜市",
    "福山市",
    "松本市",
    "長野市",
    "川崎市",
    "千葉市",
    "福岡市",
    "山形市",
)
_DISEASES = (
    "高血圧症",
    "２型糖尿病",
    "気管支喘息",
    "うつ病",
    "脂質異常症",
    "変形性膝関節症",
    "急性胃腸炎",
    "花粉症",
    "乳癌",
)
_ACCOUNTS = (
    "旅費交通費",
    "消耗品費",
    "売掛金",
    "買掛金",
    "通信費",
    "水道光熱費",
    "地代家賃",
    "仮払金",
)
_NOTES = (
    "納期確認済み", "次回値引き要相談", "請求書は月末締め", "在庫僅少", "再入荷待ち",
    "返品対応済み", "サイズ交換を希望", "平日午前に配送", "領収書不要", "定期便に変更",
    "アンケート回答あり", "特になし",
)  # fmt: skip
_BASE64 = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMN0123456789./"
_JOBS = ("会社員", "公務員", "自営業", "主婦", "学生", "無職", "パート")


#: Ways to write that say nothing by themselves: a 1 for male, seven digits, a bare hash.
SILENT: set[Maker] = set()


def _silent(*makers: Maker) -> Sequence[Maker]:
    SILENT.update(makers)
    return makers


def _entities(*names: Entity) -> frozenset[Entity]:
    return frozenset(names)


_PERSON = _entities(Entity.PERSON)
_NONE: frozenset[Entity] = frozenset()


def _code(kind: str, *by: str) -> Sequence[Maker]:
    def made(gap: str) -> Maker:
        return lambda row: _grouped(row.who.code(kind), gap)

    return tuple(map(made, by or ("",)))


def _grouped(value: str, gap: str) -> str:
    return codes.grouped(value, gap) if gap else value


_PERSONS: dict[str, tuple[frozenset[Entity] | None, Sequence[Maker]]] = {
    "name": (
        _PERSON,
        (
            _name("who", " "),
            _name("who", "　"),
            _name("who", ""),
            _sometimes(_name("who", " "), 0.97, "不明"),
        ),
    ),
    "surname": (_PERSON, (lambda row: row.who.surname.written,)),
    "given": (_PERSON, (lambda row: row.who.given.written,)),
    "kana": (
        _PERSON,
        (
            _kana("who", " "),
            _kana("who", "　"),
            _kana("who", ""),
            _kana("who", " ", halfwidth),
            _kana("who", "", halfwidth),
            _kana("who", " ", hiragana),
        ),
    ),
    "surname_kana": (
        _PERSON,
        (lambda row: row.who.surname.kana, lambda row: halfwidth(row.who.surname.kana)),
    ),
    "given_kana": (
        _PERSON,
        (lambda row: row.who.given.kana, lambda row: halfwidth(row.who.given.kana)),
    ),
    "romaji": (
        _PERSON,
        (
            _romaji,
            lambda row: _romaji(row).title(),
            lambda row: ", ".join(reversed(row.who.romaji)),
        ),
    ),
    "holder": (_PERSON, (_kana("who", " ", halfwidth), _kana("who", "　"), _name("who", " "))),
    "staff_name": (
        _PERSON,
        (_name("staff", " "), _name("staff", ""), lambda row: row.staff.surname.written),
    ),
    "other_name": (
        _PERSON,
        (_name("other", " "), _name("other", ""), _sometimes(_name("other", " "), 0.4)),
    ),
    "gender": (
        _entities(Entity.GENDER),
        (
            lambda row: "男" if row.who.male else "女",
            lambda row: "男性" if row.who.male else "女性",
            lambda row: "M" if row.who.male else "F",
            lambda row: "male" if row.who.male else "female",
        ),
    ),
    "gender_code": (
        _entities(Entity.GENDER),
        _silent(lambda row: "1" if row.who.male else "2", lambda row: 1 if row.who.male else 2),
    ),
    "birth": (
        _entities(Entity.DATE_OF_BIRTH),
        (
            *map(_born, Day),
            lambda row: row.who.born,
            lambda row: f"{row.who.born:%Y-%m-%d 00:00:00}",
            lambda row: f"{row.who.born:%Y/%m/%d}",
        ),
    ),
    "age": (
        _entities(Entity.AGE),
        (
            lambda row: dates.age(row.who.born),
            lambda row: str(dates.age(row.who.born)),
            lambda row: f"{dates.age(row.who.born)}歳",
        ),
    ),
    "email": (
        _entities(Entity.EMAIL_ADDRESS),
        (
            lambda row: row.who.email,
            _sometimes(lambda row: row.who.email, 0.7),
            lambda row: row.who.email.upper(),
        ),
    ),
    "mobile": (
        _entities(Entity.PHONE_NUMBER),
        (
            lambda row: row.who.mobile,
            lambda row: row.who.mobile.replace("-", ""),
            lambda row: "+81-" + row.who.mobile[1:],
            _sometimes(lambda row: row.who.mobile, 0.8, "なし"),
        ),
    ),
    "phone": (
        _entities(Entity.PHONE_NUMBER),
        (
            lambda row: row.who.phone,
            lambda row: row.who.phone.replace("-", ""),
            lambda row: row.who.phone.replace("-", "(", 1).replace("-", ")", 1),
            lambda row: row.who.phone if row.at % 3 else row.who.mobile,
        ),
    ),
    "postal": (
        _entities(Entity.JP_POSTAL_CODE),
        (
            lambda row: row.who.town.postal_code,
            lambda row: row.who.town.postal_code.replace("-", ""),
            lambda row: "〒" + row.who.town.postal_code,
        ),
    ),
    "address": (
        _entities(Entity.JP_ADDRESS),
        tuple(map(_addressed, range(6))),
    ),
    "prefecture": (None, (lambda row: row.who.town.prefecture,)),
    "city": (None, (lambda row: row.who.town.city,)),
    "my_number": (
        _entities(Entity.JP_MY_NUMBER),
        (
            *_code("my_number", "", "-", " "),
            _sometimes(lambda row: row.who.code("my_number"), 0.93, "000000000000"),
            _sometimes(lambda row: row.who.code("my_number"), 0.95, "123456789012"),
        ),
    ),
    "licence": (_entities(Entity.JP_DRIVER_LICENSE), _code("driver_license")),
    "passport": (_entities(Entity.JP_PASSPORT), _code("passport")),
    "pension": (
        _entities(Entity.JP_BASIC_PENSION_NUMBER),
        (
            lambda row: row.who.code("pension_number"),
            *_silent(lambda row: row.who.code("pension_number").replace("-", "")),
        ),
    ),
    "residence_card": (_entities(Entity.JP_RESIDENCE_CARD), _code("residence_card")),
    "card": (_entities(Entity.CREDIT_CARD), _code("card_number", "", "-", " ")),
    "bank_account": (_entities(Entity.JP_BANK_ACCOUNT), _silent(lambda row: row.digits(7))),
    "resident_code": (_entities(Entity.JP_RESIDENT_RECORD_CODE), (_resident_code,)),
    "elderly": (_entities(Entity.JP_ELDERLY_MEDICAL_INSURANCE), _silent(lambda row: row.digits(8))),
    "care": (_entities(Entity.JP_CARE_INSURANCE), _silent(lambda row: row.digits(10))),
    "employment": (
        _entities(Entity.JP_EMPLOYMENT_INSURANCE),
        (lambda row: f"{row.digits(4)}-{row.digits(6)}-{row.digits(1)}",),
    ),
    "diagnosis": (
        _entities(Entity.SPECIAL_CARE),
        _silent(_pick(*_DISEASES), _sometimes(_pick(*_DISEASES), 0.5)),
    ),
    "password": (
        _entities(Entity.CREDENTIAL),
        (
            lambda row: "$2b$12$" + "".join(row.draws.choices(_BASE64, k=53)),
            *_silent(_hashed("sha256")),
        ),
    ),
    "client_ip": (
        _entities(Entity.IP_ADDRESS),
        (
            lambda row: ".".join(
                map(
                    str,
                    (
                        row.draws.choice((126, 133, 153, 202, 219)),
                        *row.draws.choices(range(1, 255), k=3),
                    ),
                )
            ),
        ),
    ),
    "key": (
        _entities(Entity.SUBJECT_KEY),
        (_counted("C", 6), _counted("", 8, 10_000_000), lambda row: row.at + 1, _counted("M-", 5)),
    ),
    "key_ref": (
        _entities(Entity.SUBJECT_KEY),
        (lambda row: f"C{row.draws.randrange(1, 400):06}", lambda row: row.draws.randrange(1, 400)),
    ),
    "contact": (
        _entities(Entity.EMAIL_ADDRESS, Entity.PHONE_NUMBER),
        (lambda row: row.who.email if row.at % 2 else row.who.mobile,),
    ),
    "other_phone": (
        _entities(Entity.PHONE_NUMBER),
        (lambda row: row.other.phone, lambda row: row.other.mobile),
    ),
}

_OFFICES: dict[str, tuple[frozenset[Entity] | None, Sequence[Maker]]] = {
    "firm": (_NONE, (_firm,)),
    "firm_kana": (
        _NONE,
        (
            _pick(
                "ヤマザキショウテン",
                "アルファセイキ",
                "トウアブツリュウ",
                "モリケンセツ",
                "ヒノデメディカル",
                "タケウチショウカイ",
            ),
        ),
    ),
    "office_phone": (_entities(Entity.PHONE_NUMBER), (lambda row: row.who.phone,)),
    "office_address": (
        _entities(Entity.JP_ADDRESS),
        (lambda row: _address(row.who, 0), lambda row: _address(row.who, 1)),
    ),
    "office_postal": (_entities(Entity.JP_POSTAL_CODE), (lambda row: row.who.town.postal_code,)),
    "office_email": (
        _entities(Entity.EMAIL_ADDRESS),
        (lambda row: f"info{row.at}@{row.draws.choice(FIRMS).host}",),
    ),
    "corporate_no": (
        _NONE,
        (
            lambda row: codes.corporate_number(row.who.number),
            lambda row: "T" + codes.corporate_number(row.who.number),
        ),
    ),
    "store_name": (_NONE, (_pick(*_STORES),)),
    "department": (_NONE, (_pick(*DEPARTMENTS),)),
    "title": (_NONE, (_pick(*TITLES),)),
    "municipality": (_NONE, (lambda row: row.who.town.city,)),
    "municipality_code": (
        _NONE,
        (
            lambda row: codes.municipality(
                f"{row.draws.randint(1, 47):02}{row.draws.randint(100, 700)}"
            ),
        ),
    ),
    "station": (_NONE, (_pick(*_STATIONS),)),
    "city_name": (_NONE, (_pick(*_CITIES),)),
}

_THINGS: dict[str, tuple[frozenset[Entity] | None, Sequence[Maker]]] = {
    "product_name": (_NONE, (_pick(*_GOODS), _pick(*_ITEMS))),
    "product_code": (
        _NONE,
        (
            _counted("P", 6),
            lambda row: f"{row.draws.randrange(10**12):012}",
            lambda row: f"AB-{row.digits(4)}",
            lambda row: f"TK{row.digits(7)}",
        ),
    ),
    "jan": (_NONE, (lambda row: codes.jan(row.who.number),)),
    "order_no": (
        _NONE,
        (
            _counted("ORD-", 8),
            lambda row: f"2024{row.digits(8)}",
            lambda row: f"{row.draws.randrange(10**10):010}",
            _counted("", 7, 3_000_000),
        ),
    ),
    "amount": (
        _NONE,
        (
            _number(100, 90_000),
            lambda row: f"{row.draws.randint(1, 900)},{row.digits(3)}",
            lambda row: f"¥{row.draws.randint(100, 9000)}",
            lambda row: str(row.draws.randint(1000, 9_999_999)),
        ),
    ),
    "quantity": (_NONE, (_number(1, 30), lambda row: str(row.draws.randint(1, 200)))),
    "score": (_NONE, (_number(0, 100), lambda row: str(row.draws.randint(20, 100)))),
    "recent_day": (
        _NONE,
        (
            _day(2019, 2024),
            _day(2021, 2024, Day.SLASH),
            _day(2018, 2024, Day.COMPACT),
            _day(2020, 2024, Day.KANJI),
        ),
    ),
    "moment": (
        _NONE,
        (
            _moment(2023, 2024),
            _moment(2020, 2024, "%Y/%m/%d %H:%M"),
            _moment(2022, 2024, "%Y-%m-%dT%H:%M:%SZ"),
        ),
    ),
    "hired": (_NONE, (_hired(Day.ISO), _hired(Day.SLASH), _hired(Day.COMPACT))),
    "stamp": (
        _NONE,
        (
            lambda row: f"{_moment(2023, 2024, '%Y%m%d%H%M%S')(row)}",
            lambda row: str(1_700_000_000 + row.draws.randrange(10**7)),
            lambda row: f"{_moment(2023, 2024, '%y%m%d%H%M%S')(row)}",
        ),
    ),
    "status": (
        _NONE,
        (
            _pick("有効", "無効", "保留"),
            _pick("active", "inactive", "pending"),
            _pick("0", "1", "9"),
        ),
    ),
    "flag": (_NONE, (_pick("0", "1"), _pick(True, False), _pick("Y", "N"), _pick("○", "×"))),
    "rank": (_NONE, (_pick("A", "B", "C"), _pick("ゴールド", "シルバー", "一般"))),
    "category": (_NONE, (_pick("食品", "雑貨", "衣料", "家電"), _pick("food", "home", "wear"))),
    "job": (None, (_pick(*_JOBS),)),
    "note": (None, (_pick(*_NOTES), _sometimes(_pick(*_NOTES), 0.3))),
    "lat": (_NONE, (lambda row: 33 + row.draws.random() * 8,)),
    "reading": (
        _NONE,
        (lambda row: round(row.draws.gauss(22, 4), 2), lambda row: f"{row.draws.gauss(50, 9):.1f}"),
    ),
    "sensor": (
        _NONE,
        (_pick("S-01", "S-02", "S-03"), lambda row: f"dev{row.draws.randrange(40):03}"),
    ),
    "uuid": (
        _NONE,
        (
            lambda row: (
                f"{row.digits(8)}-4a{row.digits(2)}-4{row.digits(3)}-9b{row.digits(2)}-{row.digits(12)}"
            ),
        ),
    ),
    "row_no": (_NONE, (lambda row: row.at + 1, lambda row: str(row.at + 1))),
    "http_status": (_NONE, (_pick(200, 200, 304, 404, 500), _pick("200", "404"))),
    "path": (
        _NONE,
        (_pick("/", "/index.html", "/api/items", "/cart", "/login", "/static/app.js"),),
    ),
    "user_agent": (
        _NONE,
        (
            _pick(
                "Mozilla/5.0 (Windows NT 10.0; Win64)",
                "curl/8.5.0",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0)",
            ),
        ),
    ),
    "level": (_NONE, (_pick("INFO", "WARN", "ERROR"),)),
    "message": (
        _NONE,
        (
            _pick(
                "started",
                "connection reset",
                "timeout after 30s",
                "retry 3",
                "cache miss",
                "GC 12ms",
            ),
        ),
    ),
    "host": (_NONE, (_pick("web-01", "web-02", "db-01", "batch-03"),)),
    "account_title": (_NONE, (_pick(*_ACCOUNTS),)),
    "lot": (
        _NONE,
        (lambda row: f"L{row.digits(6)}", lambda row: f"2024{row.digits(4)}-{row.digits(2)}"),
    ),
    "shelf": (
        _NONE,
        (lambda row: f"{row.draws.choice('ABCD')}-{row.digits(2)}-{row.draws.randrange(9)}",),
    ),
    "aws_account": (
        _NONE,
        (_pick("111122223333", "444455556666", "210987654321", "999900001111"),),
    ),
    "service": (_NONE, (_pick("AmazonEC2", "AmazonS3", "AWSLambda", "AmazonRDS"),)),
    "grade": (_NONE, (_pick("1年", "2年", "3年"), _pick(1, 2, 3))),
    "class": (_NONE, (_pick("A組", "B組", "1組"), _pick("1-A", "2-B"))),
    "route": (_NONE, (_pick("山手線", "中央線", "東急東横線", "南海本線"),)),
    "currency": (_NONE, (_pick("JPY", "USD", "EUR"),)),
    "country": (_NONE, (_pick("日本", "中国", "ベトナム", "ブラジル"), _pick("JP", "CN", "VN"))),
    "seven": (_NONE, (lambda row: row.digits(7),)),
    "ten": (_NONE, (lambda row: row.digits(10),)),
    "twelve": (_NONE, (lambda row: f"{row.draws.randrange(10**12):012}",)),
    "sixteen": (_NONE, (lambda row: row.digits(16),)),
    "founded": (_NONE, (_day(1930, 2020), _day(1950, 2022, Day.SLASH))),
}
#: role: (entities or None, the styles a column may be written in)
ROLES: Mapping[str, tuple[frozenset[Entity] | None, Sequence[Maker]]] = {
    **_PERSONS,
    **_OFFICES,
    **_THINGS,
}
