"""The truth about the made-up company, held against its databases and files by other readers."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import mailbox
import re
import sqlite3
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pyarrow.parquet as pq
import pypdfium2
import pytest

from connectors.options import Options
from connectors.place import Batch, Unread
from connectors.registry import open_source
from flows.demo import build
from flows.demo.itaiji import usual

Records = dict[str, dict[str, list[str]]]
_CP932 = (
    *("顧客一覧.csv", "個人番号台帳.csv", "応募者一覧.csv"),
    *("給与振込口座.csv", "社会保険.csv", "健康診断_2024.csv"),
    *("購入費支給申請.csv", "処方箋受付_後期高齢者医療.csv"),
)
#: Of these the last part stands in a column of its own, the others beside it.
_JOINED = (
    *("JP_BANK_ACCOUNT", "JP_HEALTH_INSURANCE", "JP_CARE_INSURANCE"),
    "JP_ELDERLY_MEDICAL_INSURANCE",
)
#: What says nothing of who somebody is has no value among the identifiers.
_SHAPES = {
    "GENDER": r"[男女12MF]",
    "AGE": r"\d{1,2}",
    "IP_ADDRESS": r"\d+(\.\d+){3}",
    "SPECIAL_CARE": r"[ぁ-んァ-ヶ一-龠]+",
    "CREDENTIAL": r"\$2b\$12\$[./A-Za-z0-9]{53}",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the company once."""
    return build(tmp_path_factory.mktemp("demo") / "company").directory


@pytest.fixture(scope="module")
def head(folder: Path) -> dict[str, Any]:
    """Return what the truth says of the company."""
    return _lines(folder)[0]


@pytest.fixture(scope="module")
def people(folder: Path) -> list[dict[str, Any]]:
    """Return what the truth says of the people."""
    return _lines(folder)[1:]


@cache
def _lines(folder: Path) -> list[dict[str, Any]]:
    with (folder / "truth.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_every_place_holds_a_value_of_its_person(
    folder: Path, people: list[dict[str, Any]]
) -> None:
    """Each place, opened with another program, holds what is the person's own."""
    wrong: Counter[tuple[str, str, str]] = Counter()
    for person in people:
        for place in person["places"]:
            if not any(_is_of(person, place, text) for text in _found(folder, place)):
                wrong[place["dataset"], place["field"], place["entity"]] += 1
    assert wrong == Counter()


def test_shozai_reads_every_place_under_its_name(
    folder: Path, head: dict[str, Any], people: list[dict[str, Any]]
) -> None:
    """The connectors name datasets, records and fields as the truth does, and tell the unread."""
    read, unread = _as_shozai_reads(folder)
    wrong: Counter[tuple[str, str, str]] = Counter()
    for person in people:
        for place in person["places"]:
            if place["record"] == {"part": "name"}:
                continue
            texts = read[place["source"], place["dataset"], _record(place), place["field"]]
            held = (text[place["start"] : place["end"]] for text in texts)
            wrong[place["dataset"], place["field"], place["entity"]] += not any(
                _is_of(person, place, text) for text in held
            )
    assert +wrong == Counter()
    assert unread == [(one["dataset"], one["reason"]) for one in head["unread"]]


def test_every_unique_value_in_the_data_is_in_the_truth(
    folder: Path, people: list[dict[str, Any]]
) -> None:
    """No e-mail address, mobile or code of anyone stands where the truth has no place."""
    held = {
        _plain(value): person["person"]
        for person in people
        for entity, values in person["identifiers"].items()
        for value in values
        if entity == "EMAIL_ADDRESS" or re.fullmatch(r"0[789]0-.*", value) or "JP_" in entity
        if entity not in ("JP_ADDRESS", "JP_POSTAL_CODE")
    }
    known = {
        (person["person"], place["source"], place["dataset"], _record(place), place["field"])
        for person in people
        for place in person["places"]
    }
    missing = [
        (source, dataset, field)
        for source, dataset, record, field, text in _everything(folder)
        for value in re.findall(r"[\w.+@-]+(?: \d{4} \d{4})?", text, re.ASCII)
        for owner in [held.get(_plain(value))]
        if owner and (owner, source, dataset, record, field) not in known
    ]
    assert missing == []


def test_every_unique_identifier_stands_somewhere(people: list[dict[str, Any]]) -> None:
    """A person has a place for each kind of code, card or address the truth names."""
    strong = re.compile(r"JP_(MY|DRI|PASS|BASIC|RESID|SPEC|BANK|HEALTH|EMPL)|CREDIT|EMAIL")
    lacking = [
        (person["person"], entity)
        for person in people
        for entity in filter(strong.match, person["identifiers"])
        if entity not in {place["entity"] for place in person["places"]}
    ]
    assert lacking == []


