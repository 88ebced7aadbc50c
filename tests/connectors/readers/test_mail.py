"""Mail, made with Python's ``email`` where it makes such mail, else by hand; and real mail."""

from __future__ import annotations

import io
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from pyzipper import WZ_AES, AESZipFile

from connectors.errors import Damaged
from connectors.place import Status
from connectors.readers.base import Gap
from connectors.readers.mail import EmlReader
from connectors.readers.mbox import MboxReader

HEADER, BODY = '{"part":"header"}', '{"part":"body"}'


def mail(**headers: str) -> EmailMessage:
    """Return a mail with some headers."""
    message = EmailMessage()
    message["From"] = "山田太郎 <taro@example.jp>"
    message["Subject"] = "名簿の件"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def japanese(subject: str = "名簿の件", body: str = "佐藤様\n名簿です。") -> bytes:
    """Return a mail as Japanese mailers of 2005 sent it."""
    message = mail()
    message.set_content(body, charset="iso-2022-jp")
    message.replace_header("Subject", subject)
    return bytes(message)


def test_header_and_body_are_parts(read: Callable[..., Any]) -> None:
    """The header is one row with a column a header; the body is text."""
    found = read(EmlReader(), japanese())
    assert found.rows == [
        (HEADER, {"From": "山田太郎 <taro@example.jp>", "Subject": "名簿の件"}),
        (BODY, {"text": "佐藤様\n名簿です。\n"}),
    ]
    assert found.gaps == []


def test_machines_ids_are_left_out(read: Callable[..., Any]) -> None:
    """Message ids look like addresses and are none; repeated headers are kept, one a line."""
    head = "message-id: <x@y.jp>\nreceived: for <a@b.jp>\nReceived: for <c@d.jp>\nX-TO: e@f.jp\n\n"
    assert read(EmlReader(), head.encode()).rows == [
        (HEADER, {"Received": "for <a@b.jp>\nfor <c@d.jp>", "X-To": "e@f.jp"})
    ]


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("Shift_JIS", "cp932", "髙橋㈱"),
        ("iso-2022-jp", "iso-2022-jp", "山田"),
        ("iso-2022-jp", "iso2022_jp_ext", "ﾔﾏﾀﾞ"),
        ("euc-jp", "euc-jp", "山田"),
        ("utf-7", "utf-7", "山田"),
        ("us-ascii", "cp932", "山田太郎"),
        ("utf-8", "cp932", "山田太郎"),
        ("", "utf-8", "山田"),
    ],
)
def test_bodies_come_out_readable(
    read: Callable[..., Any], label: str, codec: str, text: str
) -> None:
    """A body is read by its label where that fits, else by its bytes."""
    head = f"From: a@b.jp\nContent-Type: text/plain; charset={label}\n\n".encode()
    assert read(EmlReader(), head + text.encode(codec)).texts() == {BODY: text}


def test_html_adds_what_plain_text_lacks(read: Callable[..., Any]) -> None:
    """Of two versions of a body, what both say is read once and what one says isn't lost."""
    message = mail()
    message.set_content("山田様\n本文です")
    message.add_alternative("<p>山田 様</p><p>本文です</p><p>担当 佐藤</p>", subtype="html")
    assert read(EmlReader(), bytes(message)).texts() == {BODY: "山田様\n本文です\n\n担当 佐藤"}


def test_an_attached_table_keeps_its_columns(read: Callable[..., Any]) -> None:
    """Rows of an attached CSV have its columns and, all of them, the attachment's name."""
    message = mail()
    message.set_content("本文")
    table = "氏名,電話\n山田太郎,03-1234-5678\n佐藤花子,06-1234-5678\n".encode("cp932")
    message.add_attachment(table, "text", "csv", filename="名簿.csv")
    found = read(EmlReader(), bytes(message))
    record = '{"part":"attachment:名簿.csv"}'
    assert found.rows[-3:] == [
        (record, {"name": "名簿.csv"}),
        (record, {"氏名": "山田太郎", "電話": "03-1234-5678"}),
        (record, {"氏名": "佐藤花子", "電話": "06-1234-5678"}),
    ]


def test_attachments_of_one_name_are_told_apart(read: Callable[..., Any]) -> None:
    """The second attachment of a name gets ``#2``; one without a name its number in the mail."""
    message = mail()
    message.set_content("本文")
    for text in ("一", "二"):
        message.add_attachment(f"<p>{text}</p>", subtype="html", filename="a.html")
    message.add_attachment("<p>三</p>", subtype="html")
    assert list(read(EmlReader(), bytes(message)).texts().items())[1:] == [
        ('{"part":"attachment:a.html"}', "一"),
        ('{"part":"attachment:a.html#2"}', "二"),
        ('{"part":"attachment:4"}', "三"),
    ]


def test_a_forwarded_mail_is_read(read: Callable[..., Any]) -> None:
    """A mail within a mail is an attachment, header and body."""
    inner = mail(To="佐藤花子 <hanako@example.jp>")
    inner.set_content("中")
    outer = mail()
    outer.set_content("外")
    outer.add_attachment(inner)
    found = read(EmlReader(), bytes(outer))
    inside = [values for record, values in found.rows if record == '{"part":"attachment:2"}']
    assert inside[0]["To"] == "佐藤花子 <hanako@example.jp>"
    assert inside[1]["text"].strip() == "中"


