"""Codes whose parts stand in columns of their own: found by row, and only where all stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pytest
from stdnum import luhn

from scanners.columns import judge
from scanners.finding import About, Entity
from scanners.presidio import find_in_text
from scanners.recognizers.registry import recognizer
from scanners.scan import Scanner
from scanners.verdict import Column, TableVerdict
from tests.calls import calls

SCANNER = Scanner()
HEALTH, ELDERLY, CARE = (
    Entity.JP_HEALTH_INSURANCE,
    Entity.JP_ELDERLY_MEDICAL_INSURANCE,
    Entity.JP_CARE_INSURANCE,
)
PEOPLE = ["山田 太郎", "佐藤 花子", "鈴木 一郎", "高橋 健"]


def batch(columns: Mapping[str, Sequence[object]]) -> pa.RecordBatch:
    """Write columns as a batch."""
    return pa.RecordBatch.from_pydict({name: pa.array(cells) for name, cells in columns.items()})


def judged(values: pa.RecordBatch) -> TableVerdict:
    """Judge a batch as its own head."""
    return judge(values, [Column(name) for name in values.schema.names])


def found(columns: Mapping[str, Sequence[object]]) -> dict[tuple[str, int], tuple[Entity, str]]:
    """Judge and scan a table; give what insurance codes it found by field and row."""
    values = batch(columns)
    out = {}
    for one in SCANNER.scan(values, judged(values)):
        findings = one.findings.to_pylist()
        for row, at in zip(one.rows.to_pylist(), one.index.to_pylist(), strict=True):
            entity = Entity(findings[at]["entity"])
            if entity in {HEALTH, ELDERLY, CARE}:
                out[one.field, row] = entity, findings[at]["text"]
    return out


CODES: dict[str, Sequence[object]] = {
    "保険者番号": ["01130012", "01040013", None, "01130013"],
    "記号": ["21011127", "埼けん・1", "3", "4"],
    "番号": ["123", "0456", "7", "8"],
}


def test_three_columns_are_one_code_in_the_rows_that_have_all() -> None:
    """A row without an insurer, or with one whose check digit fails, has no code."""
    assert found({"氏名": PEOPLE, **CODES}) == {
        ("番号", 0): (HEALTH, "01130012-21011127-123"),
        ("番号", 1): (HEALTH, "01040013-埼けん1-456"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "保険者番号 01130012 記号 21011127 番号 123",
        "保険証（01130012／21011127／0123）",
        "記号・番号　２１０１１１２７・１２３（枝番）01\n保険者番号　０１１３００１２",
        "番号123 記号21011127 保険者番号01130012",
    ],
)
def test_a_row_and_a_text_give_one_normal_form(text: str) -> None:
    """What a form says with labels is the value that the columns say."""
    joined = found({"氏名": PEOPLE, **CODES})["番号", 0][1]
    normals = [recognizer(HEALTH).normal(one.text) for one in find_in_text(text)]
    assert normals == [recognizer(HEALTH).normal(joined)]
    assert recognizer(HEALTH).normal(joined) == joined


@pytest.mark.parametrize("lacking", ["保険者番号", "記号", "番号"])
def test_a_part_alone_or_two_are_no_code(lacking: str) -> None:
    """Without one of the columns nothing is found."""
    columns = {name: cells for name, cells in CODES.items() if name != lacking}
    assert found({"氏名": PEOPLE, **columns}) == {}
    assert found({lacking: CODES[lacking]}) == {}


def test_integers_that_lost_their_zeros_are_the_same_code() -> None:
    """063503 typed as an integer is 63503, and 01130012 is 1130012."""
    columns: dict[str, Sequence[object]] = {
        "保険者番号": [63503, 1130012],
        "記号": [12, 45],
        "番号": [34, 67],
    }
    assert found(columns) == {
        ("番号", 0): (HEALTH, "063503-12-34"),
        ("番号", 1): (HEALTH, "01130012-45-67"),
    }


@pytest.mark.parametrize(
    ("who", "pair"),
    [
        ("保険者番号", "記号番号"),
        ("保険者番号", "記号・番号"),
        ("健康保険_保険者番号", "健康保険_記号番号"),
        ("保険者No", "被保険者証記号番号"),
        ("hokensha_bango", "kigo_bango"),
        ("保険者番号", "保険証番号"),
    ],
)
def test_symbol_and_number_may_share_a_column(who: str, pair: str) -> None:
    """記号番号 beside the insurer's number is the rest of the code."""
    columns = {who: ["01130012", "01040013"], pair: ["21011127-123", "北・12・3 456"]}
    assert found(columns) == {
        (pair, 0): (HEALTH, "01130012-21011127-123"),
        (pair, 1): (HEALTH, "01040013-北123-456"),
    }


