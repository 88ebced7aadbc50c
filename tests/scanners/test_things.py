"""Numbers that are nobody's: recognised in texts, tables and logs in order not to be reported."""

from __future__ import annotations

import random
from collections.abc import Callable

import pyarrow as pa
import pytest
from stdnum import ean
from stdnum.jp import cn, in_

from scanners.belief import Belief, belief
from scanners.columns import judge
from scanners.evidence import Tally
from scanners.finding import Entity
from scanners.normalize import fold
from scanners.presidio import analyzer, find_in_text
from scanners.scan import Scanner
from scanners.things.family import Family
from scanners.things.text import things
from scanners.verdict import Column

ROWS = 400
RNG = random.Random(20261016)  # noqa: S311 - made-up data
#: What a table of nobody may hold: who logged in from where is a matter of its own.
ALLOWED = {Entity.IP_ADDRESS}
Made = Callable[[], str]

RECOGNISED = [
    ("法人番号：5835678256246", Family.CORPORATE, "5835678256246"),
    ("会社法人等番号 0100-01-123456", Family.CORPORATE, "0100-01-123456"),
    ("登録番号T5835678256246", Family.INVOICE, "T5835678256246"),
    ("JAN 4901234567894", Family.GOODS, "4901234567894"),
    ("4901234567894 を入荷", Family.GOODS, "4901234567894"),
    ("ISBN978-4-10-109205-8", Family.BOOK, "978-4-10-109205-8"),
    ("団体コード131016", Family.MUNICIPALITY, "131016"),
    ("202610160001 に開始", Family.TIME, "202610160001"),
    ("timestamp=1760572800000", Family.TIME, "1760572800000"),
    ("注文番号：621498320257", Family.SLIP, "621498320257"),
    ('"order_id": "621498320257"', Family.SLIP, "621498320257"),
    ("伝票No.09012345678", Family.SLIP, "09012345678"),
    ("arn:aws:iam::111122223333:role/x", Family.CLOUD, "arn:aws:iam::111122223333:role/x"),
    ("アカウントID 1111-2222-3333", Family.CLOUD, "1111-2222-3333"),
    ("lineItem/UsageAccountId=111122223333", Family.CLOUD, "111122223333"),
    ("550e8400-e29b-41d4-a716-446655440000", Family.UUID, "550e8400-e29b-41d4-a716-446655440000"),
    ("<@U01ABCDEF23>", Family.SLACK, "U01ABCDEF23"),
    ("001D000000IRFmaIAH", Family.SALESFORCE, "001D000000IRFmaIAH"),
    ("SHOZAI-123 を対応", Family.ISSUE, "SHOZAI-123"),
    ("介護事業所番号 1370201234", Family.OFFICE, "1370201234"),
    ("医療機関コード：1312345", Family.OFFICE, "1312345"),
]
#: What looks so and is somebody's: the label says whose.
KEPT = [
    ("マイナンバー 202610160001", Entity.JP_MY_NUMBER),
    ("AWSの契約者 山田 マイナンバー：621498320257", Entity.JP_MY_NUMBER),
    ("注文番号 12345 電話 090-2345-6789", Entity.PHONE_NUMBER),
    ("message: 090-2345-6789", Entity.PHONE_NUMBER),
    ("550e8400-e29b-41d4-a716-446655440000@mail.example.com", Entity.EMAIL_ADDRESS),
    ("金融機関コード 0005-123-普通-7654320", Entity.JP_BANK_ACCOUNT),
]
NOBODYS = [
    "注文番号 4539578763621486",
    "注文番号：090-2345-6789",
    "伝票番号 3530-1113-3330-1234",
    "request_id=09023456789 duration=12ms",
    "https://shop.example.com/items/09023456789/review",
    "item 20261016123456789 done",
    "trace-id: 4539578763621486",
    "AWSアカウント 621498320257 のマイナンバー管理システム",
    "550e8400-e29b-41d4-a716-090123456789",
    "sha1 9f8e7d6c5b4a09012345678f9f8e7d6c5b4a3928",
    "法人番号 5835678256246 のマイナンバー担当",
    "適用事業所番号 1301-123456-7",
]


@pytest.mark.parametrize(("text", "family", "number"), RECOGNISED)
def test_a_number_of_nobody_is_recognised(text: str, family: Family, number: str) -> None:
    """Each family is known by its shape or by the word before."""
    folded = fold(text).text
    found = {(one.family, folded[one.start : one.end]) for one in things(folded)}
    assert (family, number) in found