def test_keys_are_those_of_the_tables_of_people(folder: Path, people: list[dict[str, Any]]) -> None:
    """Customers, members and employees are each numbered from 1, and 1 is three people."""
    ones = {
        (key["source"], key["dataset"]): person["person"]
        for person in people
        for key in person["keys"]
        if key["value"] == 1
    }
    three = [ones["crm", "customers"], ones["shop", "members"], ones["crm", "employees"]]
    assert len(set(three)) == 3
    with sqlite3.connect(folder / "crm.db") as crm:
        (customers,) = crm.execute("SELECT count(*) FROM customers").fetchone()
    keys = [k["value"] for p in people for k in p["keys"] if k["dataset"] == "customers"]
    assert sorted(keys) == list(range(1, customers + 1))


def test_declared_links_are_those_the_database_declares(folder: Path, head: dict[str, Any]) -> None:
    """The CRM declares exactly the truth's links, and the shop declares none."""
    declared = set()
    for name in ("crm", "shop"):
        with sqlite3.connect(folder / f"{name}.db") as database:
            tables = [t for (t,) in database.execute("SELECT name FROM sqlite_master")]
            for table in tables:
                for key in database.execute(f"PRAGMA foreign_key_list('{table}')"):
                    declared.add((name, table, key[3], key[2], key[4]))
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert declared == {
        (
            link["from"]["source"],
            link["from"]["dataset"],
            link["from"]["fields"][0],
            link["to"]["dataset"],
            link["to"]["fields"][0],
        )
        for link in head["links"]
    }


def test_decoys_stand_in_the_data_and_hold_nothing_of_anyone(
    folder: Path, head: dict[str, Any], people: list[dict[str, Any]]
) -> None:
    """Every field named a decoy exists, and no place of anyone is in it."""
    decoys = {(d["source"], d["dataset"], d["field"]) for d in head["decoys"]}
    fields = {(source, dataset, field) for source, dataset, _, field, _ in _everything(folder)}
    places = {(p["source"], p["dataset"], p["field"]) for who in people for p in who["places"]}
    assert decoys <= fields
    assert not decoys & places


def test_canaries_stand_in_names_and_in_a_primary_key(people: list[dict[str, Any]]) -> None:
    """Canaries are in names of folders, files, sheets, attachments and archived files."""
    canaries = [person for person in people if person["canary"]]
    named = {
        place["dataset"]
        for person in canaries
        for place in person["places"]
        if place["record"] == {"part": "name"}
    }
    assert len(canaries) >= 3
    assert named == {
        "営業/個別対応/勅使河原雪之丞様/対応履歴.txt",
        "営業/取引先名簿.xlsx",
        "人事/応募者/履歴書_長宗我部辰之進.docx",
        "システム/開示用/teshigawara.yukinojo.qx47@example.ne.jp/member.jsonl",
        "メール/経費精算.eml",
        "バックアップ/旧顧客システム.zip!/個別/勅使河原雪之丞.csv",
    }
    keys = [key["value"] for person in canaries for key in person["keys"]]
    assert "teshigawara.yukinojo.qx47@example.ne.jp" in keys


def test_what_is_planted_as_unread_cannot_be_opened(folder: Path, head: dict[str, Any]) -> None:
    """The encrypted archive asks for a password."""
    (unread,) = head["unread"]
    archive, _, member = unread["dataset"].partition("!/")
    with zipfile.ZipFile(folder / "share" / archive) as file:
        assert file.getinfo(member).flag_bits & 1


def _as_shozai_reads(
    folder: Path,
) -> tuple[dict[tuple[str, str, str, str], list[str]], list[tuple[str, str]]]:
    read = defaultdict(list)
    unread = []
    sqlite, share = (f"sqlite:///{folder}/{{}}.db", f"file://{folder}/{{}}")
    for name, url in (("crm", sqlite), ("shop", sqlite), ("share", share)):
        with open_source(name, url.format(name), Options(bytes(16))) as source:
            for found in source.datasets():
                if isinstance(found, Unread):
                    unread.append((found.dataset, found.reason))
                    continue
                for batch in (b for part in found.partitions for b in source.read(part)):
                    assert isinstance(batch, Batch)
                    for record, row in zip(
                        batch.records.to_pylist(), batch.values.to_pylist(), strict=True
                    ):
                        record_ = json.dumps(json.loads(record), ensure_ascii=False)
                        for field, value in row.items():
                            if value is not None:
                                read[name, found.name, record_, field].append(str(value))
    return read, unread


