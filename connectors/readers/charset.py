"""文字コード (character codes) of Japanese text: what a label promises, what was really written.

JIS X 0208 (日本産業標準調査会) gives each kanji a row and a cell; ISO-2022-JP (RFC 1468), EUC-JP
and Shift_JIS are three ways to write them down. Japanese software writes more than those labels
allow: ``㈱``, ``①`` and ``髙`` lie in rows that only Microsoft's code page 932 knows, in all three
ways of writing. So ``Shift_JIS`` is read as ``cp932``, and the other two through the same table.

>>> decode("髙橋".encode("cp932"), "Shift_JIS").text
'髙橋'
>>> decode("佐藤".encode("euc_jp")).encoding
'euc-jp'
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

_UNLABELLED = ("", "us-ascii", "ascii", "7bit", "8bit", "binary", "unknown-8bit", "none")
_NAMES = {
    "cp932": "shift-jis sjis x-sjis ms-kanji windows-31j cp932 ms932 csshiftjis",
    "iso-2022-jp": (
        "iso-2022-jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 iso-2022-jp-ms csiso2022jp jis"
        " cp50220 cp50221 cp50222"
    ),
    "euc-jp": "euc-jp x-euc-jp eucjp eucjp-ms cp51932",
    "utf-8": "utf-8 utf8 utf-8-sig",
    "utf-7": "utf-7 utf7 unicode-1-1-utf-7 x-unicode-2-0-utf-7",
    "cp949": "ks-c-5601-1987 ksc5601 euc-kr",
    "gb18030": "gb2312 gbk x-gbk",
}
_ALIASES = {alias: name for name, aliases in _NAMES.items() for alias in aliases.split()}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPE = re.compile(rb"\x1b(\$\([DOPQ@B]|\$[@AB]|\([BJIHT]|&@)")
_KANA = re.compile(rb"[\x21-\x5f]")
_KANJI = re.compile(rb"[\x21-\x7e]{2}")
_KANJI_HIGH = re.compile(rb"[\xa1-\xfe]{2}")
_EUC = re.compile(rb"\x8f[\xa1-\xfe]{2}|\x8e[\xa1-\xdf]|[\xa1-\xfe]{2}")


@dataclass(frozen=True, slots=True, repr=False)
class Decoded:
    """Text and the encoding it was really in; ``broken`` counts what had to be given up."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes, label: str | None = None) -> Decoded:
    """Decode ``data``, trusting ``label`` only as far as it fits; never raises."""
    encoding = _encoding(label)
    if encoding is None:
        return guess(data)
    labelled = _attempt(data, encoding)
    if not labelled.broken and not _hides_escapes(labelled.text, encoding):
        return labelled
    return min(labelled, guess(data), key=_doubt)


def guess(data: bytes) -> Decoded:
    """Decode ``data`` that nobody labelled; Japanese is what is expected."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _attempt(data, encoding)
    if _ESCAPE.search(data):
        return _attempt(data, "iso-2022-jp")
    unicode = _attempt(data, "utf-8")
    if not unicode.broken:
        return unicode
    return min(unicode, _attempt(data, "cp932"), _attempt(data, "euc-jp"), key=_doubt)


def _encoding(label: str | None) -> str | None:
    name = (label or "").strip().strip("\"'").lower().replace("_", "-")
    if name in _UNLABELLED:
        return None
    if name in _ALIASES:
        return _ALIASES[name]
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return known.name if known._is_text_encoding else None  # noqa: SLF001  # no public question


def _attempt(data: bytes, encoding: str) -> Decoded:
    special = _SPECIAL.get(encoding)
    text = special(data) if special else data.decode(encoding, errors="replace")
    text = text.lstrip("\ufeff")
    return Decoded(text, encoding, text.count("\ufffd"))


def _hides_escapes(text: str, encoding: str) -> bool:
    return encoding != "iso-2022-jp" and "\x1b$" in text


def _doubt(decoded: Decoded) -> float:
    # EUC-JP read as Shift_JIS turns into half-width kana; the reverse into rare kanji and errors.
    text = decoded.text
    halfwidth = sum("\uff61" <= char <= "\uff9f" for char in text)
    rare = sum("\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f" for char in text)
    plain = sum("\u3040" <= char <= "\u30ff" for char in text)
    return 10 * decoded.broken + 2 * rare + halfwidth - plain / 2 + 5 * ("\x1b$" in text)


def _iso_2022_jp(data: bytes) -> str:
    pieces = _ESCAPE.split(data)
    out = [_cp932(pieces[0])]
    for mode, segment in zip(pieces[1::2], pieces[2::2], strict=True):
        out.append(_segment(mode, segment))
    return "".join(out)


def _segment(mode: bytes, segment: bytes) -> str:
    if mode.startswith(b"("):
        return _kana(segment) if mode == b"(I" else _cp932(segment)
    if mode == b"&@":
        return _cp932(segment)
    # A line end without the closing escape goes back to ASCII, as a mail cut short needs it.
    kanji, newline, rest = segment.partition(b"\n")
    read = _supplement if mode == b"$(D" else _rows
    return read(kanji) + (newline + rest).decode("cp932", errors="replace")


def _kana(segment: bytes) -> str:
    return _cp932(_KANA.sub(lambda seven: bytes((seven[0][0] | 0x80,)), segment))


def _rows(segment: bytes) -> str:
    shifted = _KANJI.sub(lambda pair: _shift(pair[0][0], pair[0][1]), segment)
    return _cp932(shifted)


def _supplement(segment: bytes) -> str:
    high = bytes(byte | 0x80 for byte in segment)
    return _KANJI_HIGH.sub(b"\x8f\\g<0>", high).decode("euc_jp", errors="replace")


def _euc_jp(data: bytes) -> str:
    try:
        return data.decode("euc_jp")
    except UnicodeDecodeError:
        return _EUC.sub(_euc_to_utf8, data).decode("utf-8", errors="replace")


def _euc_to_utf8(match: re.Match[bytes]) -> bytes:
    code = match[0]
    if code[0] == 0x8F:  # noqa: PLR2004  # single shift three: JIS X 0212
        text = code.decode("euc_jp", errors="replace")
    elif code[0] == 0x8E:  # noqa: PLR2004  # single shift two: half-width kana
        text = _cp932(code[1:])
    else:
        text = _cp932(_shift(code[0] & 0x7F, code[1] & 0x7F))
    return text.encode()


def _shift(row: int, cell: int) -> bytes:
    """Write a JIS row and cell (0x21-0x7E each) in Shift_JIS."""
    # JIS X 0208:1997, appendix 1: two rows share a lead byte, 0x7F is left out of the trail bytes.
    pair, second = divmod(row - 0x21, 2)
    lead = pair + (0x81 if pair < 31 else 0xC1)  # noqa: PLR2004
    trail = cell + 0x7E if second else cell + (0x1F if cell < 0x60 else 0x20)  # noqa: PLR2004
    return bytes((lead, trail))


def _cp932(data: bytes) -> str:
    return data.decode("cp932", errors="replace")


_SPECIAL: dict[str, Callable[[bytes], str]] = {"iso-2022-jp": _iso_2022_jp, "euc-jp": _euc_jp}
