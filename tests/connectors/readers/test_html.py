"""HTML pages, as browsers meet them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from connectors.place import Status
from connectors.readers.base import Gap
from connectors.readers.html import HtmlReader

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>顧客一覧</title>
<meta name="author" content="鈴木一郎"><style>p {{}}</style></head><body>前文 <b>太字</b>の字
<h1>見出し</h1><p>一行<br>二行</p><script>var name = "佐藤";</script><!-- 田中 -->
<ul><li>外<ul><li>内</li></ul></ul>
<table><tr><th>氏名<th>電話</tr><tr><td><p>高橋 花子</p><td>03-1234-5678</table>尾</body></html>"""
PARTS = ["前文 太字の字", "見出し", "一行\n二行", "外", "内"]
PARTS += ["氏名\t電話", "高橋 花子\t03-1234-5678", "尾"]


def texts(read: Callable[..., Any], html: str | bytes) -> list[object]:
    """Return the texts of the parts, which must be numbered from 1."""
    data = html.encode() if isinstance(html, str) else html
    found = read(HtmlReader(), data).texts()
    assert list(found) == [f'{{"part":{number}}}' for number in range(1, len(found) + 1)]
    return list(found.values())


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("utf-8", "utf-8"),
        ("Shift_JIS", "cp932"),
        ("euc-jp", "euc-jp"),
        ("iso-2022-jp", "iso-2022-jp"),
        ("utf-16", "utf-16"),
        ("utf-8", "cp932"),  # the label lies
    ],
)
def test_blocks_are_parts_in_any_encoding(read: Callable[..., Any], label: str, codec: str) -> None:
    """Every block of text is a part; scripts, styles and comments aren't; labels may lie."""
    found = read(HtmlReader(), PAGE.format(charset=label).encode(codec))
    assert list(found.texts().values()) == PARTS
    assert found.rows[-1] == (
        '{"part":"properties"}',
        {"Title": "顧客一覧", "Author": "鈴木一郎"},
    )


def test_layout_tables_are_no_rows(read: Callable[..., Any]) -> None:
    """A row that holds a table is layout: what is in its cells are blocks."""
    html = "<table><tr><td><table><tr><td>a<td>b</table><td><p>c<p>d</table>"
    assert texts(read, html) == ["a\tb", "c", "d"]


def test_a_form_keeps_what_was_typed(read: Callable[..., Any]) -> None:
    """Values of a saved form are read."""
    html = "<form><input value='鈴木一郎'><textarea>備考</textarea><option>男</form>"
    assert texts(read, html) == ["鈴木一郎", "備考", "男"]


def test_mail_links_give_their_address(read: Callable[..., Any]) -> None:
    """The address a link leads to is read where the text doesn't say it."""
    html = "<p><a href='mailto:taro@example.jp?subject=x'>連絡</a>"
    assert texts(read, html) == ["連絡 taro@example.jp"]


def test_lines_of_preformatted_text_stay(read: Callable[..., Any]) -> None:
    """Preformatted text keeps its lines."""
    assert texts(read, "<pre>氏名 山田\n電話 03</pre>") == ["氏名 山田\n電話 03"]


def test_too_deep_a_page_is_told(read: Callable[..., Any]) -> None:
    """A page nested deeper than the parser goes is partly read, and said so."""
    html = "<p>上</p>" + "<div>" * 5000 + "底" + "</div>" * 5000
    found = read(HtmlReader(), html.encode())
    assert found.gaps == [Gap(Status.PARTIAL, "elements nested too deep to be read")]
    assert found.texts() == {'{"part":1}': "上"}


def test_an_empty_page_is_empty(read: Callable[..., Any]) -> None:
    """Nothing in, nothing out."""
    assert texts(read, "") == texts(read, "<html></html>") == texts(read, "<!-- x -->") == []
