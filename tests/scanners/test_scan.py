"""Batches scanned by column: what is found, where, and that it costs no accuracy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanners.finding import About, Entity, FieldFindings, Role
from scanners.normalize import fold
from scanners.recognizers.registry import recognizer
from scanners.scan import Scanner
from scanners.verdict import FieldVerdict, TableVerdict

SCANNER = Scanner()
Row = tuple[str, int, str, int | None, int | None]


def holds(entity: Entity, *, score: float = 0.9) -> tuple[FieldVerdict, ...]:
    """Return the verdict that a field's values are an entity as such."""
    return (FieldVerdict(entity, True, score, About.PERSON, Role.SELF),)


def scan(columns: Mapping[str, object], **judged: object) -> list[FieldFindings]:
    """Scan columns under a verdict, or as text if none is given."""
    batch = pa.RecordBatch.from_pydict({name: pa.array(cells) for name, cells in columns.items()})
    verdict = TableVerdict(About.PERSON, **{"fields": {}, **judged}) if judged else None  # type: ignore[arg-type]
    return SCANNER.scan(batch, verdict)


def rows(found: Sequence[FieldFindings]) -> list[Row]:
    """Write findings as (field, row, entity, start, end), in order."""
    out = []
    for one in found:
        table = one.findings.to_pylist()
        for row, at in zip(one.rows.to_pylist(), one.index.to_pylist(), strict=True):
            out.append((one.field, row, table[at]["entity"], table[at]["start"], table[at]["end"]))
    return sorted(out, key=str)


def test_a_judged_column_yields_its_values_as_such() -> None:
    """Names that no dictionary knows are found; 不明, テスト, - and companies are not."""
    cells = [
        "山田 太郎",
        "不明",
        "ドゥルガー・メータ",
        "テスト",
        "-",
        None,
        "株式会社山田",
        "山田 太郎",
    ]
    found = scan({"氏名": cells}, fields={"氏名": holds(Entity.PERSON)})
    assert rows(found) == [("氏名", row, "PERSON", None, None) for row in (0, 2, 7)]


def test_equal_values_are_found_once_and_placed_in_every_row() -> None:
    """Findings are of distinct values; rows point to them."""
    (found,) = scan(
        {"m": ["a@example.jp", "b@example.jp", "a@example.jp"]},
        fields={"m": holds(Entity.EMAIL_ADDRESS)},
    )
    assert found.findings.column("text").to_pylist() == ["a@example.jp", "b@example.jp"]
    assert found.index.to_pylist() == [0, 1, 0]


def test_a_memo_yields_each_entity_at_its_place() -> None:
    """Spans are characters of the value as given, before folding."""
    memo = "佐藤様より。ＴＥＬ０９０−１２３４−５６７８、taro@example.jp へ返信"
    found = scan({"memo": ["なし", memo]}, fields={})
    (one,) = found
    said = {row["entity"]: row for row in one.findings.to_pylist()}
    assert set(said) == {"PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS"}
    assert all(memo[row["start"] : row["end"]] == row["text"] for row in said.values())
    assert set(one.rows.to_pylist()) == {1}


def test_one_my_number_in_very_many_memos_is_found() -> None:
    """A search misses nothing for being rare."""
    memos = [f"来店 {number} 回目" for number in range(20_000)]
    memos[12_345] = "マイナンバーは 1234-5678-9018 とのこと"
    assert rows(scan({"memo": memos}, fields={})) == [("memo", 12_345, "JP_MY_NUMBER", 8, 22)]


def test_codes_yield_nothing_but_what_is_more_than_a_code() -> None:
    """Product codes of 12 digits are nobody's number; a sentence among them is still read."""
    cells = [str(202610160001 + step) for step in range(500)] + [
        "09012345678",
        "電話 090-1234-5678",
    ]
    found = scan({"code": cells}, fields={}, codes=frozenset({"code"}))
    assert rows(found) == [("code", 501, "PHONE_NUMBER", 3, 16)]


def test_labels_are_not_searched_for_persons() -> None:
    """A shop that bears a surname is no person, but its telephone is a telephone."""
    cells = ["佐藤さんの店", "鈴木様 03-1234-5678"]
    found = scan({"店舗名": cells}, fields={}, labels=frozenset({"店舗名"}))
    assert [entity for _, _, entity, _, _ in rows(found)] == ["PHONE_NUMBER"]


def test_a_field_may_hold_several_entities() -> None:
    """A 連絡先 is here an e-mail address, there a telephone number, or both in a sentence."""
    both = (*holds(Entity.EMAIL_ADDRESS), *holds(Entity.PHONE_NUMBER))
    cells = ["090-1234-5678", "a@example.jp", "自宅 03-1234-5678 または b@example.jp"]
    found = rows(scan({"連絡先": cells}, fields={"連絡先": both}))
    assert [(row, entity) for _, row, entity, _, _ in found] == [
        (0, "PHONE_NUMBER"),
        (1, "EMAIL_ADDRESS"),
        (2, "EMAIL_ADDRESS"),
        (2, "PHONE_NUMBER"),
    ]


