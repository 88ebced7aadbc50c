"""Tables judged as tables: ``tests/cases/columns.yaml`` and open data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from scanners.columns import judge
from scanners.finding import About, Entity, Role
from scanners.verdict import Column, TableVerdict

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/columns.yaml").read_text("utf-8"))


def table(columns: dict[str, Any], key: str | None = None, name: str = "") -> TableVerdict:
    """Judge columns given as lists."""
    head = pa.RecordBatch.from_pydict(
        {
            field: pa.array(values, None if values else pa.string())
            for field, values in columns.items()
        }
    )
    return judge(head, [Column(field, key=field == key) for field in columns], name)


def held(verdict: TableVerdict) -> dict[str, list[str]]:
    """Write a verdict as the cases do."""
    return {
        field: [f"{one.entity}/{one.about}/{one.role}" for one in verdicts]
        for field, verdicts in verdict.fields.items()
    }


@pytest.mark.parametrize("case", CASES["tables"], ids=lambda case: case["name"])
def test_a_table_is_judged_as_a_person_would(case: dict[str, Any]) -> None:
    """What it is about, what its fields hold, whose it is, and which field is its persons' key."""
    verdict = table(case["columns"], case.get("key"), case["name"])
    assert verdict.about == case["about"]
    assert verdict.key == case.get("subject_key")
    assert held(verdict) == case["fields"]


def test_a_tenth_of_passing_check_digits_is_noise() -> None:
    """Twelve-digit numbers are My Numbers only where nearly all pass the check."""
    numbers = [str(202610160001 + 7 * step) for step in range(400)]
    assert table({"c1": numbers}).fields == {}
    assert table({"管理番号": numbers}).codes == {"管理番号"}


def test_check_digits_that_nearly_all_hold_need_no_header() -> None:
    """A column without a header whose every number passes is one of My Numbers."""
    from stdnum.jp import in_

    stems = [f"{71823400 + step * 997:011d}" for step in range(60)]
    numbers = [stem + in_.calc_check_digit(stem) for stem in stems]
    (verdict,) = table({"c1": numbers}).fields["c1"]
    assert verdict.entity is Entity.JP_MY_NUMBER


def test_a_header_is_not_believed_against_the_values() -> None:
    """A column called 氏名 that holds companies is no column of persons."""
    verdict = table({"氏名": ["株式会社山田", "鈴木商店", "有限会社田中", "佐藤工業株式会社"]})
    assert verdict.fields == {}


def test_typed_columns_are_read_by_their_type() -> None:
    """Dates count as births only under a header; truth values and floats are never read."""
    verdict = table({"flag": [True, False], "rate": [0.5, 1.5], "n": [12345678, 12345679]})
    assert verdict.not_text == {"flag", "rate", "n"}


def test_what_a_search_finds_is_a_mention() -> None:
    """A field without a verdict of its own is never the record's own person's."""
    verdict = table(
        {"store_cd": ["S1", "S2"], "store_name": ["本店", "駅前店"], "memo": ["a", "b"]}
    )
    found = verdict.of("memo", Entity.PHONE_NUMBER)
    assert (found.about, found.role, found.whole) == (About.ORGANISATION, Role.MENTION, False)


def test_evidence_counts_and_names_no_value() -> None:
    """Every verdict says why, in words of headers and in counts over distinct values."""
    verdict = table({"顧客名": ["山田 太郎", "佐藤 花子", "山田 太郎", "不明"]})
    said = [(one.by, one.detail, one.count, one.of) for one in verdict.fields["顧客名"][0].evidence]
    assert said == [
        ("header", "顧客 名", 1, 1),
        ("pattern", "PERSON", 2, 2),
        ("values", "PERSON", 2, 2),
    ]


def test_rows_say_what_their_values_are() -> None:
    """A column of numbers beside a column of papers is read with the paper's name."""
    papers = ["運転免許証", "個人番号カード", "在留カード"] * 5
    verdict = table({"氏名": ["石田 章"] * 15, "書類": papers, "番号": ["1", "2", "3"] * 5})
    assert verdict.labelled == {"番号": "書類"}
    assert verdict.of("番号", Entity.JP_MY_NUMBER).role is Role.SELF


def test_a_form_says_beside_each_value_what_it_is() -> None:
    """On a sheet of labels and values each value is read with the label to its left."""
    verdict = table(
        {
            "c1": ["氏名", "生年月日", "電話番号"],
            "c2": ["石田 章", "昭和60年4月1日", "03-1234-5678"],
            "c3": ["性別", "年齢", "メール"],
            "c4": ["男", "39", "a@example.jp"],
        }
    )
    assert verdict.labelled == {"c2": "c1", "c4": "c3"}


def test_two_telephone_numbers_in_one_value_are_the_persons_own() -> None:
    """Under 電話 of a person's row every number is theirs; a name beside it is somebody else's."""
    both = ["03-1234-5678 / 090-1234-5678", "ご実家 山田 03-1234-5679"]
    verdict = table({"氏名": ["石田 章", "佐藤 健"], "電話": both, "備考": both})
    assert verdict.of("電話", Entity.PHONE_NUMBER).role is Role.SELF
    assert verdict.of("電話", Entity.PERSON).role is Role.MENTION
    assert verdict.of("備考", Entity.PHONE_NUMBER).role is Role.MENTION


def test_few_names_in_many_rows_are_no_labels() -> None:
    """One customer's own export says her name in every row; a list of states says nobody's."""
    said = ["石田 章", "石田 章様", "田中様", "福島", "返品済", "正常"]
    verdicts = {word: table({"col3": [word] * 50, "col4": list(range(50))}) for word in said}
    assert {word: "col3" in one.labels for word, one in verdicts.items()} == {
        **dict.fromkeys(said[:3], False),
        **dict.fromkeys(said[3:], True),
    }