@pytest.mark.parametrize(
    "names",
    [
        ("保険者番号", "被保険者証記号", "被保険者証番号"),
        ("健保/保険者番号", "健保/記号", "健保/番号"),
        ("名簿!保険者番号", "名簿!記号", "名簿!番号"),
        ("保険者コード", "保険証記号", "保険証番号"),
        ("insurer_number", "symbol", "number"),
        ("insurer_no", "insurance_symbol", "insurance_number"),
        ("hokensha_no", "kigo", "bango"),
        ("国保 保険者番号", "国保 記号", "国保 番号"),
        ("保険者番号", "被保険者記号", "被保険者番号"),
        ("組合員証保険者番号", "組合員証記号", "組合員証番号"),
        ("保険者番号", "記号", "番号"),
        ("保険者番号", "被保険者等記号", "被保険者等番号"),
        ("健康保険 保険者番号", "健康保険 記号", "健康保険 番号"),
        ("健康保険保険者番号", "健康保険被保険者証記号", "健康保険被保険者証番号"),
        ("健康保険_保険者番号", "健康保険_被保険者記号", "健康保険_被保険者番号"),
        ("保険者番号", "保険記号", "保険番号"),
        ("保険者番号", "資格情報_記号", "資格情報_番号"),
        ("保険者番号", "資格確認書記号", "資格確認書番号"),
        ("保険者No.", "記号", "No"),
        ("保険者No", "証記号", "証番号"),
        ("保険者ナンバー", "記号", "ナンバー"),
        ("協会けんぽ_保険者番号", "協会けんぽ_記号", "協会けんぽ_番号"),
        ("健保組合番号", "健保記号", "健保番号"),
        ("国民健康保険_保険者番号", "国民健康保険_記号", "国民健康保険_番号"),
        ("保険者番号（8桁）", "記号（漢字可）", "番号（右詰め）"),
        ("本人_保険者番号", "本人_記号", "本人_番号"),
        ("被扶養者_保険者番号", "被扶養者_被保険者証記号", "被扶養者_被保険者証番号"),
        ("社員保険者番号", "社員保険記号", "社員保険番号"),
        ("保険者番号", "被保記号", "被保番"),
        ("保険者番号", "被保記号", "被保番号"),
        ("共済_保険者番号", "組合員証_記号", "組合員証_番号"),
        ("保険証の保険者番号", "保険証の記号", "保険証の番号"),
        ("hokensha_bango", "kigo", "bango"),
        ("hokensha_no", "hihokensha_kigo", "hihokensha_bango"),
        ("hokensya_no", "hihokensya_kigou", "hihokensya_no"),
        ("hokensha_bangou", "hokensho_kigou", "hokensho_bangou"),
        ("hokensha_no", "kenpo_kigo", "kenpo_no"),
        ("kenko_hoken_hokensha_no", "kenko_hoken_kigo", "kenko_hoken_bango"),
        ("kokuho_hokensha_no", "kokuho_kigo", "kokuho_bango"),
        ("hokenshaNo", "hokenKigo", "hokenBango"),
        ("insurer_number", "insured_symbol", "insured_number"),
        ("insurer_no", "insured_symbol", "insured_id"),
        ("insurer_number", "health_insurance_symbol", "health_insurance_number"),
        ("InsurerNumber", "InsuredCardSymbol", "InsuredIdentificationNumber"),
        ("InsuranceProvider_Number", "HealthInsuredPerson_Symbol", "HealthInsuredPerson_Number"),
        ("insurer_code", "insured_person_symbol", "insured_person_number"),
        ("insurer_id", "insurance_symbol", "insurance_no"),
        ("health_insurer_no", "health_insurance_card_symbol", "health_insurance_card_no"),
        ("insurance_company_code", "insurance_symbol", "insurance_id"),
        ("hi_insurer_number", "hi_symbol", "hi_number"),
        ("health_insurer_number", "health_symbol", "health_number"),
        ("kenpo_insurer_no", "kenpo_symbol", "kenpo_number"),
        ("insurer_num", "ins_symbol", "ins_num"),
        ("healthInsuranceInsurerNumber", "healthInsuranceSymbol", "healthInsuranceNumber"),
        ("insurer_number", "certificate_symbol", "certificate_number"),
        ("insurer_cd", "card_symbol", "card_number"),
        ("my_insurer_no", "my_insured_symbol", "my_insured_no"),
        ("emp_hokensha_no", "emp_kigo", "emp_bango"),
        ("payer_id", "symbol", "member_id"),
        ("health_ins_insurer", "health_ins_symbol", "health_ins_no"),
        ("kenkou_hoken_sha_no", "kenkou_hoken_kigou", "kenkou_hoken_no"),
        ("ホケンシャバンゴウ", "キゴウ", "バンゴウ"),
    ],
)
def test_parts_are_known_by_their_names(names: tuple[str, str, str]) -> None:
    """Japanese, romaji, English, two rows of headers, a sheet's own; never the rows' own No."""
    cells = (["01130012", "01040013"], ["1", "2"], ["3", "4"])
    columns = {"No.": ["1", "2"], "管理コード": ["8", "9"], **dict(zip(names, cells, strict=True))}
    assert found(columns) == {
        (names[2], 0): (HEALTH, "01130012-1-3"),
        (names[2], 1): (HEALTH, "01040013-2-4"),
    }


