"""IPアドレス (IP address) of a machine: RFC 791 (four numbers up to 255), RFC 4291 (eight groups).

It stands for a connection and so, with a log beside it, often for a person; alone it is weak. What
is taken, and what not:

- Public addresses: a home's or a telephone's. Private ones (RFC 1918, RFC 6598, fc00::/7) are taken
  too, but believed less: inside a company one stands for one desk.
- Not taken, since nobody sits there: loopback, unspecified, link-local, multicast, broadcast and
  reserved ones (netmasks), whole networks (10.0.0.0/8), the public resolvers 8.8.8.8 and 1.1.1.1.
- The ranges of documentation (RFC 5737, RFC 3849) are dummies.
- Numbers of versions and chapters (Ver. 1.2.3.4, 第1.2.3.4項) have the same shape: a word before
  says so, and four numbers under 20 are believed only where a word says that they are an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from spacy.tokens import Doc

from scanners.context import Words
from scanners.finding import Entity, Finding, Strength
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer

_FOUR = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
_GROUP = r"[0-9A-Fa-f]{0,4}"
_EIGHT = rf"{_GROUP}(?::{_GROUP}){{1,6}}:{_FOUR}|{_GROUP}(?::{_GROUP}){{3,7}}"
_ADDRESS = re.compile(
    rf"(?<![0-9A-Za-z._-])(?:(?<![0-9]:){_FOUR}|(?<![0-9A-Fa-f:]:)(?:{_EIGHT}))"
    r"(?![0-9A-Za-z_]|[.:][0-9A-Fa-f]{1,4}[.:]|\.[0-9])"
)
_PORT = re.compile(r"(?<=[0-9]):[0-9]{1,5}\Z")
_NETWORK = re.compile(r"/(?:[0-9]|[12][0-9]|3[01])(?![0-9])")
_NUMBERED = re.compile(
    r"(?:(?<![a-z])(?:ver|version|v|rev|release|build|firmware|fw|update|rc|chapter|section|sec)"
    r"|バージョン|版|リリース|ビルド|ファームウェア|第|章|節|項|§)[ .:=_/-]{0,3}$"
)
_PACKAGE = re.compile(r"[a-z]{2}(?:==|[/_-])$")
#: Four numbers below this may count chapters.
_CHAPTERS = 20
_RESOLVERS = frozenset({"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9"})
#: RFC 6598: what a provider's customers share.
_SHARED = (IPv4Address("100.64.0.0"), IPv4Address("100.127.255.255"))
_DOCUMENTED = re.compile(r"192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:")


class IpAddressRecognizer(Recognizer):
    """Finds ``203.180.10.5`` and ``2400:4051:1:2::5``."""

    ENTITY = Entity.IP_ADDRESS
    KIND = "ip"
    STRENGTH = Strength.WEAK
    CONTEXT = (
        *("ipアドレス", "ip", "アクセス元", "接続元", "送信元", "発信元", "接続先", "client"),
        *("remote_addr", "remote", "x-forwarded-for", "host", "from", "address", "addr", "peer"),
        *("ログイン元", "ホスト", "端末", "ipv4", "ipv6"),
    )
    HEADERS = (
        *("ip", "ipaddress", "ipaddr", "ipアドレス", "clientip", "clientaddress", "remoteip"),
        *("remoteaddr", "remoteaddress", "remotehost", "sourceip", "srcip", "sourceipaddress"),
        *("destinationip", "destip", "dstip", "peerip", "userip", "loginip", "lastip"),
        *("ipv4", "ipv6", "ipv4address", "ipv6address", "xforwardedfor", "接続元", "接続元ip"),
        *("接続元ipアドレス", "送信元ip", "送信元ipアドレス", "アクセス元", "アクセス元ip"),
        *("アクセス元ipアドレス", "ログイン元ip", "発信元ip", "アイピーアドレス"),
    )
    PREFILTER = r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find addresses at which somebody can sit; versions and networks are left."""
        for match in _ADDRESS.finditer(folded.text):
            address = _read(match[0])
            if address is None or _is_counted(folded.text, match):
                continue
            near = self._words.near(folded.text, match.start(), match.end())
            if near is None and _is_chapter(match[0]):
                continue
            evidence = ("pattern", *((f"context {near.word}",) if near else ()))
            score = _score(address, named=near is not None)
            yield self._found(folded, match.start(), match.end(), score, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is one address, perhaps with a port."""
        return _alone(value) is not None

    def normal(self, text: str) -> str:
        """Return the shortest form (RFC 5952); an IPv4 address inside IPv6 as the former."""
        folded = fold(text).text.strip()
        address = _alone(folded, any_=True)
        return str(address) if address else folded

    def knows(self, value: str) -> bool:
        """Tell whether nothing but an address looks so: one that counts no chapters."""
        return self.fits(value) and not _is_chapter(value.strip())


def _alone(value: str, *, any_: bool = False) -> IPv4Address | IPv6Address | None:
    value = value.strip().strip("[]")
    plain = _PORT.sub("", value) if "." in value and value.count(":") == 1 else value
    return _parsed(plain) if any_ else _read(plain)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        # A zone (%eth0) is of the machine that wrote it.
        return address.ipv4_mapped or IPv6Address(int(address))
    return address


def _read(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address at which somebody can sit, or ``None``."""
    address = _parsed(text)
    if address is None or text in _RESOLVERS or "%" in text:
        return None
    if _DOCUMENTED.match(str(address)):
        return address
    nobody = (
        *(address.is_loopback, address.is_unspecified, address.is_multicast),
        *(address.is_link_local, address.is_reserved, str(address).startswith("0.")),
    )
    return None if any(nobody) else address


def _score(address: IPv4Address | IPv6Address, *, named: bool) -> float:
    shared = isinstance(address, IPv4Address) and _SHARED[0] <= address <= _SHARED[1]
    believed = 0.5 if address.is_private or shared else 0.7
    return believed + 0.15 * named


def _is_counted(text: str, match: re.Match[str]) -> bool:
    """Tell whether what stands around says that it is a version, a chapter or a network."""
    before = text[max(0, match.start() - 16) : match.start()].lower()
    behind = bool(_NETWORK.match(text, match.end()))
    return behind or bool(_NUMBERED.search(before) or _PACKAGE.search(before))


def _is_chapter(text: str) -> bool:
    return "." in text and ":" not in text and max(map(int, text.split("."))) < _CHAPTERS
