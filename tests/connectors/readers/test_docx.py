"""Word documents, made with python-docx and, where it can't, with its XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from connectors.errors import Damaged
from connectors.place import Status
from connectors.readers.base import Gap
from connectors.readers.docx import DocxReader

BOX = f"""<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:t>箱の前</w:t></w:r><w:r><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p>
<w:r><w:t>箱の中</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>
<w:p><w:r><w:t>箱の中</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>"""
CHANGED = f"""<w:p {nsdecls("w")}><w:ins w:id="1" w:author="鈴木一郎"><w:r><w:t>新</w:t></w:r>
</w:ins><w:del w:id="2" w:author="鈴木一郎"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"""
RUBY = f"""<w:p {nsdecls("w")}><w:r><w:ruby><w:rt><w:r><w:t>やまだ</w:t></w:r></w:rt><w:rubyBase>
<w:r><w:t>山田</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>太郎</w:t></w:r></w:p>"""
CONTROL = f"""<w:sdt {nsdecls("w")}><w:sdtContent><w:p><w:r><w:t>入力欄</w:t><w:tab/><w:t>値</w:t>
</w:r></w:p></w:sdtContent></w:sdt>"""


def saved(document: Document) -> bytes:
    """Return the bytes of a document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_body(*xml: str) -> bytes:
    """Return a document whose body is the given XML."""
    document = docx.Document()
    for one in reversed(xml):
        document.element.body.insert(0, parse_xml(one))
    return saved(document)


def test_paragraphs_and_rows_are_numbered_in_document_order(read: Callable[..., Any]) -> None:
    """Paragraphs and table rows count from 1; an empty paragraph counts but yields nothing."""
    document = docx.Document()
    document.add_paragraph("応募書類")
    document.add_paragraph("")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["氏名", "山田太郎", "電話", "03-1234-5678"], strict=True):
        cell.text = text
    document.add_paragraph("以上")
    assert read(DocxReader(), saved(document)).texts() == {
        '{"part":1}': "応募書類",
        '{"part":3}': "氏名\t山田太郎",
        '{"part":4}': "電話\t03-1234-5678",
        '{"part":5}': "以上",
    }


def test_what_stands_beside_the_body_follows_it(read: Callable[..., Any]) -> None:
    """Headers, footers, text boxes and comments are read after the body, each once."""
    document = docx.Document(io.BytesIO(with_body(BOX)))
    document.sections[0].header.paragraphs[0].text = "頭"
    document.sections[0].footer.paragraphs[0].text = "足"
    document.add_comment(document.paragraphs[0].runs[0], "要確認", author="佐藤花子")
    found = read(DocxReader(), saved(document))
    assert list(found.texts().values()) == ["箱の前", "頭", "足", "箱の中", "要確認"]
    assert found.rows[-1][1]["ChangedBy"] == "佐藤花子"


def test_notes_are_read(read: Callable[..., Any]) -> None:
    """Footnotes and endnotes follow what stands beside the body."""
    file = io.BytesIO(with_body())
    with zipfile.ZipFile(file, "a") as package:
        for name in ("footnote", "endnote"):
            note = f"<w:{name} w:id='1'><w:p><w:r><w:t>{name} 山田</w:t></w:r></w:p></w:{name}>"
            package.writestr(f"word/{name}s.xml", f"<w:{name}s {nsdecls('w')}>{note}</w:{name}s>")
    texts = read(DocxReader(), file.getvalue()).texts()
    assert list(texts.values()) == ["footnote 山田", "endnote 山田"]


def test_deleted_text_is_read(read: Callable[..., Any]) -> None:
    """What tracked changes deleted is still in the file, and so is who did it."""
    found = read(DocxReader(), with_body(CHANGED))
    assert found.texts() == {'{"part":1}': "新旧"}
    assert found.rows[-1][1]["ChangedBy"] == "鈴木一郎"


def test_a_name_with_furigana_stays_whole(read: Callable[..., Any]) -> None:
    """The reading above a name follows the paragraph instead of splitting the name."""
    assert read(DocxReader(), with_body(RUBY)).texts() == {'{"part":1}': "山田太郎\nやまだ"}


def test_content_controls_are_read(read: Callable[..., Any]) -> None:
    """What is typed into a form's control is a paragraph like any other."""
    assert read(DocxReader(), with_body(CONTROL)).texts() == {'{"part":1}': "入力欄\t値"}


def test_properties_are_read(read: Callable[..., Any]) -> None:
    """Author and last editor are read as the part ``properties``."""
    document = docx.Document()
    document.core_properties.author = "山田太郎"
    document.core_properties.last_modified_by = "佐藤花子"
    record, values = read(DocxReader(), saved(document)).rows[-1]
    assert record == '{"part":"properties"}'
    assert (values["Author"], values["LastModifiedBy"]) == ("山田太郎", "佐藤花子")


def test_entities_are_not_expanded(read: Callable[..., Any]) -> None:
    """XML that defines entities, as only attacks do, reads no file and explodes into nothing."""
    evil = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "洩れ">]>'
    body = f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>前&x;&y;後</w:t></w:r></w:p>"
    data = _replaced(saved(docx.Document()), evil + body + "</w:body></w:document>")
    assert "洩れ" not in str(read(DocxReader(), data).texts())


def test_embedded_files_are_told(read: Callable[..., Any]) -> None:
    """A workbook inside a document isn't read, which is said."""
    file = io.BytesIO(saved(docx.Document()))
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("word/embeddings/oleObject1.bin", b"x")
    gap = Gap(Status.PARTIAL, "embedded files are not read", units=1)
    assert read(DocxReader(), file.getvalue()).gaps == [gap]


def test_a_password_is_told(read: Callable[..., Any]) -> None:
    """A document under a password is an OLE file with an encrypted package: a gap."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    assert read(DocxReader(), data).gaps == [Gap(Status.SKIPPED, "encrypted")]


@pytest.mark.parametrize("cut", [100, 3000, 20_000])
def test_a_broken_document_is_damaged(cut: int) -> None:
    """A document cut short is damaged."""
    data = saved(docx.Document())[:cut]
    with pytest.raises(Damaged, match="restore"):
        list(DocxReader().read(io.BytesIO(data), "a.docx"))


def _replaced(data: bytes, body: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    return file.getvalue()
