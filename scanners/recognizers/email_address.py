"""メールアドレス (e-mail address), as RFC 5321 writes it and as old carriers handed it out.

docomo and au once issued local parts with dots in a row or before the ``@``, which strict parsers
refuse; those are accepted. A full-width ``＠`` is folded before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.joined import strip
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]"
_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}"
# In a text only the usual characters: = and / and ' stand before an address more often than in it.
_ADDRESS = re.compile(
    rf"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}@{_DOMAIN}(?![A-Za-z0-9-])"
)
_WHOLE = re.compile(rf"{_LOCAL}{{1,64}}@{_DOMAIN}")
#: Asset names such as ``icon@2x.png`` look like addresses.
_ASSET = re.compile(r"@[0-9]+x\.", re.IGNORECASE)


class EmailAddressRecognizer(Recognizer):
    """Finds ``taro.yamada@example.co.jp``."""

    ENTITY = Entity.EMAIL_ADDRESS
    KIND = "email"
    STRENGTH = Strength.UNIQUE
    CONTEXT = ("メール", "メアド", "e-mail", "email", "mail", "宛先", "差出人", "アドレス")
    HEADERS = (
        *("email", "emailaddress", "mail", "mailaddress", "メール", "メールアドレス", "eメール"),
        *("eメールアドレス", "電子メール", "電子メールアドレス", "メアド", "pcメール"),
        *("携帯メール", "連絡先メール", "連絡先メールアドレス", "from", "to", "cc", "bcc"),
        *("replyto",),
    )
    JOINS = True
    PREFILTER = r"[A-Za-z0-9_]@[A-Za-z0-9]|[!#$%&'*+/=?^`{|}~.-]@[A-Za-z0-9]"

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find every address; quotes and brackets around it are left out."""
        if "@" not in folded.text:
            return
        for match in _ADDRESS.finditer(folded.text):
            if not _ASSET.search(match[0]):
                yield self._found(folded, match.start(), match.end(), 0.95, "pattern")

    def fits(self, value: str) -> bool:
        """Tell whether the value is one address and nothing else."""
        return "@" in value and _WHOLE.fullmatch(value.strip()) is not None

    def normal(self, text: str) -> str:
        """Return the address in lower case."""
        return strip(fold(text).text).lower()