@pytest.mark.parametrize("text", NOBODYS)
def test_what_lies_on_it_is_not_reported(text: str) -> None:
    """A finding on such a number is dropped, in a text and by Presidio's own entrance."""
    assert [one.entity.value for one in find_in_text(text)] == []
    assert [one.entity_type for one in analyzer().analyze(text, "ja")] == []


@pytest.mark.parametrize(("text", "entity"), KEPT)
def test_a_stronger_label_stays(text: str, entity: Entity) -> None:
    """A finding that a word nearer or a longer shape tells stays."""
    assert [one.entity for one in find_in_text(text) if one.entity is entity] == [entity]


def _digits(count: int) -> str:
    return "".join(RNG.choices("0123456789", k=count))


def _corporate() -> str:
    body = str(RNG.randint(10**11, 10**12 - 1))
    return cn.calc_check_digit(body) + body


def _goods() -> str:
    body = RNG.choice(("45", "49")) + _digits(10)
    return body + ean.calc_check_digit(body)


def _minute() -> str:
    day = f"20{RNG.randint(10, 29)}{RNG.randint(1, 12):02}{RNG.randint(1, 28):02}"
    return f"{day}{RNG.randint(0, 23):02}{RNG.randint(0, 59):02}"


def _cloud() -> str:
    return str(RNG.randint(10**11, 10**12 - 1))


def _my_number() -> str:
    body = _digits(11)
    return body + in_.calc_check_digit(body)


def _municipality() -> str:
    body = f"{RNG.randint(1, 47):02}{RNG.randint(100, 699)}"
    weighed = sum(int(one) * weight for one, weight in zip(body, (6, 5, 4, 3, 2), strict=True))
    return f"{body}{(11 - weighed % 11) % 10}"


def _hex(count: int) -> str:
    return "".join(RNG.choices("0123456789abcdef", k=count))


MADE: dict[str, Made] = {
    "法人番号": _corporate,
    "登録番号": lambda: f"T{_corporate()}",
    "JANコード": _goods,
    "timestamp": _minute,
    "日時": lambda: _minute() + f"{RNG.randint(0, 59):02}",
    "epoch_ms": lambda: str(RNG.randint(1_500_000_000_000, 1_800_000_000_000)),
    "epoch": lambda: str(RNG.randint(1_500_000_000, 1_800_000_000)),
    "linked_account_id": _cloud,
    "lineItem/UsageAccountId": _cloud,
    "注文番号": lambda: _digits(12),
    "order_no": lambda: _digits(11),
    "受付番号": lambda: _digits(10),
    "伝票番号": lambda: f"0{_digits(9)}",
    "団体コード": _municipality,
    "request_id": lambda: f"{_hex(8)}-{_hex(4)}-{_hex(4)}-{_hex(4)}-{_hex(12)}",
    "sha256": lambda: _hex(64),
    "slack_user": lambda: "U0" + "".join(RNG.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=9)),
    "課題キー": lambda: f"SHOZAI-{RNG.randint(1, 9999)}",
    "介護事業所番号": lambda: f"{RNG.randint(1, 47):02}7{_digits(7)}",
    "適用事業所番号": lambda: f"{_digits(4)}-{_digits(6)}-{_digits(1)}",
    "医療機関コード": lambda: _digits(7),
    "シリアル番号": lambda: _digits(16),
    "売上": lambda: str(RNG.randint(100, 9_999_999)),
    "duration_ms": lambda: str(RNG.randint(1, 99_999)),
    "version": lambda: ".".join(str(RNG.randint(0, 20)) for _ in range(4)),
    "座標": lambda: f"{RNG.uniform(20, 46):.6f},{RNG.uniform(122, 154):.6f}",
}


def column(made: Made) -> list[str]:
    """Return a column of made-up values."""
    return [made() for _ in range(ROWS)]


def believed(table: dict[str, list[str]]) -> set[tuple[str, Entity]]:
    """Return what is found in a table and believed."""
    batch = pa.RecordBatch.from_pydict(table)
    verdict = judge(batch, [Column(name) for name in table])
    tally = Tally()
    tally.add(batch, Scanner().scan(batch, verdict))
    return {
        (name, entity)
        for name, entity, counts in tally
        if belief(counts, verdict.of(name, entity)) is not Belief.NOTHING and entity not in ALLOWED
    }


