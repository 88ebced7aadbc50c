"""Mail headers (RFC 5322, RFC 2047, RFC 2231) as Japanese mailers really write them.

The rules say: encoded words in ASCII, names of attachments as RFC 2231 parameters. What arrives
also has 8-bit text in no stated encoding, ISO-2022-JP without encoding, a character split over
two encoded words, base64 without padding, and encoded words inside quotes or as file names.

>>> decode("=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <taro@example.jp>")
'山田 <taro@example.jp>'
>>> parameters("attachment; filename*=utf-8'ja'%E5%90%8D%E7%B0%BF.csv")["filename"]
'名簿.csv'
"""

from __future__ import annotations

import base64
import quopri
import re
from itertools import groupby
from urllib.parse import unquote_to_bytes

from connectors.readers import charset

_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_WORD = re.compile(r"=\?([^?\s]+)\?([bq])\?([^?]*)\?=", re.IGNORECASE)
_WORDS = re.compile(rf"{_WORD.pattern}(?:\s*{_WORD.pattern})*", re.IGNORECASE)
_PARAMETER = re.compile(r""";\s*([^\s=;]+)\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)""")
_SECTION = re.compile(r"([^*]+)(?:\*(\d+))?(\*)?$")
_QUOTED = re.compile(r'\\(["\\])')
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


def decode(raw: str) -> str:
    """Return a header's text on one line; ``raw`` holds undecodable bytes as surrogates."""
    return decode_words(_FOLD.sub(" ", _bytes_decoded(raw))).strip()


def decode_words(text: str) -> str:
    """Decode the encoded words in a text, such as a body that quotes headers."""
    return _WORDS.sub(lambda run: _run(run[0]), text) if "=?" in text else text


def parameters(raw: str) -> dict[str, str]:
    """Return the parameters of Content-Type or Content-Disposition, by name in lower case."""
    line = _FOLD.sub(" ", _bytes_decoded(raw))
    found = [(match[1].lower(), _unquote(match[2])) for match in _PARAMETER.finditer(line)]
    sections = [(_SECTION.match(name), value) for name, value in found]
    whole: dict[str, list[tuple[int, bool, str]]] = {}
    for section, value in sections:
        if section:
            one = (int(section[2] or 0), bool(section[3]), value)
            whole.setdefault(section[1], []).append(one)
    return {name: _joined(sorted(values)) for name, values in whole.items()}


def base64_decoded(data: bytes) -> tuple[bytes, bool]:
    """Decode what can be decoded; the flag tells whether something couldn't."""
    quantum = 4
    text = b"".join(data.split())
    runs = [run for run in text.split(b"=") if run]
    clean = [_NOT_BASE64.sub(b"", run) for run in runs]
    # A single character left over holds six bits, which is no byte.
    whole = [run[:-1] if len(run) % quantum == 1 else run for run in clean]
    decoded = b"".join(base64.b64decode(run + b"=" * (-len(run) % quantum)) for run in whole)
    return decoded, whole != runs


def _bytes_decoded(raw: str) -> str:
    if raw.isascii() and "\x1b" not in raw:
        return raw
    return charset.decode(raw.encode("utf-8", "surrogateescape")).text


def _run(run: str) -> str:
    words = [(word[1].partition("*")[0].lower(), _word(word)) for word in _WORD.finditer(run)]
    same = groupby(words, key=lambda word: word[0])
    return "".join(
        charset.decode(b"".join(data for _, data in some), label).text for label, some in same
    )


def _word(word: re.Match[str]) -> bytes:
    payload = word[3].encode("utf-8", "surrogateescape")
    if word[2] in "bB":
        return base64_decoded(payload)[0]
    return quopri.decodestring(payload, header=True)


def _unquote(value: str) -> str:
    value = value.strip()
    if value.startswith('"'):
        return _QUOTED.sub(r"\1", value.strip('"'))
    return value


def _joined(sections: list[tuple[int, bool, str]]) -> str:
    if not any(encoded for _, encoded, _ in sections):
        return decode("".join(value for _, _, value in sections))
    data = b"".join(_bytes(value, encoded=encoded) for _, encoded, value in sections)
    # charset'language'text, of which mailers leave out the first two and their quotes.
    label, quote, rest = data.partition(b"'")
    if not quote or b"'" not in rest:
        return charset.decode(data).text
    return charset.decode(rest.partition(b"'")[2], label.decode("ascii", "replace")).text


def _bytes(value: str, *, encoded: bool) -> bytes:
    data = value.encode("utf-8", "surrogateescape")
    return unquote_to_bytes(data) if encoded else data