# What stands in a place, read with other code than wrote it.


def _found(folder: Path, place: dict[str, Any]) -> list[str]:
    if place["record"] == {"part": "name"}:
        texts = _names(folder, place["dataset"])
    else:
        texts = _records(folder, place["source"], place["dataset"])[_record(place)][place["field"]]
    return [text[place["start"] : place["end"]] for text in texts]


def _record(place: dict[str, Any]) -> str:
    return json.dumps(place["record"], ensure_ascii=False)


def _everything(folder: Path) -> Iterator[tuple[str, str, str, str, str]]:
    for source, dataset in sorted(_datasets(folder)):
        for record, fields in _records(folder, source, dataset).items():
            for field, texts in fields.items():
                yield from ((source, dataset, record, field, text) for text in texts)


def _datasets(folder: Path) -> set[tuple[str, str]]:
    head, *people = _lines(folder)
    places = {(p["source"], p["dataset"]) for person in people for p in person["places"]}
    return places | {(decoy["source"], decoy["dataset"]) for decoy in head["decoys"]}


def _names(folder: Path, dataset: str) -> list[str]:
    names = dataset.split("/")
    path = folder / "share" / dataset
    if path.suffix == ".xlsx":
        names += openpyxl.load_workbook(path).sheetnames
    if path.suffix == ".eml":
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        names += [part.get_filename() or "" for part in mail.iter_attachments()]
    return names


@cache
def _records(folder: Path, source: str, dataset: str) -> Records:
    if source != "share":
        return _table(folder / f"{source}.db", dataset)
    path, _, member = dataset.partition("!/")
    file = folder / "share" / path
    if member:
        return _zipped(zipfile.ZipFile(file), member)
    return _pattern(folder / "share", path) if "*" in path else _READERS[file.suffix](file)


def _pattern(share: Path, pattern: str) -> Records:
    records: Records = {}
    for file in sorted(share.glob(pattern)):
        named = {"file": file.relative_to(share).as_posix()}
        records |= _csv(file.read_bytes(), "utf-8", named)
    return records


def _csv_file(path: Path) -> Records:
    return _csv(path.read_bytes(), "cp932" if path.name in _CP932 else "utf-8-sig")


def _parquet(path: Path) -> Records:
    rows = pq.read_table(path).to_pylist()
    return {_name(row=n): _texts(row) for n, row in enumerate(rows, 1)}


def _text(path: Path) -> Records:
    encoding = {"夜間バッチ.log": "euc_jp", "引継ぎメモ.txt": "utf-16"}.get(path.name, "utf-8")
    lines = path.read_bytes().decode(encoding).splitlines()
    return {_name(line=n): {"text": [line]} for n, line in enumerate(lines, 1)}


def _mbox(path: Path) -> Records:
    records: Records = {}
    for number, mail in enumerate(mailbox.mbox(path), 1):
        records |= _mail(mail.as_bytes(), {"message": number})
    return records


def _eml(path: Path) -> Records:
    return _mail(path.read_bytes(), {})


def _name(**keys: object) -> str:
    return json.dumps(keys, ensure_ascii=False)


def _texts(row: dict[str, Any]) -> dict[str, list[str]]:
    return {field: ["" if value is None else str(value)] for field, value in row.items()}


def _table(path: Path, table: str) -> Records:
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        info = database.execute(f"PRAGMA table_info('{table}')").fetchall()
        key = [column["name"] for column in info if column["pk"]]
        rows = database.execute(f"SELECT {'' if key else 'rowid AS rowid_, '}* FROM {table}")  # noqa: S608
        return {
            _name(pk={name: row[name] for name in key}) if key else _name(rowid=row["rowid_"]): (
                _texts(dict(row))
            )
            for row in rows
        }


def _csv(content: bytes, encoding: str, named: dict[str, str] | None = None) -> Records:
    rows = csv.DictReader(io.StringIO(content.decode(encoding), newline=""))
    return {_name(**(named or {}), row=n): _texts(row) for n, row in enumerate(rows, 1)}


def _jsonl(path: Path) -> Records:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {_name(row=n): _texts(dict(_flat(row))) for n, row in enumerate(rows, 1)}


