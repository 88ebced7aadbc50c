"""電子メール (RFC 5322) in ISO-2022-JP, as Japanese mail programs wrote it for decades.

A message's records are its header, its body and each attachment by name: all rows of an attached
table are one record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from flows.demo.mark import Cell, fitted, join, text
from flows.demo.scribe import Scribe

_CHARSET = "iso-2022-jp"
_BOUNDARY = "----=_sakurado"


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """A CSV file in CP932 that goes with a mail: its name, and its rows, the header first."""

    name: Cell
    rows: Sequence[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """A mail: who writes to whom (name and address), when (RFC 5322), about what, and the body."""

    sender: tuple[Cell, Cell]
    recipient: tuple[Cell, Cell]
    date: str
    subject: Cell
    body: Sequence[Cell]
    attachments: tuple[Attachment, ...] = ()


def write(scribe: Scribe, path: Cell, mail: Mail) -> None:
    """Write one mail (.eml)."""
    with scribe.create(path) as file:
        file.write(_message(mail, text(path)))
    _note(scribe, text(path), mail, {})


def write_mbox(scribe: Scribe, path: Cell, mails: Iterable[Mail]) -> None:
    """Write a mailbox (RFC 4155): mails one after the other; records have ``message``, from 1."""
    with scribe.create(path) as file:
        for number, mail in enumerate(mails, 1):
            file.write(b"From - Tue Oct  1 09:00:00 2024\n")
            file.write(_message(mail, f"{text(path)}/{number}") + b"\n")
            _note(scribe, text(path), mail, {"message": number})


def _message(mail: Mail, place: str) -> bytes:
    body = MIMEText(
        "".join(f"{text(fitted(line, _CHARSET))}\n" for line in mail.body), "plain", _CHARSET
    )
    message: MIMEText | MIMEMultipart = body
    if mail.attachments:
        message = MIMEMultipart(boundary=_BOUNDARY)
        message.attach(body)
        for attachment in mail.attachments:
            message.attach(_attached(attachment))
    message["From"] = _address(mail.sender)
    message["To"] = _address(mail.recipient)
    message["Subject"] = _encoded(mail.subject)
    message["Date"] = mail.date
    message["Message-ID"] = f"<{place.encode().hex()[-24:]}@sakurado.example.co.jp>"
    return message.as_bytes()


def _attached(attachment: Attachment) -> MIMEApplication:
    part = MIMEApplication(_csv(attachment).encode("cp932"), "octet-stream")
    name = text(fitted(attachment.name, _CHARSET))
    part.add_header("Content-Disposition", "attachment", filename=(_CHARSET, "ja", name))
    return part


def _csv(attachment: Attachment) -> str:
    rows = [[text(fitted(cell, "cp932")) for cell in row] for row in attachment.rows]
    return "".join(f"{','.join(row)}\r\n" for row in rows)


def _address(who: tuple[Cell, Cell]) -> str:
    return f"{_encoded(who[0])} <{text(who[1])}>"


def _encoded(cell: Cell) -> str:
    return Header(text(fitted(cell, _CHARSET)), _CHARSET).encode()


def _note(scribe: Scribe, dataset: str, mail: Mail, number: Mapping[str, int]) -> None:
    header = {
        "From": join("", (mail.sender[0], " <", mail.sender[1], ">")),
        "To": join("", (mail.recipient[0], " <", mail.recipient[1], ">")),
        "Subject": mail.subject,
    }
    held = {field: fitted(cell, _CHARSET) for field, cell in header.items()}
    scribe.note(dataset, _record(number, "header"), held)
    body = fitted(join("\n", tuple(mail.body)), _CHARSET)
    scribe.note(dataset, _record(number, "body"), {"text": body})
    for attachment in mail.attachments:
        _note_attached(scribe, dataset, attachment, number)


def _note_attached(
    scribe: Scribe, dataset: str, attachment: Attachment, number: Mapping[str, int]
) -> None:
    name = fitted(attachment.name, _CHARSET)
    scribe.name(dataset, name)
    record = _record(number, f"attachment:{text(name)}")
    scribe.note(dataset, record, {"name": name})
    fields, *rows = attachment.rows
    for row in rows:
        cells = (fitted(cell, "cp932") for cell in row)
        scribe.note(dataset, record, dict(zip(map(text, fields), cells, strict=True)))


def _record(number: Mapping[str, int], part: str) -> str:
    return json.dumps({**number, "part": part}, ensure_ascii=False, separators=(",", ":"))