@pytest.mark.parametrize(
    "columns",
    [
        {"口座記号": ["12340", "12350"], "口座番号": ["123", "456"]},
        {"保険者名": ["01130012", "01040013"], "記号": ["1", "2"], "番号": ["3", "4"]},
        {"保険者番号": ["01130012", "01040013"], "記号": ["1", "2"], "電話番号": ["3", "4"]},
        {"保険者番号": ["20240101", "20240102"], "記号": ["1", "2"], "番号": ["3", "4"]},
        {"保険者番号": ["01130012", "01040013"], "記号": ["不明", "-"], "番号": ["3", "4"]},
        {"保険者番号": ["01130012", "01040013"], "雇用保険番号": ["3", "4"], "記号": ["1", "2"]},
        {"a!保険者番号": ["01130012", "01040013"], "b!記号": ["1", "2"], "b!番号": ["3", "4"]},
        {"被保険者番号": ["01130012", "01040013"], "記号": ["1", "2"], "番号": ["3", "4"]},
        {"保険者番号": ["01130012", "01040013"], "記号": ["1", "2"], "社員番号": ["3", "4"]},
        {"保険者番号": ["01130012", "01040013"], "記号": ["1", "2"], "証券番号": ["3", "4"]},
        {"No": ["3", "4"], "保険者番号": ["01130012", "01040013"], "記号": ["1", "2"]},
        {
            "番号": ["3", "4"],
            "氏名": ["", ""],
            "保険者番号": ["01130012", "01040013"],
            "記号": ["1", "2"],
        },
    ],
)
def test_near_misses_are_no_codes(columns: Mapping[str, Sequence[object]]) -> None:
    """Accounts, names of insurers, days, placeholders, other sheets."""
    assert found(columns) == {}