@pytest.mark.parametrize("name", MADE)
def test_no_column_of_them_is_flagged(name: str) -> None:
    """A column of such numbers is nobody's, under its own header and without one."""
    values = column(MADE[name])
    assert believed({name: values, "備考": ["確認済み"] * ROWS}) == set()
    assert believed({"c1": values, "c2": [str(n) for n in range(ROWS)]}) == set()


def test_a_verdict_names_the_numbers_that_are_nobodys() -> None:
    """A table's verdict says of which family such a column's numbers are."""
    table = {
        "会社名": ["架空商事株式会社"] * ROWS,
        "法人番号": column(_corporate),
        "c3": column(_corporate),
        "c4": column(_minute),
        "PayerAccountId": column(_cloud),
        "注文番号": column(lambda: _digits(12)),
        "c7": column(lambda: _digits(12)),
    }
    verdict = judge(pa.RecordBatch.from_pydict(table), [Column(name) for name in table])
    assert verdict.things == {
        "法人番号": Family.CORPORATE,
        "c3": Family.CORPORATE,
        "c4": Family.TIME,
        "PayerAccountId": Family.CLOUD,
        "注文番号": Family.SLIP,
    }
    numbers = {"マイナンバー": column(_my_number), "c2": column(_my_number)}
    judged = judge(pa.RecordBatch.from_pydict(numbers), [Column(name) for name in numbers])
    assert judged.things == {}
    assert set(judged.fields) == set(numbers)


def test_a_cloud_bill_is_nobodys() -> None:
    """No field of a bill of a cloud is flagged."""
    accounts = [_cloud() for _ in range(6)]
    assert believed(
        {
            "identity/LineItemId": column(lambda: _hex(52)),
            "bill/PayerAccountId": [accounts[0]] * ROWS,
            "lineItem/UsageAccountId": column(lambda: RNG.choice(accounts)),
            "lineItem/ResourceId": column(
                lambda: f"arn:aws:ec2:ap-northeast-1:{RNG.choice(accounts)}:instance/i-{_hex(17)}"
            ),
            "lineItem/UsageStartDate": column(lambda: "2026-10-01T00:00:00Z"),
            "lineItem/UnblendedCost": column(lambda: f"{RNG.random():.10f}"),
            "lineItem/LineItemDescription": column(
                lambda: f"$0.0{_digits(3)} per On Demand Linux t3.micro Instance Hour"
            ),
            "product/sku": column(lambda: _hex(16).upper()),
        }
    ) == set()  # fmt: skip


def test_logs_of_machines_are_nobodys() -> None:
    """Lines of logs with ids, durations and digests hold nothing of anybody."""
    lines = [
        f"2026-10-{RNG.randint(1, 28):02}T12:{RNG.randint(0, 59):02}:03.{_digits(3)}Z INFO "
        f"[req-{_hex(8)}-{_hex(4)}] request_id={_digits(12)} order={_digits(11)} "
        f"trace={_hex(32)} status=200 bytes={_digits(7)} duration={_digits(3)}ms "
        f"GET /api/v1/orders/{_digits(11)}?ts={_minute()} account_id={_cloud()}"
        for _ in range(ROWS)
    ]
    found = [one for line in lines for one in find_in_text(line)]
    assert {one.entity.value for one in found} == set()


def test_twelve_digits_are_seldom_called_somebodys() -> None:
    """Of 12-digit numbers of nobody under 0.1 % are called My Number or licence, in sentences."""
    sentences = {
        "法人番号{}を登録": lambda: _corporate()[1:],
        "{} バッチ開始": _minute,
        "AWSアカウント{}の請求額": _cloud,
        "JAN {} 入荷": lambda: _goods()[:12],
        "注文番号：{}（マイナンバーカード用ケース）": lambda: _digits(12),
        "{}を出荷しました": lambda: _digits(12),
    }
    wrong = {Entity.JP_MY_NUMBER, Entity.JP_DRIVER_LICENSE}
    called = sum(
        any(one.entity in wrong for one in find_in_text(text.format(made())))
        for text, made in sentences.items()
        for _ in range(ROWS)
    )
    assert called < 0.001 * ROWS * len(sentences)
