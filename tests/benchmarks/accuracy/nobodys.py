"""What companies keep beside people: goods, accounts, clouds, sensors, sites, and their logs."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from tests.benchmarks.accuracy.nonnames import look_alikes
from tests.benchmarks.accuracy.numbers import Make, corporate, digits, jan, stamp

Chance = random.Random
Columns = Mapping[str, Sequence[str]]
_ROWS = 1500
_UNITS = ("経理部", "営業一課", "製造部", "物流センター", "情報システム部")
_SERVICES = ("AmazonEC2", "AmazonS3", "AWSLambda", "AmazonRDS", "AmazonCloudFront")
_LEVELS = ("INFO", "INFO", "INFO", "WARN", "ERROR", "DEBUG")


def _goods(chance: Chance) -> Columns:
    return {
        "商品コード": _many(chance, lambda one: f"P{digits(one, 9)}"),
        "JANコード": _many(chance, jan),
        "商品名": _of(chance, look_alikes()["商品"]),
        "ブランド": _of(chance, ("山本海苔", "ハナ王", "サトウ食品", "マリークレール", "平田牧場")),
        "メーカー": _of(chance, look_alikes()["会社"]),
        "単価": _many(chance, lambda one: digits(one, 4)),
        "発売日": _many(chance, lambda one: stamp(one)[:8]),
        "棚番": _many(chance, lambda one: f"{one.choice('ABC')}-{digits(one, 2)}"),
    }


def _accounts(chance: Chance) -> Columns:
    return {
        "伝票番号": _many(chance, lambda one: digits(one, 12)),
        "計上日": _many(chance, _day),
        "勘定科目": _of(chance, ("旅費交通費", "売掛金", "仮払金", "支払手数料", "地代家賃")),
        "取引先名": _of(chance, look_alikes()["会社"]),
        "法人番号": _many(chance, corporate),
        "登録番号": _many(chance, lambda one: f"T{corporate(one)}"),
        "部門": _of(chance, _UNITS),
        "借方": _many(chance, lambda one: digits(one, one.randint(3, 7))),
        "貸方": _many(chance, lambda one: digits(one, one.randint(3, 7))),
        "摘要": _of(chance, ("5月分家賃", "会議費", "事務用品代", "サーバー費用", "年会費", "")),
    }


def _cloud_bill(chance: Chance) -> Columns:
    ids = [digits(chance, 12) for _ in range(40)]
    return {
        "invoice_id": _many(chance, lambda one: digits(one, 10)),
        "payer_account_id": _of(chance, ids[:1]),
        "linked_account_id": _of(chance, ids),
        "product_name": _of(chance, _SERVICES),
        "usage_type": _of(chance, ("APN1-BoxUsage:t3.small", "Requests-Tier1", "DataTransfer-Out")),
        "resource_id": _many(chance, lambda one: f"arn:aws:s3:::{one.choice(ids)}/logs"),
        "usage_start": _many(chance, _day),
        "unblended_cost": _many(chance, lambda one: f"{one.random() * 90:.6f}"),
        "currency": _of(chance, ("USD",)),
    }


def _sensors(chance: Chance) -> Columns:
    return {
        "device_id": _many(chance, lambda one: f"dev-{digits(one, 4)}"),
        "serial": _many(chance, lambda one: digits(one, 12)),
        "measured_at": _many(chance, stamp),
        "temperature": _many(chance, lambda one: f"{one.gauss(22, 4):.2f}"),
        "humidity": _many(chance, lambda one: f"{one.gauss(50, 9):.1f}"),
        "lat": _many(chance, lambda one: f"{35 + one.random():.5f}"),
        "lon": _many(chance, lambda one: f"{139 + one.random():.5f}"),
        "status": _of(chance, ("正常", "異常", "停止")),
    }


def _sites(chance: Chance) -> Columns:
    return {
        "拠点コード": _many(chance, lambda one: digits(one, 5)),
        "拠点名": _of(chance, [f"{one}営業所" for one in look_alikes()["市"]]),
        "最寄駅": _of(chance, look_alikes()["駅"]),
        "市区町村": _of(chance, look_alikes()["市"]),
        "町域": _of(chance, look_alikes()["町"]),
        "床面積": _many(chance, lambda one: digits(one, 3)),
        "開設日": _many(chance, _day),
        "部署": _of(chance, _UNITS),
    }


def _orders(chance: Chance) -> Columns:
    return {
        "注文番号": _many(chance, lambda one: stamp(one)[:8] + digits(one, 4)),
        "明細番号": _many(chance, lambda one: digits(one, 2)),
        "商品名": _of(chance, look_alikes()["商品"]),
        "数量": _many(chance, lambda one: str(one.randint(1, 12))),
        "追跡番号": _many(chance, lambda one: digits(one, 12)),
        "倉庫": _of(chance, ("川口", "大宮", "福島", "松本", "石川", "本庄")),
        "出荷日時": _many(chance, stamp),
        "配送状況": _of(chance, ("配達完了", "輸送中", "持出中", "保管中")),
    }


def _projects(chance: Chance) -> Columns:
    return {
        "案件ID": _many(chance, lambda one: f"PRJ-{digits(one, 5)}"),
        "案件名": _of(chance, [f"{one}様向け基幹更改" for one in look_alikes()["会社"]]),
        "フェーズ": _of(chance, ("提案", "要件定義", "設計", "製造", "試験", "保守")),
        "コードネーム": _of(chance, ("さくら", "みずほ", "ひかり", "ハヤテ", "アスカ", "ムサシ")),
        "売上見込": _many(chance, lambda one: digits(one, 7)),
        "確度": _of(chance, ("A", "B", "C")),
        "更新日": _many(chance, _day),
    }


def _books(chance: Chance) -> Columns:
    return {
        "isbn": _many(chance, lambda one: f"9784{digits(one, 9)}"),
        "title": _of(
            chance, ("はじめての簿記", "山の歩き方", "料理の基本", "統計学入門", "森と川")
        ),
        "ndc": _many(chance, lambda one: digits(one, 3)),
        "pages": _many(chance, lambda one: digits(one, 3)),
        "shelf": _of(chance, ("青葉", "若葉", "緑", "桜", "桃")),
        "lent": _of(chance, ("0", "1")),
    }


def _access_log(chance: Chance) -> Sequence[str]:
    paths = (
        "/",
        "/items/{}",
        "/cart",
        "/static/app.{}.js",
        "/api/v1/stock?jan={}",
        "/search?q=椅子",
    )
    return [
        f'- - [{_day(chance)}T08:00:{at % 60:02}+09:00] "GET '
        f'{chance.choice(paths).format(jan(chance))} HTTP/1.1" 200 {digits(chance, 4)}'
        for at in range(_ROWS)
    ]


def _application_log(chance: Chance) -> Sequence[str]:
    things = look_alikes()
    said = (
        lambda: f"在庫を更新しました code={jan(chance)} name={chance.choice(things['商品'])}",
        lambda: f"batch={stamp(chance)} rows={digits(chance, 5)} elapsed={chance.random():.3f}s",
        lambda: f"店舗 {chance.choice(things['店'])} の売上を集計しました",
        lambda: f"外部API応答なし host=api{chance.randint(1, 9)} request_id={digits(chance, 12)}",
        lambda: f"配送先の市区町村 {chance.choice(things['市'])} を地図に変換",
        lambda: f"取引先 {chance.choice(things['会社'])} の与信を更新 T{corporate(chance)}",
        lambda: f"注文 {stamp(chance)[:8]}{digits(chance, 4)} を出荷しました",
        lambda: f"運行情報 {chance.choice(things['駅'])} 遅延 {chance.randint(1, 30)}分",
    )
    return [
        f"{_day(chance)} 10:{at % 60:02}:00 {chance.choice(_LEVELS)} {chance.choice(said)()}"
        for at in range(_ROWS)
    ]


def _cloud_log(chance: Chance) -> Sequence[str]:
    said = (
        '{{"eventSource":"s3.amazonaws.com","recipientAccountId":"{0}","requestID":"{1}"}}',
        "arn:aws:iam::{0}:role/deploy assumed by arn:aws:lambda:ap-northeast-1:{0}:function:sync",
        "account {0} budget exceeded invoice={1}",
        "ECR {0}.dkr.ecr.ap-northeast-1.amazonaws.com/web:{1} pushed",
    )
    return [
        chance.choice(said).format(digits(chance, 12), digits(chance, 10)) for _ in range(_ROWS)
    ]


def _day(chance: Chance) -> str:
    return f"20{chance.randint(15, 26)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _many(chance: Chance, make: Make) -> list[str]:
    return [make(chance) for _ in range(_ROWS)]


def _of(chance: Chance, words: Sequence[str]) -> list[str]:
    return chance.choices(words, k=_ROWS)


#: By the table's name.
TABLES: Mapping[str, Callable[[Chance], Columns]] = {
    "商品マスタ": _goods,
    "仕訳帳": _accounts,
    "cloud_bill": _cloud_bill,
    "sensor_readings": _sensors,
    "拠点一覧": _sites,
    "受注明細": _orders,
    "projects": _projects,
    "books": _books,
}
LOGS: Mapping[str, Callable[[Chance], Sequence[str]]] = {
    "access.log": _access_log,
    "application.log": _application_log,
    "cloudtrail.log": _cloud_log,
}
