"""charset: the label mail and HTML put on text, which Japanese software uses loosely.

``Shift_JIS`` is written for what is code page 932, ``ISO-2022-JP`` for text with ``㈱`` in it, and
``us-ascii`` for anything. A label is trusted as far as the bytes fit it; else they decide.
Names: https://encoding.spec.whatwg.org/#names-and-labels
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from connectors import encoding
from connectors.encoding import Codec

_UNLABELLED = ("", "us-ascii", "ascii", "7bit", "8bit", "binary", "unknown-8bit", "none")
_NAMES = {
    Codec.CP932: "shift-jis sjis x-sjis ms-kanji windows-31j cp932 ms932 csshiftjis",
    Codec.ISO_2022_JP: (
        "iso-2022-jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 iso-2022-jp-ms csiso2022jp jis"
        " cp50220 cp50221 cp50222"
    ),
    Codec.EUC_JP: "euc-jp x-euc-jp eucjp eucjp-ms cp51932",
    Codec.UTF_8: "utf-8 utf8 utf-8-sig",
    "utf-7": "utf-7 utf7 unicode-1-1-utf-7 x-unicode-2-0-utf-7",
    "cp949": "ks-c-5601-1987 ksc5601 euc-kr",
    "gb18030": "gb2312 gbk x-gbk",
    "cp1252": "iso-8859-1 latin1 windows-1252",
}
_CUT = re.compile(r"(?:\\x[0-9a-f]{2}){1,3}$")
_ALIASES = {alias: str(name) for name, aliases in _NAMES.items() for alias in aliases.split()}


@dataclass(frozen=True, slots=True, repr=False)
class Labelled:
    """Text, the codec it was really in, how many bytes of it didn't decode, and why that codec.

    No ``repr``.
    """

    text: str
    codec: str
    broken: int
    evidence: str = ""


def decode(data: bytes, label: str | None = None) -> Labelled:
    r"""Decode ``data``; bytes that fit no encoding stay visible as ``\x..``. Never raises.

    >>> decode("髙橋".encode("cp932"), "Shift_JIS").text
    '髙橋'
    """
    codec = known(label)
    if codec is None:
        return _guessed(data)
    labelled = _decoded(data, codec, "its own label")
    return labelled if _fits(labelled) else min(_guessed(data), labelled, key=_broken)


def known(label: str | None) -> str | None:
    """Return the codec a label stands for; ``None`` where it says nothing or nothing known."""
    name = (label or "").strip().strip("\"'").lower().replace("_", "-")
    if name in _UNLABELLED:
        return None
    if name in _ALIASES:
        return _ALIASES[name]
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):  # unknown, or no encoding of text
        return None


def _fits(labelled: Labelled) -> bool:
    if "\x1b$" in labelled.text:
        return False
    if labelled.codec != Codec.UTF_8:
        return not labelled.broken
    # Other encodings seldom make Japanese characters of UTF-8: three vouch for a byte that doesn't
    # decode, and one for the character that a cut leaves at the end.
    whole = sum("\u3000" <= char <= "\u9fff" for char in labelled.text)
    cut = _CUT.search(labelled.text)
    inner = labelled.broken - (len(cut[0]) // len(r"\x00") if cut else 0)
    return not labelled.broken or (whole > 0 and 3 * inner <= whole)


def _guessed(data: bytes) -> Labelled:
    guess = encoding.detect(data[: encoding.HEAD])
    likeliest = _decoded(data[guess.bom :], guess.codec, guess.evidence)
    if not likeliest.broken:
        return likeliest
    # A header or name is a few bytes long, too few for a guess to be sure.
    others = (
        _decoded(data, codec, "fits best") for codec in (Codec.UTF_8, Codec.EUC_JP, Codec.CP932)
    )
    return min(likeliest, *others, key=_broken)


def _decoded(data: bytes, codec: str, evidence: str) -> Labelled:
    text, broken = encoding.decode(data, codec)
    return Labelled(text.removeprefix("\ufeff"), codec, broken, evidence)


def _broken(text: Labelled) -> int:
    return text.broken
