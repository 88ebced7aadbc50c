"""Special-care data, secrets and features of bodies in tables: known by heading, table and type."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest

from scanners.columns import judge
from scanners.recognizers.biometric import biometric_file
from scanners.scan import Scanner
from scanners.verdict import Column

NAMES = ["山田太郎", "佐藤花子", "鈴木一郎", "高橋美咲", "田中健太", "渡辺直美"]
ILLS = ["糖尿病", "高血圧症", "なし", "うつ病", "喘息", "乳がん"]
Table = dict[str, list[str]]


def held(table: Table | pa.RecordBatch) -> set[tuple[str, str]]:
    """Return each field with each entity that the scan finds in it."""
    batch = table if isinstance(table, pa.RecordBatch) else pa.RecordBatch.from_pydict(table)
    verdict = judge(batch, [Column(name) for name in batch.schema.names])
    return {
        (one.field, entity)
        for one in Scanner().scan(batch, verdict)
        for entity in one.findings.column("entity").to_pylist()
    }


SOMEBODYS: list[tuple[Table, str]] = [
    ({"氏名": NAMES, "既往歴": ILLS}, "既往歴"),
    ({"患者ID": [f"P{n:05}" for n in range(6)], "傷病名": ILLS}, "傷病名"),
    ({"氏名": NAMES, "障害等級": ["1級", "2級", "", "3級", "1級", "6級"]}, "障害等級"),
    (
        {"社員名": NAMES, "障害者手帳": ["身体", "なし", "療育", "精神", "なし", "身体"]},
        "障害者手帳",
    ),
    (
        {"氏名": NAMES, "障害": ["視覚障害", "なし", "聴覚障害", "なし", "なし", "肢体不自由"]},
        "障害",
    ),
    (
        {"name": NAMES, "religion": ["仏教", "キリスト教", "なし", "神道", "仏教", "仏教"]},
        "religion",
    ),
    ({"氏名": NAMES, "健診結果": ["A", "B", "要再検査", "C", "A", "D2"]}, "健診結果"),
    ({"氏名": NAMES, "前科": ["なし", "なし", "窃盗", "なし", "傷害", "なし"]}, "前科"),
]
NOBODYS: list[Table] = [
    {"障害番号": ["I-1", "I-2"], "障害内容": ["ログイン不可", "画面が真っ白"], "対応者": NAMES[:2]},
    {"薬剤コード": ["620000001", "620000002"], "薬剤名": ["ア錠", "メ錠"], "処方": ["内服"] * 2},
    {"傷病コード": ["8830052", "2500013"], "傷病名": ["糖尿病", "高血圧"], "ICD": ["E14", "I10"]},
    {"アレルギーコード": ["A01", "A02"], "アレルギー名": ["卵", "そば"], "表示順": ["1", "2"]},
    {"氏名": NAMES[:2], "等級": ["3等級", "4等級"]},
    {"会社名": ["山田商事株式会社", "高橋工業"], "信条": ["顧客第一", "誠実"]},
    {"氏名": NAMES[:2], "既往歴": ["なし", "なし"]},
]  # fmt: skip


@pytest.mark.parametrize(("table", "field"), SOMEBODYS)
def test_what_a_heading_names_is_somebodys(table: Table, field: str) -> None:
    """In a table of persons a column under such a heading is special-care data."""
    assert (field, "SPECIAL_CARE") in held(table)


@pytest.mark.parametrize("table", NOBODYS)
def test_the_same_word_about_things_is_nobodys(table: Table) -> None:
    """Drugs, codes of diseases, incidents, grades of pay and creeds of companies are nobody's."""
    assert "SPECIAL_CARE" not in {entity for _, entity in held(table)}


def test_features_of_a_body_are_known_by_header_and_type() -> None:
    """A list of numbers or a blob under such a header is biometric; a flag or a score is not."""
    rng = random.Random(3)  # noqa: S311 - made-up data
    rows = 4
    batch = pa.RecordBatch.from_pydict(
        {
            "face_embedding": [[rng.random() for _ in range(128)] for _ in range(rows)],
            "指紋データ": pa.array([rng.randbytes(300) for _ in range(rows)], pa.binary()),
            "声紋": [",".join(f"{rng.random():.4f}" for _ in range(192)) for _ in range(rows)],
            "指紋認証フラグ": [True, False, True, True],
            "face_score": [0.1, 0.2, 0.3, 0.4],
            "thumbnail": pa.array([rng.randbytes(300) for _ in range(rows)], pa.binary()),
            "embedding": [[rng.random() for _ in range(128)] for _ in range(rows)],
            "fingerprint": [rng.randbytes(20).hex() for _ in range(rows)],
        }
    )
    assert {field for field, entity in held(batch) if entity == "BIOMETRIC"} == {
        "face_embedding",
        "指紋データ",
        "声紋",
    }


@pytest.mark.parametrize(
    "name", ["被験者/NA12878.vcf.gz", "a.BAM", "x_R1.fastq.gz", "y.cram", "z.wsq"]
)
def test_files_of_bodies_are_known_by_name(name: str) -> None:
    """Genomes, reads and prints are known by the ending of the file."""
    assert biometric_file(name)


@pytest.mark.parametrize(
    "name", ["顔写真.jpg", "contacts.vcf.txt", "bam.csv", "fastq", "住所録.vcard"]
)
def test_other_files_are_not(name: str) -> None:
    """A photograph is no code, and a word in a name no ending."""
    assert not biometric_file(name)


def test_secrets_are_known_by_header_and_by_shape() -> None:
    """Columns of passwords, hashes of them and tokens are credentials, whatever their header."""
    rng = random.Random(5)  # noqa: S311 - made-up data
    letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    table = {
        "login_id": [f"user{n}" for n in range(6)],
        "パスワード": ["hanako0401", "Xk9#mq2L", "qwerty12", "p@ssw0rd", "taro1985", "abcd1234"],
        "c3": ["$2b$12$" + "".join(rng.choices(letters, k=53)) for _ in range(6)],
        "hash": ["ghp_" + "".join(rng.choices(letters, k=36)) for _ in range(6)],
        "file_hash": [rng.randbytes(16).hex() for _ in range(6)],
        "パスワード更新日": ["2026-01-02"] * 6,
        "password_changed": ["yes", "no", "yes", "no", "yes", "no"],
    }
    assert {field for field, entity in held(table) if entity == "CREDENTIAL"} == {
        "パスワード",
        "c3",
        "hash",
    }
