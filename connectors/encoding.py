"""文字コード: which character encoding some bytes are in, with the reason for believing so.

Files in Japan come in UTF-8 (with one byte order mark, with two, with none), in CP932 (what
Windows calls Shift_JIS, with 髙 and ① that Shift_JIS proper lacks), in EUC-JP, in ISO-2022-JP
(mail) and in UTF-16 (Excel's "Unicode text"). ``shift_jis`` is never used: it refuses names that
every Windows machine writes. EUC-JP and ISO-2022-JP get the vendors' rows 13 and 89-92 from CP932
too. Sources: JIS X 0208, RFC 1468, https://encoding.spec.whatwg.org/#legacy-multi-byte-japanese-encodings
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum

from connectors.kept import KEEP, show_kept

#: How much of a file's beginning is looked at.
HEAD = 1 << 17

_UTF8_BOM = re.compile(rb"(?:\xef\xbb\xbf)+")
_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_JIS_ESCAPE = re.compile(rb"\x1b(?:\$[@B(]|\([IJ])")
_KANA_KANJI_UTF8 = re.compile(rb"(?:[\xe2-\xe9][\x80-\xbf]{2}|\xef[\xbc-\xbe][\x80-\xbf])")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_PAIR_EUC = re.compile(rb"\x8e[\xa1-\xdf]|\x8f[\xa1-\xfe]{2}|[\xa1-\xfe]{2}")
_EVERYDAY_EUC = re.compile(rb"[\xa1-\xa8\xad\xb0-\xcf][\xa1-\xfe]")


class Codec(StrEnum):
    """The encodings known by rule; others may come from ``charset-normalizer`` by name."""

    ASCII = "ascii"
    UTF_8 = "utf-8"
    CP932 = "cp932"
    EUC_JP = "euc-jp"
    ISO_2022_JP = "iso-2022-jp"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, how many bytes of byte order marks come first, and why it was chosen.

    ``ascii`` means: nothing seen so far contradicts ASCII, so what comes later decides.
    """

    codec: str
    bom: int
    evidence: str


def detect(head: bytes) -> Guess:
    """Tell the encoding of the text that begins with ``head``; a cut last character is fine.

    >>> print(detect("氏名,住所".encode("cp932")).codec)
    cp932
    """
    return _by_mark(head) or _by_zeros(head) or _by_escape(head) or _by_validity(head)


def decode(data: bytes, codec: str) -> tuple[str, int]:
    r"""Decode ``data``; bytes that can't be decoded stay visible as ``\x..`` and are counted.

    >>> decode(b"\x8eR\x93", "cp932")
    ('山\\x93', 1)
    """
    return show_kept(data.decode(python_codec(codec), KEEP))


def incremental(codec: str) -> codecs.IncrementalDecoder:
    """Return a decoder that keeps its state, for encodings that can't be cut at a line's end."""
    return codecs.getincrementaldecoder(python_codec(codec))(errors=KEEP)


def python_codec(codec: str) -> str:
    """Name Python's codec; its ``iso2022_jp_ext`` also knows half-width kana."""
    return "iso2022_jp_ext" if codec == Codec.ISO_2022_JP else codec


def _by_mark(head: bytes) -> Guess | None:
    if mark := _UTF8_BOM.match(head):
        times = f", {mark.end() // 3} times" if mark.end() > len(codecs.BOM_UTF8) else ""
        return Guess(Codec.UTF_8, mark.end(), f"byte order mark{times}")
    for mark_bytes, codec in _WIDE_BOMS:
        if head.startswith(mark_bytes):
            return Guess(codec, len(mark_bytes), "byte order mark")
    return None


def _by_zeros(head: bytes) -> Guess | None:
    """UTF-16 without a mark: ASCII and line ends leave zero bytes at every other place."""
    if b"\0" not in head or _is_narrow(head):
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 50 or min(even, odd) * 4 > max(even, odd):
        return None
    codec = Codec.UTF_16_LE if odd > even else Codec.UTF_16_BE
    text = head[: len(head) // 2 * 2].decode(codec, "replace")
    if (text.count("\ufffd") + text.count("\0")) * 50 > len(text):
        return None
    return Guess(codec, 0, "zero bytes at every other place")


def _is_narrow(head: bytes) -> bool:
    """Tell whether it is text of single bytes but for some zeros, as a power cut leaves them.

    UTF-16 read as CP932 is 3 % wrong at least (3,968 sentences), CP932 hardly ever.
    """
    if head.count(0) * 4 >= len(head):
        return False
    bare = head.replace(b"\0", b"")
    if _is_utf8(bare):
        return True
    text, bad = decode(bare, Codec.CP932)
    wrong = bad + len(_CONTROL.findall(text))
    return wrong * 50 < len(text) or _by_everyday_kanji(bare) is not None


def _by_escape(head: bytes) -> Guess | None:
    if _HIGH.search(head) is None and _JIS_ESCAPE.search(head):
        return Guess(Codec.ISO_2022_JP, 0, "escape sequences")
    return None


def _by_validity(head: bytes) -> Guess:
    high = len(_HIGH.findall(head))
    if not high:
        return Guess(Codec.ASCII, 0, "only ASCII so far")
    if _is_utf8(head):
        return Guess(Codec.UTF_8, 0, "valid UTF-8")
    if 3 * len(_KANA_KANJI_UTF8.findall(head)) * 2 > high:
        return Guess(Codec.UTF_8, 0, "mostly valid UTF-8")
    return _by_everyday_kanji(head) or _by_few_errors(head, high)


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _by_everyday_kanji(head: bytes) -> Guess | None:
    """EUC-JP: it decodes, and to kana and JIS level 1 kanji; CP932 half-width kana wouldn't."""
    pairs = _PAIR_EUC.findall(head)
    everyday = sum(map(bool, map(_EVERYDAY_EUC.match, pairs)))
    if everyday * 10 < len(pairs) * 9:  # told before decoding: every error there costs a call
        return None
    text, bad = decode(head, Codec.EUC_JP)
    if bad * 100 > len(text) or bad > len(pairs) // 20 + 1:
        return None
    return Guess(Codec.EUC_JP, 0, f"{everyday} of {len(pairs)} pairs are kana or everyday kanji")


def _by_few_errors(head: bytes, high: int) -> Guess:
    bad = decode(head, Codec.CP932)[1]
    if bad * 10 <= high or high < 30:  # noqa: PLR2004  # too few bytes for a statistical guess
        return Guess(Codec.CP932, 0, f"{high - bad} of {high} bytes above ASCII fit CP932")
    from charset_normalizer import from_bytes

    best = from_bytes(head[: 1 << 15]).best()
    if best is None:
        return Guess(Codec.CP932, 0, "nothing fits better")
    return Guess(best.encoding, 0, "resembles it most by charset-normalizer")