def test_mails_within_mails_have_an_end(read: Callable[..., Any]) -> None:
    """Mails nested too deep are told instead of followed."""
    message = mail()
    message.set_content("底")
    for _ in range(6):
        outer = mail()
        outer.set_content("殻")
        outer.add_attachment(message)
        message = outer
    gaps = read(EmlReader(), bytes(message)).gaps
    assert gaps == [Gap(Status.SKIPPED, "mails within mails more than 4 deep", 1)]


def test_what_no_reader_reads_is_told(read: Callable[..., Any]) -> None:
    """Pictures, archives and encrypted mail are gaps, counted; their names are read."""
    locked = io.BytesIO()
    with AESZipFile(locked, "w", encryption=WZ_AES) as archive:
        archive.setpassword(b"p")
        archive.writestr("a.csv", "x")
    message = mail()
    message.set_content("本文")
    message.add_attachment(b"\x89PNG\r\n\x1a\n", "image", "png", filename="山田太郎.png")
    message.add_attachment(locked.getvalue(), "application", "zip", filename="名簿.zip")
    message.add_attachment(b"0\x82", "application", "pkcs7-mime", filename="smime.p7m")
    found = read(EmlReader(), bytes(message))
    assert [values["name"] for _, values in found.rows[2:]] == [
        "山田太郎.png",
        "名簿.zip",
        "a.csv",
        "smime.p7m",
    ]
    assert found.gaps == [
        Gap(Status.SKIPPED, "attachment: needs OCR", 1),
        Gap(Status.SKIPPED, "attachment: encrypted", 2),
    ]


def test_a_damaged_transfer_gives_what_it_can(read: Callable[..., Any]) -> None:
    """Of broken base64 what decodes is read, and the rest told."""
    head = b"From: a@b.jp\nContent-Type: text/plain; charset=utf-8\n"
    broken = head + b"Content-Transfer-Encoding: base64\n\n5bGx55Sw*!*5aSq6Y\n"
    found = read(EmlReader(), broken)
    assert found.texts()[BODY].startswith("山田太")
    reason = "mail part damaged in transfer: what decodes was read"
    assert found.gaps == [Gap(Status.PARTIAL, reason, 1)]


def test_a_mail_without_its_boundary_is_read(read: Callable[..., Any]) -> None:
    """A multipart whose boundary was lost is read as the text it is."""
    data = b"From: a@b.jp\nContent-Type: multipart/mixed; boundary=x\n\n" + "山田".encode()
    assert read(EmlReader(), data).texts() == {BODY: "山田"}


def test_what_is_no_mail_is_damaged() -> None:
    """Bytes without a header are no mail."""
    with pytest.raises(Damaged, match="isn't a mail"):
        list(EmlReader().read(io.BytesIO(b"\0\1\2"), "a.eml"))


def test_a_folder_of_mail_numbers_its_messages(read: Callable[..., Any]) -> None:
    """Each message has its number first; a line of prose that begins with From parts nothing."""
    line = b"From taro@example.jp Thu Sep 18 17:54:04 2008\n"
    raw = b"From \xe9@b.jp Thu Sep 18 17:54:04 2008\nTo: x\n\n"
    assert read(MboxReader(), raw).rows[0][1]["To"] == "x"
    first, second = japanese(), japanese("再送", "前略\n\nFrom here on at 10:00\n")
    found = read(MboxReader(), line + first + b"\n" + line + second)
    assert [record for record, _ in found.rows] == [
        '{"message":1,"part":"header"}',
        '{"message":1,"part":"body"}',
        '{"message":2,"part":"header"}',
        '{"message":2,"part":"body"}',
    ]
    assert found.rows[2][1]["Subject"] == "再送"
    assert found.rows[2][1]["Envelope-From"] == "taro@example.jp"
    assert "From here on" in str(found.rows[3][1]["text"])


def test_real_mail_comes_out_readable(read: Callable[..., Any], shared_data: Path) -> None:
    """Every mail of the open data is read without a gap, and nothing in it stays encoded."""
    mails = sorted((shared_data / "ja-mail").rglob("*.eml"))
    assert len(mails) > 100
    for path in mails:
        found = read(EmlReader(), path.read_bytes(), path.name)
        assert found.rows[0][0] == HEADER, path.name
        assert found.gaps == [], path.name
        text = "".join(str(value) for _, values in found.rows for value in values.values())
        assert not any(sign in text for sign in ("\ufffd", "=?", "\x1b", "\\x")), path.name


def test_a_real_folder_of_mail(read: Callable[..., Any], shared_data: Path) -> None:
    """The mbox of the open data has the 37 messages that its From lines count."""
    data = (shared_data / "ja-mail/sisimai/mailbox/mbox-0").read_bytes()
    found = read(MboxReader(), data)
    headers = [record for record, _ in found.rows if record.endswith('"part":"header"}')]
    assert headers[-1] == '{"message":37,"part":"header"}'
    assert len(headers) == 37
