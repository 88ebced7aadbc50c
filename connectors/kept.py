"""Bytes that no encoding explains: kept in the text, so that nothing vanishes in silence.

Under the error handler :data:`KEEP` such bytes become U+DC00 and more, and :func:`show_kept` shows
them. Python's EUC-JP and ISO-2022-JP lack the vendors' rows 13 and 89-92 (①, 髙), which CP932 has:
the handler takes those from there. Source: JIS X 0208 Annex 1; https://encoding.spec.whatwg.org/
"""

from __future__ import annotations

import codecs
import re

#: The error handler's name.
KEEP = "shozai-keep"

_KEPT = re.compile("[\udc00-\udcff]")


def show_kept(text: str) -> tuple[str, int]:
    r"""Turn bytes kept by the error handler into ``\x..``; return the text and their number."""
    return _KEPT.subn(lambda kept: f"\\x{ord(kept[0]) - 0xDC00:02x}", text)


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Try the vendors' characters, else keep the bytes as U+DC00 + byte for :func:`show_kept`."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if vendor := _vendor_character(error):
        return vendor, error.start + 2
    kept = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in kept), error.end


def _vendor_character(error: UnicodeDecodeError) -> str | None:
    """Rows 13 and 89-92, which CP932 has and Python's EUC-JP and ISO-2022-JP lack."""
    pair = error.object[error.start : error.start + 2]
    shift = {"euc_jp": 0x80, "iso2022_jp_ext": 0}.get(error.encoding)
    if shift is None or len(pair) < 2:  # noqa: PLR2004  # a pair
        return None
    row, cell = pair[0] - shift, pair[1] - shift
    if row not in {0x2D, 0x79, 0x7A, 0x7B, 0x7C} or not 0x21 <= cell <= 0x7E:  # noqa: PLR2004
        return None
    return bytes(_shifted(row, cell)).decode("cp932", "ignore") or None


def _shifted(row: int, cell: int) -> tuple[int, int]:
    """JIS X 0208 Annex 1: the shifted code of a row and cell given as 7-bit bytes."""
    lead = (row - 0x21) // 2 + (0x81 if row <= 0x5E else 0xC1)  # noqa: PLR2004
    if row % 2 == 0:
        return lead, cell + 0x7E
    return lead, cell + (0x1F if cell < 0x60 else 0x20)  # noqa: PLR2004


codecs.register_error(KEEP, _keep)
