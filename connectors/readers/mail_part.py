"""MIME part (RFC 2045, 2046): a leaf of a message's tree, with its bytes, name and place.

Parts are numbered as IMAP does (RFC 3501 §6.4.5): ``2.1`` is the first part within the second.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from connectors.readers import mail_header

_BROKEN_QUOTED = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*\Z)")
_TOKEN = re.compile(r"\s*\"?([\w.+/-]+)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True, repr=False)
class Leaf:
    """A part that holds no parts; ``name`` is a file's, or "". ``message`` is a message within.

    ``broken`` tells that the transfer encoding was damaged and only some of it decoded.
    """

    section: str
    media_type: str
    name: str
    label: str
    attached: bool
    content: bytes
    broken: bool
    message: Message | None = None


def raw_headers(message: Message) -> Iterator[tuple[str, str]]:
    """Yield names and undecoded values, bytes beyond ASCII kept as surrogates."""
    for name, value in message.raw_items():
        yield name, str(value)


def leaves(message: Message, section: str = "") -> Iterator[Leaf]:
    """Yield the leaves of a message in order."""
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield _leaf(message, section or "1")
        return
    for number, child in enumerate(_children(message), 1):
        yield from leaves(child, f"{section}.{number}".lstrip("."))


def _leaf(message: Message, section: str) -> Leaf:
    headers = {name.lower(): value for name, value in reversed(list(raw_headers(message)))}
    disposition = headers.get("content-disposition", "")
    declared = headers.get("content-type", "")
    name = (
        mail_header.parameters(disposition).get("filename")
        or mail_header.parameters(declared).get("name")
        or ""
    )
    content, broken = _content(message, headers.get("content-transfer-encoding", ""))
    return Leaf(
        section,
        message.get_content_type(),
        _CONTROL.sub(" ", name).strip(),
        mail_header.parameters(declared).get("charset", ""),
        _token(disposition) == "attachment",
        content,
        broken,
        _within(message),
    )


def _within(message: Message) -> Message | None:
    is_mail = message.get_content_type() in ("message/rfc822", "message/global")
    return next(iter(_children(message)), None) if is_mail else None


def _children(message: Message) -> list[Message]:
    payload = message.get_payload() if message.is_multipart() else []
    return [child for child in payload if isinstance(child, Message)]


def _content(message: Message, transfer: str) -> tuple[bytes, bool]:
    if message.is_multipart():
        # A delivery status: groups of headers, which the parser takes for messages.
        lines = (
            f"{name}: {value}" for child in _children(message) for name, value in raw_headers(child)
        )
        return "\n".join(lines).encode("utf-8", "surrogateescape"), False
    # Without the header, the payload comes as the bytes it is.
    del message["Content-Transfer-Encoding"]
    raw = message.get_payload(decode=True)
    return _transferred(raw if isinstance(raw, bytes) else b"", _token(transfer))


def _transferred(raw: bytes, transfer: str) -> tuple[bytes, bool]:
    if transfer == "base64":
        return mail_header.base64_decoded(raw)
    if transfer == "quoted-printable":
        return quopri.decodestring(raw), _BROKEN_QUOTED.search(raw) is not None
    if transfer in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return _uudecoded(raw)
    return raw, False


def _uudecoded(raw: bytes) -> tuple[bytes, bool]:
    lines = raw.splitlines()
    body = [line for line in lines if line and not line.startswith((b"begin ", b"end"))]
    decoded = []
    for line in body:
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            return b"".join(decoded), True
    return b"".join(decoded), False


def _token(value: str) -> str:
    token = _TOKEN.match(value)
    return token[1].lower() if token else ""