def test_a_cell_that_holds_two_gives_both() -> None:
    """What isn't one value is searched for what the column holds."""
    cells = ["a@example.jp, b@example.jp", "a@example.jp"]
    found = scan({"mail": cells}, fields={"mail": holds(Entity.EMAIL_ADDRESS)})
    assert [(row, start) for _, row, _, start, _ in rows(found)] == [(0, 0), (0, 14), (1, None)]


def test_an_address_is_searched_for_what_stands_beside_it() -> None:
    """A postal code and a telephone number in an address column are found too."""
    cells = ["〒100-0001 東京都千代田区千代田1-1 TEL 03-1234-5678"]
    found = scan({"住所": cells}, fields={"住所": holds(Entity.JP_ADDRESS)})
    assert {entity for _, _, entity, _, _ in rows(found)} == {
        "JP_ADDRESS",
        "JP_POSTAL_CODE",
        "PHONE_NUMBER",
    }


def test_a_value_is_read_with_the_label_of_its_row() -> None:
    """The same digits are a My Number in one row and nothing in another."""
    columns = {
        "書類": ["個人番号カード", "領収書", "在留カード", None],
        "番号": ["123456789018", "123456789018", " LG83909989BA", "x"],
    }
    found = scan(columns, labelled={"番号": "書類"})
    assert rows(found) == [
        ("番号", 0, "JP_MY_NUMBER", 0, 12),
        ("番号", 2, "JP_RESIDENCE_CARD", 1, 13),
    ]


def test_keys_are_taken_as_they_are_whatever_their_type() -> None:
    """Integers are written in decimal; a blank is no key."""
    fields = {"id": holds(Entity.SUBJECT_KEY), "cd": holds(Entity.SUBJECT_KEY)}
    by_number, by_text = scan({"id": [1, None, 30], "cd": ["C1", " ", "C3"]}, fields=fields)
    assert by_number.findings.column("text").to_pylist() == ["1", "30"]
    assert by_text.findings.column("text").to_pylist() == ["C1", "C3"]
    assert by_text.rows.to_pylist() == [0, 2]


def test_dates_are_read_only_as_births() -> None:
    """A typed date is a birth date under that verdict, and nothing otherwise."""
    day = dt.date(1981, 4, 29)
    columns = {"birth": [day], "created": [day], "at": [dt.datetime(1981, 4, 29, 1, 2)]}  # noqa: DTZ001 - without a zone on purpose
    (found,) = scan(columns, fields={"birth": holds(Entity.DATE_OF_BIRTH)})
    assert (found.field, found.findings.column("text").to_pylist()) == ("birth", ["1981-04-29"])


def test_numbers_truth_values_and_floats_are_not_searched() -> None:
    """Without a verdict a column of integers is nobody's number."""
    assert (
        scan({"n": [9012345678, 123456789018], "b": [True, False], "f": [0.1, 0.2]}, fields={})
        == []
    )


def test_nested_values_are_read_as_text() -> None:
    """A list of addresses in one cell is searched."""
    (found,) = scan({"tags": [["x", "mail a@example.jp"], None]}, fields={})
    assert found.findings.column("text").to_pylist() == ["a@example.jp"]


def test_empty_batches_and_columns_of_nulls_are_no_trouble() -> None:
    """Nothing in, nothing out."""
    empty = pa.RecordBatch.from_pydict({"a": pa.array([], pa.string()), "b": pa.nulls(0)})
    assert SCANNER.scan(empty) == []
    assert (
        SCANNER.scan(pa.RecordBatch.from_pydict({"a": pa.nulls(3, pa.string()), "b": pa.nulls(3)}))
        == []
    )


def test_text_without_columns_is_searched_for_everything() -> None:
    """No verdict: every string column, persons included."""
    found = rows(scan({"text": ["山田太郎様\n電話 03-1234-5678", "特になし"]}))
    assert [entity for _, _, entity, _, _ in found] == ["PERSON", "PHONE_NUMBER"]


PIECES = [
    "山田太郎様",
    "a@example.jp",
    "090-1234-5678",
    "〒100-0001",
    "特になし",
    "ﾃﾙ",
    " ",
    "、",
    "12",
]
MEMOS = st.lists(
    st.none() | st.lists(st.sampled_from(PIECES), max_size=5).map("".join), max_size=12
)


@settings(deadline=None, max_examples=40)
@given(MEMOS)
def test_rows_hold_what_each_would_hold_alone(memos: list[str | None]) -> None:
    """Encoding, prefilters and remembering change nothing: each row's findings are its own."""
    together = [row[1:] for row in rows(scan({"m": pa.array(memos, pa.string())}))]
    alone = [
        (at, *row[2:])
        for at, memo in enumerate(memos)
        for row in rows(
            Scanner().scan(pa.RecordBatch.from_pydict({"m": pa.array([memo], pa.string())}))
        )
    ]
    assert together == sorted(alone, key=str)


@pytest.mark.parametrize(
    "entity", [Entity.EMAIL_ADDRESS, Entity.PHONE_NUMBER, Entity.JP_POSTAL_CODE]
)
@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from("0123456789-@. abcＡ１〒+()"), max_size=16).map("".join))
def test_what_fits_is_believed_in_a_judged_column(entity: Entity, text: str) -> None:
    """The shape that decides for whole columns refuses nothing that the recognizer takes."""
    if recognizer(entity).fits(fold(text).text):
        assert len(scan({"c": [text]}, fields={"c": holds(entity)})) == 1
