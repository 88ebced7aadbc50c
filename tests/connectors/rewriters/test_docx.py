"""Word documents, written again: which parts are empty, and that all else keeps its bytes."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.change import Why
from tests.connectors.readers.test_docx import BOX, CHANGED, CONTROL, RUBY, saved
from tests.rewriting import Values, records, rewritten

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TEXT = re.compile(rb"(<w:(t|delText)(?: [^>]*)?>)[^<]*(?=</w:)")


def _document() -> bytes:
    """Write one with everything that has a number: texts, tables, boxes, headers, comments."""
    document = docx.Document()
    document.core_properties.author = "著者"
    document.add_paragraph("応募書類 <山田太郎>")
    document.add_paragraph("")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["氏名", "山田花子", "電話", "03-1234-5678"], strict=True):
        cell.text = text
    for xml in (BOX, CHANGED, RUBY, CONTROL):
        document.element.body.insert(0, parse_xml(xml))
    document.sections[0].header.paragraphs[0].text = "社外秘 佐藤"
    said = document.add_paragraph("髙橋")
    document.add_comment(said.runs, text="髙橋さんは休職中", author="鈴木", initials="s")
    return saved(document)


DATA = _document()
NAMES = [name for name, _ in records(DOCX, DATA) if name[8:9].isdigit()]


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(NAMES), min_size=1))
def test_parts_are_empty_and_all_else_stays(names: set[str]) -> None:
    """The reader finds every other part as it was, under its number; only texts lose bytes."""
    new, done = rewritten(DOCX, DATA, dict.fromkeys(names))
    assert not done.refused
    assert records(DOCX, new) == [each for each in records(DOCX, DATA) if each[0] not in names]
    assert done.rows == len(records(DOCX, new))
    before, after = _parts(DATA), _parts(new)
    assert list(before) == list(after)
    for name, part in before.items():
        assert _TEXT.sub(rb"\1", part) == _TEXT.sub(rb"\1", after[name])


def test_what_is_emptied_is_nowhere() -> None:
    """A box's text goes from its copy for older programs too, 振り仮名 with its name."""
    found = {str(values["text"]): name for name, values in records(DOCX, DATA) if "text" in values}
    wanted = [name for text, name in found.items() if re.search("箱の中|やまだ|休職|佐藤", text)]
    assert len(wanted) == 4
    new, done = rewritten(DOCX, DATA, {name: {"text": None} for name in wanted})
    assert not done.refused
    everything = b"".join(_parts(new).values()).decode(errors="replace")
    assert not re.search("箱の中|やまだ|休職|佐藤", everything)
    assert "箱の前" in everything


def test_copies_are_told() -> None:
    """Where a link or the properties still hold what was emptied, the receipt says so."""
    document = docx.Document()
    document.core_properties.title = "taro@example.jp 宛"
    document.add_paragraph("taro@example.jp")
    document.part.relate_to("mailto:taro@example.jp", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _, done = rewritten(DOCX, saved(document), {'{"part":1}': None})
    assert "a link still holds the old value" in done.sentence
    assert "the file's properties still holds the old value" in done.sentence
    assert "taro" not in done.sentence


@pytest.mark.parametrize(
    ("record", "values", "why"),
    [
        ('{"part":99}', None, Why.GONE),
        ('{"part":"properties"}', None, Why.BY_HAND),
        (NAMES[0], {"text": "新しい"}, Why.WRONG_TYPE),
    ],
)
def test_refused(record: str, values: Values | None, why: Why) -> None:
    """What can't be done is told with its reason, and nothing is written."""
    new, done = rewritten(DOCX, DATA, {record: values})
    assert ([each.why for each in done.refused], new) == ([why], b"")
