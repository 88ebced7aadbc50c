"""情報システム部 (systems): logs, exports and the bill of a cloud."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final

import pyarrow as pa

from flows.demo import codes, dates, shop
from flows.demo.chance import chance, spread
from flows.demo.formats import delimited, jsonl, lines, parquet
from flows.demo.mark import Cell, phrase
from flows.demo.person import Kind
from flows.demo.scribe import Scribe
from flows.demo.values import Values

_DAYS: Final = ("20240901", "20240902", "20240903")
_PATHS = ("/", "/items/456987123045", "/cart", "/mypage", "/orders/202610160001")
_SERVICES = ("AmazonEC2", "AmazonS3", "AWSLambda", "AmazonRDS")
_COMMENTS = ("とても良い", "配送が早くて助かりました", "もう少し安いと嬉しい", "また買います", "")
_MEMBERS = pa.schema(
    {
        "member_id": pa.int64(),
        "name": pa.string(),
        "name_romaji": pa.string(),
        "birth_date": pa.date32(),
        "email": pa.string(),
        "phone": pa.string(),
        "rank": pa.string(),
    }
)


def access_logs(scribe: Scribe) -> None:
    """The web server's logs of three days: a member a line, some logged in by e-mail."""
    for number, day in enumerate(_DAYS):
        people = islice(scribe.people.of(Kind.MEMBER), number, None, 4)
        rows = (_access(scribe, Values(person), day) for person in people)
        path = f"システム/アクセスログ/access-{day}.jsonl"
        jsonl.write(scribe, path, rows)
        scribe.decoys(path, "path", "agent", "request_id")


def _access(scribe: Scribe, me: Values, day: str) -> dict[str, Cell]:
    draws = chance(scribe.people.seed, "access", day, me.person.number)
    time = timedelta(seconds=draws.randrange(86_400))
    midnight = date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    return {
        "time": dates.at(midnight, time).isoformat(),
        "ip": shop.address(me.person, draws),
        "path": draws.choice(_PATHS),
        "status": draws.choice((200, 200, 304, 404)),
        "user.id": me.key(Kind.MEMBER),
        "user.mail": me.email(),
        "agent": "Mozilla/5.0",
        "request_id": f"{day}{draws.randrange(10**4):04}",
    }


def export_of_one(scribe: Scribe) -> None:
    """What the shop knows of one member, in a folder named by their e-mail address."""
    me = Values(next(p for p in scribe.people.of(Kind.MEMBER) if p.canary))
    row = {"member_id": me.key(Kind.MEMBER), "name": me.name(""), "tel": me.mobile("")}
    jsonl.write(scribe, phrase("システム/開示用/", me.email(), "/member.jsonl"), [row])


def batch_log(scribe: Scribe) -> None:
    """The night batch of the old system: EUC-JP, a member or nobody a line."""
    lines.write(scribe, "システム/夜間バッチ.log", _batch(scribe), encoding="euc_jp")


def _batch(scribe: Scribe) -> Iterator[Cell]:
    yield "2024-09-30 02:00:00 INFO 夜間バッチを開始しました"
    for number, person in enumerate(islice(scribe.people.of(Kind.MEMBER), 0, None, 5)):
        me = Values(person)
        stamp = f"2024-09-30 02:{number // 60 % 60:02}:{number % 60:02}"
        told = phrase("氏名=", me.name(""), " 電話=", me.mobile(), " メール=", me.email())
        yield phrase(stamp, " INFO 会員更新 ", told)
        if number % 10 == 0:
            yield f"{stamp} WARN 処理番号 {codes.my_number(number)} を再実行 (時刻 202409300200)"


def handover(scribe: Scribe) -> None:
    """A colleague's handover notes, saved by Notepad as Unicode."""
    someone = islice(scribe.people.of(Kind.CUSTOMER), 2, None, 40)
    notes: list[Cell] = ["引継ぎメモ（10月1日付）", "", "要注意のお客様:"]
    notes += [
        phrase("・", me.name(""), "様（", me.kana(), "） ", me.phone(), " 保護者宛に連絡すること")
        for me in map(Values, someone)
    ]
    notes.append("共有フォルダの容量が残り少ないため、古い売上は圧縮済み。")
    lines.write(scribe, "システム/引継ぎメモ.txt", notes, encoding="utf-16-le", end="\r\n")


def members(scribe: Scribe) -> None:
    """The shop's members as the data team exports them."""
    rows = (
        (
            me.key(Kind.MEMBER),
            me.name(),
            me.romaji(),
            me.birthday(),
            me.email(),
            me.mobile(),
            "ABC"[me.person.number % 3],
        )
        for me in map(Values, islice(scribe.people.of(Kind.MEMBER), 0, None, 2))
    )
    parquet.write(scribe, "データ分析/会員_202409.parquet", _MEMBERS, rows)


def survey(scribe: Scribe) -> None:
    """Answers to a survey: nothing but an age, a gender and an address for the prize."""
    schema = pa.schema(
        {"email": pa.string(), "age": pa.int32(), "gender": pa.string(), "comment": pa.string()}
    )
    rows = (
        (me.email(), me.age(), me.gender("MF"), _COMMENTS[me.person.number % len(_COMMENTS)])
        for me in map(Values, islice(scribe.people.of(Kind.SUBSCRIBER), 1, None, 3))
    )
    parquet.write(scribe, "データ分析/アンケート.parquet", schema, rows)


def cloud_bill(scribe: Scribe) -> None:
    """The bill of a cloud: account ids of twelve digits, alone and within ARNs."""
    path = "システム/aws_billing_202409.csv"
    items = ("UsageAccountId", "ResourceId", "ProductCode", "UnblendedCost")
    fields = ("bill/PayerAccountId", *(f"lineItem/{item}" for item in items))
    accounts = [f"{spread(n, 12, 111_122_223_333):012}" for n in range(8)]
    rows = (
        (
            "111122223333",
            account,
            f"arn:aws:iam::{account}:role/batch-{number}",
            _SERVICES[number % len(_SERVICES)],
            f"{number * 1.37:.2f}",
        )
        for number, account in enumerate(accounts * 10)
    )
    delimited.write(scribe, path, fields, rows)
    scribe.decoys(path, *fields)


def jobs(scribe: Scribe) -> None:
    """Job runs: times written in twelve digits, one in ten with a fitting check digit."""
    path = "システム/ジョブ実行履歴.csv"
    fields = ("ジョブ名", "開始時刻", "終了時刻", "結果コード")
    rows = (
        (f"JOB{n:03}", f"2024{n % 12 + 1:02}{n % 28 + 1:02}{n % 24:02}{n * 7 % 60:02}",
         f"2024{n % 12 + 1:02}{n % 28 + 1:02}{n % 24:02}{n * 7 % 60:02}30", n % 3)
        for n in range(200)
    )  # fmt: skip
    delimited.write(scribe, path, fields, rows)
    scribe.decoys(path, *fields)
