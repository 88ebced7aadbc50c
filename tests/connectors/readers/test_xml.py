"""XML of every encoding, and of those who mean harm."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from connectors.place import Status
from connectors.readers.media import media_type
from connectors.readers.xml import XmlReader

Reading = Callable[..., Any]
BODY = """<顧客一覧 xmlns:a="urn:a">
<顧客 id="7"><a:氏名>髙橋 花子</a:氏名><備考>前<b>中</b>後</備考>
</顧客><顧客 id="8"><a:氏名>山田太郎</a:氏名></顧客></顧客一覧>"""


@pytest.mark.parametrize(
    ("codec", "label"),
    [("cp932", "Shift_JIS"), ("euc-jp", "EUC-JP"), ("utf-8", "UTF-8"), ("utf-16", "UTF-16")],
)
def test_texts(read: Reading, codec: str, label: str) -> None:
    """Texts and attributes are parts under their path, in whatever encoding."""
    body = BODY.replace("髙", "高") if codec == "euc-jp" else BODY
    data = f'<?xml version="1.0" encoding="{label}"?>{body}'.encode(codec)
    assert media_type(io.BytesIO(data), "a.dat") == "application/xml"
    found = read(XmlReader(), data)
    assert [values for _, values in found.rows] == [
        {"顧客@id": "7"},
        {"顧客.氏名": "高橋 花子" if codec == "euc-jp" else "髙橋 花子"},
        {"顧客.備考": "前"},
        {"顧客.備考.b": "中"},
        {"顧客.備考": "後"},
        {"顧客@id": "8"},
        {"顧客.氏名": "山田太郎"},
    ]
    assert found.rows[1][0] == '{"part":2}'
    assert not found.gaps


def test_harm(read: Reading) -> None:
    """Entities read no file and explode into nothing, which is told."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    outside = '<!ENTITY f SYSTEM "file:///etc/hostname">'
    data = f'<?xml version="1.0"?><!DOCTYPE d [{laughs}{outside}]><d><b>&l11;&f;</b></d>'
    found = read(XmlReader(), data.encode())
    assert sum(len(str(row)) for row in found.rows) < 1000
    assert {gap.status for gap in found.gaps} == {Status.PARTIAL}


def test_cut(read: Reading) -> None:
    """A document that breaks off gives what stands before, and says so."""
    data = BODY.encode()
    for size in range(60, len(data), 20):
        found = read(XmlReader(), data[:size])
        assert found.gaps
        assert "山田" not in str(found.gaps)


def test_many_paths(read: Reading) -> None:
    """Paths without end come under one field."""
    data = "<r>" + "".join(f"<p{n}>v</p{n}>" for n in range(1200)) + "</r>"
    fields = {name for _, values in read(XmlReader(), data.encode()).rows for name in values}
    assert len(fields) == 1001