def _flat(node: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in node.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield above + name, value


def _workbook(path: Path) -> Records:
    records: Records = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        groups, headings, *_ = sheet.iter_rows(values_only=True)
        fields, group = [], ""
        for above, below in zip(groups, headings, strict=True):
            group = str(above or group)
            fields.append(f"{sheet.title}!{f'{group}/{below}' if below else group}")
        for number, row in enumerate(sheet.iter_rows(min_row=3, values_only=True), 3):
            held = _texts(dict(zip(fields, row, strict=True)))
            records[_name(sheet=sheet.title, row=number)] = held
    return records


def _word(path: Path) -> Records:
    texts: list[str] = []
    for block in docx.Document(str(path)).iter_inner_content():
        if hasattr(block, "rows"):
            texts += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            texts.append(block.text)
    return {_name(part=n): {"text": [text]} for n, text in enumerate(texts, 1)}


def _pdf(path: Path) -> Records:
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return {
        _name(page=n): {"text": [text.replace("\r\n", "\n")]} for n, text in enumerate(pages, 1)
    }


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("h1", "p", "tr"):
            self.texts.append("")
        elif tag == "td" and self.texts[-1]:
            self.texts[-1] += "\t"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts[-1] += data


def _html(path: Path) -> Records:
    blocks = _Blocks()
    blocks.feed(path.read_text(encoding="utf-8"))
    return {_name(part=n): {"text": [text]} for n, text in enumerate(blocks.texts, 1)}


def _mail(content: bytes, number: dict[str, int]) -> Records:
    mail = email.message_from_bytes(content, policy=email.policy.default)
    body = mail.get_body(("plain",))
    assert isinstance(mail, email.message.EmailMessage)
    assert body is not None
    header = {name: [str(mail[name]).replace('"', "")] for name in ("From", "To", "Subject")}
    records = {
        _name(**number, part="header"): header,
        _name(**number, part="body"): {"text": [body.get_content()]},
    }
    for part in mail.iter_attachments():
        name = part.get_filename() or ""
        held: dict[str, list[str]] = {"name": [name]}
        for row in _csv(part.get_content(), "cp932").values():
            for field, texts in row.items():
                held.setdefault(field, []).extend(texts)
        records[_name(**number, part=f"attachment:{name}")] = held
    return records


def _zipped(archive: zipfile.ZipFile, member: str) -> Records:
    outer, _, inner = member.partition("!/")
    by_name = {name.encode("cp437").decode("cp932"): name for name in archive.namelist()}
    content = archive.read(by_name[outer])
    return _zipped(zipfile.ZipFile(io.BytesIO(content)), inner) if inner else _csv(content, "cp932")


_READERS: dict[str, Callable[[Path], Records]] = {
    ".csv": _csv_file,
    ".jsonl": _jsonl,
    ".parquet": _parquet,
    ".xlsx": _workbook,
    ".docx": _word,
    ".pdf": _pdf,
    ".html": _html,
    ".eml": _eml,
    ".mbox": _mbox,
    ".log": _text,
    ".txt": _text,
}


# Whether a text is a person's, judged by the identifiers that the truth names.


def _is_of(person: dict[str, Any], place: dict[str, Any], text: str) -> bool:
    entity = place["entity"]
    if entity == "SUBJECT_KEY":
        return text in {str(key["value"]) for key in person["keys"]}
    if entity in _SHAPES:
        return bool(re.fullmatch(_SHAPES[entity], text))
    if entity in _JOINED:
        return text in {value.rpartition("-")[2] for value in person["identifiers"][entity]}
    if entity == "DATE_OF_BIRTH":
        return _day(text) == str(person["birth_date"])
    if entity == "PERSON":
        return _plain(text) in _forms(person)
    if entity == "JP_ADDRESS":
        text = re.sub(r"(\d+)丁目(\d+)番(\d+)号", r"\1-\2-\3", text)
    return _plain(text) in {_plain(value) for value in person["identifiers"][entity]}


def _plain(text: str) -> str:
    """Fold width, case, itaiji, kana, spaces and hyphens."""
    text = usual(unicodedata.normalize("NFKC", text)).casefold()
    text = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)
    return re.sub(r"[\s-]", "", text)


@cache
def _names_of(names: tuple[str, ...]) -> frozenset[str]:
    surnames = {name.split(" ")[0] for name in names[:2]}
    return frozenset(map(_plain, {*names, *surnames}))


def _forms(person: dict[str, Any]) -> frozenset[str]:
    return _names_of(tuple(person["identifiers"]["PERSON"]))


def _day(text: str) -> str:
    era = re.match(r"(明治|大正|昭和|平成|令和|[MTSHR])", text)
    compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
    numbers = compact.groups() if compact else re.findall(r"\d+", text.replace("元年", "1年"))
    year, month, day = map(int, numbers)
    start = {"大": 1912, "T": 1912, "昭": 1926, "S": 1926, "平": 1989, "H": 1989, "令": 2019}
    if era:
        year += start.get(era[0][0], 2019) - 1
    return date(year, month, day).isoformat()
