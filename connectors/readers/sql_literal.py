r"""One value of a dump that is no plain string: ``0x41``, ``E'\n'``, ``replace(…)``."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: What a letter after a backslash stands for (MySQL); ``\%`` and ``\_`` stay as they are.
ESCAPED = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"0": b"\0",
    b"Z": b"\x1a",
    b"b": b"\b",
    b'"': b'"',
    b"%": rb"\%",
    b"_": rb"\_",
}
# PostgreSQL's E'…' knows numbers too.
_OF_E = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"v": b"\v"}
_ESCAPE = re.compile(rb"''|\\(.)", re.DOTALL)
_ESCAPE_OF_E = re.compile(
    rb"''|\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", re.DOTALL
)
_HEX = re.compile(rb"0x((?:[0-9a-f]{2})*+)", re.IGNORECASE)
# A string's inside, by whether a backslash escapes in it; 1: in single quotes, 2: in double ones.
_INSIDE = {
    False: rb"'((?:[^']++|'')*+)'|\"((?:[^\"]++|\"\")*+)\"",
    True: rb"'((?:[^'\\]++|\\.|'')*+)'|\"((?:[^\"\\]++|\\.|\"\")*+)\"",
}
_ONE = {escapes: re.compile(inside, re.DOTALL) for escapes, inside in _INSIDE.items()}
# One string, or several one after the other, which are one.
_STRING = {
    escapes: re.compile(
        rb"(_binary|_\w++|[xenb]|U&)?+\s*+((?:(?:%s)\s*+)++)(?:::[^'\"]*+)?+" % inside,
        re.DOTALL | re.IGNORECASE,
    )
    for escapes, inside in _INSIDE.items()
}
_OF_U = re.compile(rb"''|\\(?:([0-9a-f]{4})|\+([0-9a-f]{6})|\\)", re.IGNORECASE)
# How SQLite's own shell writes a string with line ends: one call around the other.
_REPLACE = re.compile(rb"replace\((.*),\s*+'([^']*+)',\s*+char\((\d++)\)\)", re.DOTALL)
_UNISTR = re.compile(rb"unistr\((.*)\)", re.DOTALL)
_CODE = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|\\)")
_TEXT = re.compile(r"[^\x00-\x08\x0e-\x1f\x7f]*+")
_MOST_CALLS = 20


@dataclass(frozen=True, slots=True, repr=False)
class Literal:
    """A value's bytes, and whether they were said to be no text; no ``repr``."""

    value: bytes
    is_binary: bool = False


def literal(text: bytes, *, escapes: bool) -> Literal:
    r"""Return a value; an expression is left as it is written.

    Raises ``ValueError`` or ``OverflowError`` where it is no value:
    bytes of half a digit, a character there isn't.

    >>> literal(b"_binary 'a\\'b'", escapes=True).value
    b"a'b"
    >>> literal(rb"replace('a\nb','\n',char(10))", escapes=False).value
    b'a\nb'
    """
    if found := _HEX.fullmatch(text):
        return Literal(bytes.fromhex(found[1].decode()), is_binary=True)
    text, then = _called(text)
    slashed = escapes or text[:1] in b"eE"
    found = _STRING[slashed].fullmatch(text)
    if found is None:
        return Literal(text)
    kind = (found[1] or b"").lower()
    value = b"".join(
        _inside(kind, *one, escapes=escapes) for one in _ONE[slashed].findall(found[2])
    )
    if kind == b"x":
        return Literal(bytes.fromhex(value.decode("ascii")), is_binary=True)
    for what, by in then:
        value = value.replace(what, by)
    return Literal(value, is_binary=kind == b"_binary")


def unescaped(text: bytes) -> bytes:
    """Undo MySQL's escapes in a string."""
    return _ESCAPE.sub(lambda one: ESCAPED.get(one[1], one[1]) if one[1] else b"'", text)


def blob(value: bytes) -> str:
    """Return bytes as text where they are UTF-8 without control characters, else as hex.

    >>> blob("山田".encode()), blob(bytes([0, 255]))
    ('山田', '00ff')
    """
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return value.hex()
    return text if _TEXT.fullmatch(text) else value.hex()


def _inside(kind: bytes, single: bytes, double: bytes, *, escapes: bool) -> bytes:
    """Undo what is doubled or escaped within one string."""
    if kind == b"e":
        return _ESCAPE_OF_E.sub(_of_e, single or double)
    if kind == b"u&":
        return _OF_U.sub(_of_u, single)
    if escapes:
        return unescaped(single or double)
    return single.replace(b"''", b"'") or double.replace(b'""', b'"')


def _of_u(found: re.Match[bytes]) -> bytes:
    if code := found[1] or found[2]:
        return chr(int(code, 16)).encode("utf-8", "surrogatepass")
    return found[0][:1]


def _of_e(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code is None:
        return b"'"
    if code[:1] in b"uU" and len(code) > 1:
        return chr(int(code[1:], 16)).encode("utf-8", "surrogatepass")
    if code[:1] == b"x" and len(code) > 1:
        return bytes([int(code[1:], 16)])
    if code.isdigit() and code.strip(b"01234567") == b"":
        return bytes([int(code, 8) & 255])
    return _OF_E.get(code, code)


def _called(text: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Take off the calls around a string; return it and what they replace, the innermost first."""
    then: list[tuple[bytes, bytes]] = []
    if found := _UNISTR.fullmatch(text):
        return _CODE.sub(_coded, found[1]), then
    while len(then) < _MOST_CALLS and (found := _REPLACE.fullmatch(text)):
        text = found[1]
        then.insert(0, (found[2], chr(int(found[3]) & 0x7F).encode()))
    return text, then


def _coded(found: re.Match[bytes]) -> bytes:
    return chr(int(found[1], 16)).encode("utf-8", "surrogatepass") if found[1] else b"\\"
