"""電子メール (mail, RFC 5322 and MIME, RFC 2045): one message, as .eml, and what is attached.

A message is read as the part ``header`` (one row, a column a header), the part ``body`` (its plain
text, then what only its HTML says) and its attachments, each read as the file it is. The name of
an attachment is read too, as the field ``name``. Forwarded and returned messages are attachments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from mimetypes import guess_extension
from typing import BinaryIO

from connectors.errors import Damaged
from connectors.options import PLAIN, Options
from connectors.place import Status
from connectors.readers import attachment, charset, html, mail_header
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.mail_part import Leaf, leaves, raw_headers
from connectors.readers.member import distinct
from connectors.readers.parts import Part, pieces, place

MEDIA_TYPE = "message/rfc822"
LARGEST = 128 * 1024 * 1024
DEPTH = 4

Name = Callable[[str], str]

_HEAD = 64 * 1024
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:From [^\n]*\n)?(?:>?[!-9;-~]+[ \t]*:)")
_ENVELOPE = re.compile(r"From (\S+@\S+)")
# Headers in which machines talk to machines: no person, and ids that look like addresses.
_MACHINES = re.compile(
    r"content-|arc-|dkim-|domainkey-|mime-version|message-id|in-reply-to|references|x-mailer"
    r"|user-agent|resent-message-id|x-ms-exchange-|x-google-dkim-|thread-index",
    re.IGNORECASE,
)
_PROSE = re.compile(r"message/|text/(?!html|csv|tab)")
# A signature beside a mail holds its sender's certificate, whose name and address stand in From.
_SIGNATURES = (
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
)
_ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")


class EmlReader:
    """Reads one message: records ``{"part":"header"}``, ``"body"``, ``"attachment:NAME"``."""

    def __init__(self, options: Options = PLAIN) -> None:
        self._options = options

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Check that it begins with a header; the fields of a mail only reading tells."""
        if not _BEGINS.match(file.read(_HEAD)):
            raise Damaged("This isn't a mail: no header comes first; restore or remove it.")
        return Layout(MEDIA_TYPE)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Yield header and body, then each attachment, then what couldn't be read."""
        data = file.read(LARGEST + 1)
        if not _BEGINS.match(data):
            raise Damaged("This isn't a mail: no header comes first; restore or remove it.")
        parts = message_parts(data, lambda part: place(part=part), self._options)
        yield from pieces(counted(parts))


def message_parts(
    data: bytes, name: Name, options: Options = PLAIN
) -> Iterator[Part | Piece | Gap]:
    """Read one message; ``name`` makes a record's name from that of a part."""
    if len(data) > LARGEST:
        yield Gap(Status.PARTIAL, f"mail larger than {LARGEST >> 20} MiB: its end was not read")
    message = message_from_bytes(data[:LARGEST].lstrip(b"\xef\xbb\xbf\r\n\t "), policy=compat32)
    yield from _parts(message, name, options, DEPTH)


def counted(parts: Iterable[Part | Piece | Gap]) -> Iterator[Part | Piece | Gap]:
    """Hold gaps back and yield each kind once at the end, with how many there were."""
    gaps: Counter[tuple[Status, str]] = Counter()
    for part in parts:
        if isinstance(part, Gap):
            gaps[part.status, part.reason] += part.units or 1
        else:
            yield part
    for (status, reason), units in gaps.items():
        yield Gap(status, reason, units)


def _parts(
    message: Message, name: Name, options: Options, depth: int
) -> Iterator[Part | Piece | Gap]:
    if headers := _headers(message):
        yield Part(name("header"), headers)
    found = list(leaves(message))
    if text := _text([leaf for leaf in found if _is_body(leaf)]):
        yield Part(name("body"), {"text": text})
    attached = [leaf for leaf in found if not _is_body(leaf)]
    for leaf, title in zip(attached, distinct(_title(leaf) for leaf in attached), strict=True):
        yield from _attached(leaf, name(f"attachment:{title}"), options, depth)
    for _ in filter(lambda leaf: leaf.broken, found):
        yield Gap(Status.PARTIAL, "mail part damaged in transfer: what decodes was read")


def _headers(message: Message) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    if sender := _ENVELOPE.match(mail_header.decode(message.get_unixfrom() or "")):
        found["Envelope-From"] = [sender[1]]
    for name, value in raw_headers(message):
        if not _MACHINES.match(name) and (text := mail_header.decode(value)):
            found.setdefault(_canonical(name), []).append(text)
    return {name: "\n".join(values) for name, values in found.items()}


def _canonical(name: str) -> str:
    return "-".join(word.capitalize() for word in name.split("-"))


def _is_body(leaf: Leaf) -> bool:
    if leaf.attached or leaf.name or leaf.message:
        return False
    # A multipart that is a leaf lost its boundaries, so its text stands there as it is.
    return leaf.media_type in ("text/plain", "text/html") or leaf.media_type.startswith("multipart")


def _text(body: list[Leaf]) -> str:
    plain = [_decoded(leaf) for leaf in body if leaf.media_type != "text/html"]
    said = "".join("".join(plain).split())
    for leaf in body:
        if leaf.media_type == "text/html":
            plain += [text for text in html.blocks(_decoded(leaf)) if _squeezed(text) not in said]
    return "\n".join(text for text in plain if text.strip())


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _decoded(leaf: Leaf) -> str:
    text = charset.decode(leaf.content, leaf.label).text.replace("\r\n", "\n")
    return mail_header.decode_words(text)


def _title(leaf: Leaf) -> str:
    return leaf.name or leaf.section


def _attached(
    leaf: Leaf, record: str, options: Options, depth: int
) -> Iterator[Part | Piece | Gap]:
    if leaf.name:
        yield Part(record, {"name": leaf.name})
    if leaf.media_type in _ENCRYPTED:
        yield Gap(Status.SKIPPED, "attachment: encrypted")
    elif leaf.message and not depth:
        yield Gap(Status.SKIPPED, f"mails within mails more than {DEPTH} deep")
    elif leaf.message:
        yield from _parts(leaf.message, lambda _: record, options, depth - 1)
    elif leaf.media_type == "text/rfc822-headers":
        yield Part(record, _headers(message_from_bytes(leaf.content, policy=compat32)))
    elif not leaf.name and _PROSE.match(leaf.media_type):
        yield Part(record, {"text": _decoded(leaf)})
    elif leaf.media_type not in _SIGNATURES:
        yield from attachment.read(leaf.content, _hint(leaf), record, options)


def _hint(leaf: Leaf) -> str:
    return leaf.name or f"part{guess_extension(leaf.media_type) or ''}"
