"""Passwords: files locked by real packers and Office's own encryption, opened from a list."""

from __future__ import annotations

import contextlib
import io
import subprocess
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import pyzipper
from msoffcrypto.format.ooxml import OOXMLFile
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from connectors.errors import Damaged
from connectors.options import Options
from connectors.place import Status
from connectors.readers import reader_for
from connectors.readers.archive import members
from connectors.readers.base import Gap
from connectors.readers.media import media_type
from connectors.readers.member import Member, Sealed

SHUT = Gap(Status.SKIPPED, "encrypted: no password of the list opens it")
RIGHT = Options(passwords=("違う", "パス2024"))
WRONG = Options(passwords=("違う",))
WORD = "パス2024"
Reading = Callable[..., Any]


def workbook(password: str) -> bytes:
    """Return an encrypted workbook with one name."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["番号", "氏名"])
    book.active.append([1, "山田太郎"])
    plain, locked = io.BytesIO(), io.BytesIO()
    book.save(plain)
    OOXMLFile(plain).encrypt(password, locked)
    return locked.getvalue()


def zipped(password: str | bytes, encryption: int | None = pyzipper.WZ_AES) -> bytes:
    """Return a ZIP of one locked CSV."""
    file = io.BytesIO()
    with pyzipper.AESZipFile(
        file, "w", compression=pyzipper.ZIP_DEFLATED, encryption=encryption
    ) as archive:
        archive.setpassword(password if isinstance(password, bytes) else password.encode())
        archive.writestr("名簿.csv", "番号,氏名\r\n1,山田太郎\r\n")
    return file.getvalue()


@pytest.mark.parametrize("hint", ["名簿.xlsx", "名簿"])
def test_office(read: Reading, hint: str) -> None:
    """An Office file opens with one of the list, and is then known by its bytes."""
    data = workbook(WORD)
    kind = media_type(io.BytesIO(data), hint)
    opened = reader_for(kind, RIGHT)
    assert "山田太郎" in str(read(opened, data, hint).rows)
    assert [each.name for each in opened.layout(io.BytesIO(data), hint).fields] == [
        "Sheet!番号",
        "Sheet!氏名",
    ]
    assert read(reader_for(kind, WRONG), data, hint).gaps == [SHUT]
    assert read(reader_for(kind), data, hint).gaps == [Gap(Status.SKIPPED, "encrypted")]


def test_excels_own_password(read: Reading) -> None:
    """A workbook that Excel opens without asking is read without a list."""
    data = workbook("VelvetSweatshop")
    assert "山田太郎" in str(read(reader_for(media_type(io.BytesIO(data), "a.xlsx")), data).rows)


def test_a_damaged_office_file_is_told() -> None:
    """An encrypted file cut short is damaged or stays shut, whatever its libraries raise."""
    data = workbook(WORD)
    for size in range(600, len(data), 2100):
        file = io.BytesIO(data[:size])
        reader = reader_for("application/x-office-locked", RIGHT)
        with contextlib.suppress(Damaged):
            assert all(isinstance(each, Gap) for each in reader.read(file, "a.xlsx"))


@pytest.mark.parametrize("strength", [40, 128])
def test_pdf(read: Reading, strength: int) -> None:
    """A PDF opens with one of the list, whichever its encryption."""
    file = io.BytesIO()
    drawing = canvas.Canvas(file, encrypt=StandardEncryption("secret", "own", strength=strength))
    drawing.drawString(72, 700, "Taro Yamada")
    drawing.save()
    options = Options(passwords=("違う", "wrong", "secret"))
    texts = read(reader_for("application/pdf", options), file.getvalue()).texts()
    assert texts == {'{"page":1}': "Taro Yamada"}
    assert read(reader_for("application/pdf", WRONG), file.getvalue()).gaps == [SHUT]


@pytest.mark.parametrize("password", [WORD, WORD.encode("cp932")])
def test_zip(password: str | bytes) -> None:
    """A locked ZIP opens member by member; Japanese passwords in either encoding."""
    [member] = members(io.BytesIO(zipped(password)), RIGHT.passwords)
    assert isinstance(member, Member)
    with member.open() as file:
        assert "山田太郎" in file.read().decode()
    [sealed] = members(io.BytesIO(zipped(password)), WRONG.passwords)
    assert isinstance(sealed, Sealed)
    assert sealed.gap == SHUT


def test_the_old_encryption_of_zip(tmp_path: Path) -> None:
    """ZipCrypto, made by Info-ZIP, opens; of many wrong passwords none that passes at first."""
    (tmp_path / "a.csv").write_text("番号,氏名\n1,山田太郎\n")
    try:
        subprocess.run(["zip", "-qP", "right", "a.zip", "a.csv"], cwd=tmp_path, check=True)
    except FileNotFoundError:
        pytest.skip("zip isn't installed: apt install zip")
    wrong = [f"wrong{number}" for number in range(600)]
    data = (tmp_path / "a.zip").read_bytes()
    [member] = members(io.BytesIO(data), [*wrong, "right"])
    assert isinstance(member, Member)
    with member.open() as file:
        assert "山田太郎" in file.read().decode()


def test_a_locked_zip_in_a_mail(read: Reading) -> None:
    """A mail's archive is read with the list, under the attachment's name."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.jp", "b@example.jp", "名簿"
    message.set_content("本文")
    message.add_attachment(zipped(WORD), "application", "zip", filename="名簿.zip")
    record = '{"part":"attachment:名簿.zip"}'
    rows = read(reader_for("message/rfc822", RIGHT), bytes(message)).rows
    assert (record, {"番号": "1", "氏名": "山田太郎"}) in rows
    assert (record, {"name": "名簿.csv"}) in rows
    gaps = read(reader_for("message/rfc822", WRONG), bytes(message)).gaps
    assert gaps == [Gap(Status.SKIPPED, f"attachment: {SHUT.reason}", 1)]