def test_care_and_the_elderly_have_no_symbol() -> None:
    """Number and insurer are the code; the number alone is still the person's."""
    columns: dict[str, Sequence[object]] = {
        "介護保険者番号": ["131011", None],
        "介護保険被保険者番号": ["0000123456", "H000123456"],
        "後期高齢者医療保険者番号": ["39131156", "39131157"],
        "後期高齢者医療被保険者番号": ["12345679", "01234568"],
    }
    assert found(columns) == {
        ("介護保険被保険者番号", 0): (CARE, "131011-0000123456"),
        ("介護保険被保険者番号", 1): (CARE, "H000123456"),
        ("後期高齢者医療被保険者番号", 0): (ELDERLY, "39131156-12345679"),
        ("後期高齢者医療被保険者番号", 1): (ELDERLY, "01234568"),
    }


def test_a_lone_number_of_care_is_found_in_its_column() -> None:
    """It is a person's, though no code by law."""
    assert found({"介護保険被保険者番号": ["0000123456", "0000123457"]}) == {
        ("介護保険被保険者番号", 0): (CARE, "0000123456"),
        ("介護保険被保険者番号", 1): (CARE, "0000123457"),
    }


def test_one_column_may_hold_the_whole_code() -> None:
    """``01040013 21011127-123`` under 保険証番号."""
    cells = ["01040013 21011127-123", "01130012 12-34"]
    assert found({"保険証番号": cells}) == {
        ("保険証番号", row): (HEALTH, cell) for row, cell in enumerate(cells)
    }


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("旅券番号", ["TR7654321", "E87654321", "C7654321", "987654321", "TK7654322", "M70689098"]),
        ("passport_no", ["E87654321", "C7654321", "987654321", "P7654321A"]),
        ("パスポート番号", ["TR7654321", "TK7654322", "MU7654323"]),
    ],
)
def test_a_column_of_passports_holds_those_of_any_country(header: str, cells: list[str]) -> None:
    """What has Japan's form is Japan's, the rest are foreign, and each is one."""
    values = batch({"氏名": (PEOPLE * 2)[: len(cells)], header: cells})
    (one,) = [one for one in SCANNER.scan(values, judged(values)) if one.field == header]
    told = {row["text"]: row["entity"] for row in one.findings.to_pylist()}
    japanese = {cell for cell in cells if cell[:2].isalpha()}
    assert told == {
        cell: "JP_PASSPORT" if cell in japanese else "FOREIGN_PASSPORT" for cell in cells
    }


def test_passports_of_japan_are_not_foreign_where_the_headers_are_not_heard() -> None:
    """Where a header row belongs to something else, its パスポート makes no number foreign."""
    moved = {
        "氏名": ["封筒", "ノート", "電池", "石鹸", "ボルト"] * 6,
        "個人番号": [f"29830{at:03}12345" for at in range(30)],
        "メール": ["なし"] * 30,
        "年齢": [f"298{at:02}" for at in range(30)],
        "パスポート": [f"TR76543{at:02}" for at in range(30)],
    }
    fields = judged(batch(moved)).fields.values()
    assert Entity.FOREIGN_PASSPORT not in {one.entity for held in fields for one in held}


def test_a_table_with_codes_is_about_persons() -> None:
    """The verdict says which fields are joined, and why."""
    verdict = judged(batch(CODES))
    assert verdict.about is About.PERSON
    assert verdict.joined == {"番号": ("保険者番号", "記号", "番号")}
    assert [one.by for one in verdict.fields["番号"][-1].evidence] == ["neighbours"]


def test_rows_are_joined_as_columns() -> None:
    """However many rows there are, only insurers' numbers are looked at one by one."""
    assert calls(lambda: _joined(1_000_000)) < 1.2 * calls(lambda: _joined(10_000))


def _joined(size: int) -> None:
    stems = [f"0113{at:03d}" for at in range(100)]
    insurers = [stem + luhn.calc_check_digit(stem) for stem in stems]
    columns = {
        "保険者番号": pa.array(insurers).take(pa.array(np.arange(size) % 100)),
        "記号": pa.array(np.arange(size) % 5000 + 1).cast(pa.string()),
        "番号": pa.array(np.arange(size) + 1).cast(pa.string()),
    }
    values = pa.RecordBatch.from_pydict(columns)
    (one,) = SCANNER.scan(values, judged(values.slice(0, 1000)))
    assert len(one.rows) == size
