r"""The head of a dump: whether a file is one, of which dialect, and in which encoding.

What a dump says of itself counts (``SET NAMES``, ``SET client_encoding``) as far as its bytes fit
it. ``SET NAMES latin1`` doesn't: old servers kept any bytes under that name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import BinaryIO

from connectors import encoding
from connectors.encoding import Codec, Guess, decode
from connectors.readers.sql_grammar import Grammar, grammar
from connectors.readers.sql_window import Window, opened

MEDIA_TYPE = "application/sql"
#: What pg_dump writes for pg_restore alone.
CUSTOM = "application/x-pg-dump"
CUSTOM_MAGIC = b"PGDMP"

# Nothing goes back over what it has matched: any text is looked at.
_STARTS = re.compile(
    r"\ufeff?+(?:\s++|--[^\n]*+\n|/\*(?!!)(?:[^*]++|\*(?!/))*+\*/|#[^\n]*+\n"
    r"|\\(?:un)?restrict [^\n]*+\n)*+"
    r"(?:/\*!|\\connect\b|(?:CREATE|INSERT|REPLACE|DROP|SET|BEGIN|START|PRAGMA|USE|LOCK|ALTER|COPY"
    r"|TRUNCATE|DELETE|SELECT|GO)\b)",
    re.IGNORECASE,
)
_ROWS = re.compile(
    r"^[ \t]*+(?:CREATE\s++(?:\w++\s++){0,3}?TABLE\s++(?:IF\s++NOT\s++EXISTS\s++)?+[^\s;(]"
    r"[^;()]{0,300}+[;(]"
    r"|(?:INSERT|REPLACE)\s++(?:\w++\s++){0,3}?INTO\s++[^\s;]"
    r"[^;]{0,8192}?\bVALUES?\s*+\("
    r"|COPY\s++\S[^;]{0,8192}?\sFROM\s++stdin\s*+;)",
    re.IGNORECASE | re.MULTILINE,
)
_DUMPED = re.compile(
    r"\ufeff?+(?:\s++|/\*M?+!999999\\- enable the sandbox mode \*/|--[ \t]*+\r?\n)*+"
    r"-- (?:PostgreSQL database (?:cluster )?dump|(?:MySQL|MariaDB) dump)"
)
_MYSQL = re.compile(
    rb"^-- (?:MySQL|MariaDB) dump|/\*!\d{5}|\bENGINE\s*=|\b(?:INTO|TABLE)\s+`|"
    rb"\bstandard_conforming_strings\s*(?:=|TO)\s*off|[^'\\]\\'[^,)']",
    re.MULTILINE | re.IGNORECASE,
)
_CLEAR = re.compile(
    rb"^-- PostgreSQL database|^PRAGMA |standard_conforming_strings = on", re.MULTILINE
)
_GO = re.compile(rb"^GO[ \t]*+\r?$", re.MULTILINE | re.IGNORECASE)
_NAMES = re.compile(
    rb"^[^\n'-]*\b(?:SET\s+NAMES\s+'?(\w+)|SET\s+client_encoding\s*(?:=|TO)\s*'?([\w-]+))",
    re.MULTILINE | re.IGNORECASE,
)
_MIXED = (Codec.CP932, Codec.EUC_JP)
_ROW = re.compile(rb"^(?:INSERT\b[^\n]*?\bVALUES\b|\()[^\n]*+", re.MULTILINE)
_HIGH = re.compile(rb"[\x80-\xff]")
_CODECS = {
    "utf8": Codec.UTF_8,
    "utf8mb3": Codec.UTF_8,
    "utf8mb4": Codec.UTF_8,
    "unicode": Codec.UTF_8,
    "sjis": Codec.CP932,
    "cp932": Codec.CP932,
    "shift_jis": Codec.CP932,
    "ujis": Codec.EUC_JP,
    "eucjpms": Codec.EUC_JP,
    "euc_jp": Codec.EUC_JP,
}
# Of so many bytes above ASCII one may be of a photograph.
_FEW = 20


@dataclass(frozen=True, slots=True)
class Head:
    """What the head tells; ``is_mixed`` that names are in UTF-8 and values in another encoding."""

    guess: Guess
    grammar: Grammar
    is_mixed: bool = False

    def opened(self, file: BinaryIO, start: int = 0) -> Window:
        """Open the dump at a place that an earlier window told, or at its first character."""
        return opened(file, self.guess, start, is_mixed=self.is_mixed)


def is_dump(text: str) -> bool:
    """Tell whether a file that begins with ``text`` is a dump or a script that fills tables."""
    return bool(_DUMPED.match(text) or (_STARTS.match(text) and _ROWS.search(text)))


def head(file: BinaryIO) -> Head:
    """Look at the first 128 KiB."""
    file.seek(0)
    data = file.read(encoding.HEAD)
    guess = _declared(data, encoding.detect(data))
    plain = (
        data if guess.codec in (Codec.UTF_8, Codec.ASCII) else decode(data, guess.codec)[0].encode()
    )
    escapes = bool(_MYSQL.search(plain)) and not _CLEAR.search(plain)
    found = grammar(escapes=escapes, goes=bool(_GO.search(plain)))
    return Head(guess, found, escapes and guess.codec in _MIXED)


def _declared(data: bytes, guess: Guess) -> Guess:
    found = _NAMES.search(data)
    if found is None or guess.bom:
        return guess
    codec = _CODECS.get((found[1] or found[2]).decode().lower())
    if codec is None:
        return guess
    if codec in _MIXED and _MYSQL.search(data):
        data = b"".join(_ROW.findall(data))
    if decode(data, codec)[1] * _FEW > len(_HIGH.findall(data)):
        return guess
    return replace(
        guess, codec=codec, evidence=f"it says so: {' '.join(found[0].decode().split())}"
    )
