"""A sealed name: the name of a place (file, sheet, key) that holds a person's identifier.

``山田太郎_履歴書.docx`` is data about 山田太郎, yet it is needed to find the file again. So it is
kept as ``{"enc":"…"}``: AES-SIV (RFC 5297), deterministic so that equal names stay equal, under a
key apart. It is shown masked and opened only for a request or a review.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from reports.errors import WrongKey

_HEAD, _TAIL = '{"enc":"', '"}'
_STARS = "＊＊＊"
#: A suffix says what a file is; anything longer or not ASCII could be a name.
_SUFFIX = re.compile(r"(\.[A-Za-z0-9]{1,5}){1,2}$")
#: Numbers that say where in a file a record lies; every other number could be a person's.
_POSITIONS = frozenset({"row", "line", "page", "part", "message", "n", "rowid"})
#: Parts of a record's name that are names of files.
_FILES = frozenset({"file", "part"})


def is_sealed(name: str) -> bool:
    """Tell whether a name of a place is sealed."""
    return name.startswith(_HEAD) and name.endswith(_TAIL)


class Seal:
    """Seals and opens names under one key of 64 bytes."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(key)

    def seal(self, name: str) -> str:
        """Return the name sealed; a sealed name stays as it is. Equal names give equal seals."""
        if is_sealed(name) or not name:
            return name
        closed = self._cipher.encrypt(name.encode(), None)
        return _HEAD + urlsafe_b64encode(closed).decode() + _TAIL

    def unseal(self, name: str) -> str:
        """Return the plain name; raise ``WrongKey`` where another key sealed it."""
        if not is_sealed(name):
            return name
        try:
            closed = urlsafe_b64decode(name[len(_HEAD) : -len(_TAIL)])
            return self._cipher.decrypt(closed, None).decode()
        except (InvalidTag, ValueError):
            raise WrongKey(
                "A name was sealed under another key: use the key this inventory was made with."
            ) from None

    def shown(self, name: str, *, opened: bool = False) -> str:
        """Return the name as it may be shown: masked if sealed, unless ``opened``."""
        if not is_sealed(name):
            return name
        plain = self.unseal(name)
        return plain if opened else masked_name(plain)


def masked_name(name: str) -> str:
    """Return a sealed name's masked form: of each part its first character, and the suffix.

    >>> masked_name("人事/山田太郎_履歴書.docx")
    '人＊＊＊/山＊＊＊.docx'
    >>> masked_name('{"pk":{"email":"taro@example.jp"}}')
    '{"pk":{"email":"t＊＊＊"}}'
    """
    if not name.startswith("{"):
        return "/".join(_masked_part(part) for part in name.split("/"))
    try:
        record = json.loads(name)
    except ValueError:
        return _masked_part(name)
    return json.dumps(_masked_value("", record), ensure_ascii=False, separators=(",", ":"))


def _masked_part(part: str) -> str:
    suffix = _SUFFIX.search(part)
    return part[:1] + _STARS + (suffix.group() if suffix and suffix.start() else "")


def _masked_value(name: str, value: object) -> object:
    if isinstance(value, dict):
        return {key: _masked_value(key, item) for key, item in value.items()}
    if isinstance(value, str):
        return _masked_text(name, value)
    return value if value is None or name in _POSITIONS else _STARS


def _masked_text(name: str, value: str) -> str:
    if name not in _FILES:
        return value[:1] + _STARS
    head, colon, file = value.rpartition(":")  # attachment:NAME
    return head + colon + masked_name(file)
