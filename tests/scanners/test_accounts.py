"""Accounts whose codes stand in columns of their own equal those written in one piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from scanners.columns import judge
from scanners.finding import Entity
from scanners.presidio import find_in_text
from scanners.recognizers.registry import recognizer
from scanners.scan import Scanner
from scanners.verdict import Column

PEOPLE = ["山田 太郎", "佐藤 花子", "鈴木 一郎"]
Cells = Sequence[object]


def found(columns: Mapping[str, Cells]) -> dict[str, list[str]]:
    """Return the accounts that each field of a table holds, in order."""
    batch = pa.RecordBatch.from_pydict({name: pa.array(cells) for name, cells in columns.items()})
    verdict = judge(batch, [Column(name) for name in batch.schema.names])
    return {
        one.field: [
            row["text"]
            for row in one.findings.take(one.index).to_pylist()
            if row["entity"] == Entity.JP_BANK_ACCOUNT
        ]
        for one in Scanner().scan(batch, verdict)
        if Entity.JP_BANK_ACCOUNT.value in one.findings.column("entity").to_pylist()
    }


def test_codes_and_number_of_a_row_are_one_account() -> None:
    """Bank, branch and number are joined, with the zeros that a spreadsheet dropped."""
    held = found(
        {
            "氏名": PEOPLE,
            "金融機関コード": [5, 9, 1],
            "支店コード": [123, 1, 45],
            "預金種目": ["普通", "当座", "普通"],
            "口座番号": [7654320, 54321, 9876543],
        }
    )
    assert held == {"口座番号": ["0005-123-7654320", "0009-001-0054321", "0001-045-9876543"]}
    (told,) = find_in_text("銀行コード0005 支店コード123 普通7654320")
    assert recognizer(Entity.JP_BANK_ACCOUNT).normal(told.text) == held["口座番号"][0]


def test_a_number_without_codes_stays_by_itself() -> None:
    """A row that lacks the codes holds the number alone, and so does a table without them."""
    held = found(
        {
            "氏名": PEOPLE,
            "bank_code": ["0005", None, ""],
            "branch_code": ["123", None, "001"],
            "account_number": ["7654320", "7654321", "7654322"],
        }
    )
    assert held == {"account_number": ["0005-123-7654320", "7654321", "7654322"]}
    assert found({"氏名": PEOPLE, "口座番号": ["7654320", "7654321", "なし"]}) == {
        "口座番号": ["7654320", "7654321"]
    }


def test_symbol_and_number_of_the_post_bank_are_converted() -> None:
    """ゆうちょ's 記号 and 番号 in two columns equal the branch and account they stand for."""
    held = found(
        {
            "氏名": PEOPLE,
            "ゆうちょ記号": ["14080", "10530", None],
            "ゆうちょ番号": ["76543201", "87654321", None],
        }
    )
    assert held == {"ゆうちょ番号": ["9900-408-7654320", "9900-058-8765432"]}
    (told,) = find_in_text("ゆうちょ銀行 9900-408-普通-7654320")
    assert recognizer(Entity.JP_BANK_ACCOUNT).normal(told.text) == held["ゆうちょ番号"][0]
