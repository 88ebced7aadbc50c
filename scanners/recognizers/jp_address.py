"""住所 (postal address): prefecture, municipality, town, block and building, greatest first.

Municipalities are those of 地方自治法 Art. 1-3 and 281, towns those of Japan Post's table, blocks
those of 住居表示に関する法律 Art. 2 or the lots of the land register. The prefecture is often
dropped; in forms the rest stands in several columns. A place alone (東京都, 横浜市) is nobody's
address: it is one with a block behind it, or where a label, a postal code or the line says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import Words
from scanners.finding import Entity, Finding, Strength
from scanners.japanese.address import Address, address_at, addresses, is_piece, town_at, towns
from scanners.japanese.address_form import address_form
from scanners.japanese.latin_address import latin_addresses
from scanners.japanese.places import places
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer
from scanners.recognizers.digits import digits

_LABELS = "住所|所在地|届け?先|配送先|発送先|送付先|送り先|宛先|居所|本籍|転居先|引越し?先|お住まい"
_SUFFIX = re.compile("[市区町村]")
_EVIDENT = re.compile(
    f"[0-9一二三四五六七八九十番*●○■〇×xX都道府県]|[上下入][ルる]|{_LABELS}|address", re.IGNORECASE
)
_LATIN = re.compile("[A-Za-z]{3}")
_NUMBERED = re.compile(f"[0-9](?:{HYPHEN}|[ ][Cc]h[oō]me)")
_MASKED = re.compile(r"[*●○■〇×xX]{2,}")
_LABEL = re.compile(
    rf"(?:{_LABELS}|(?<![a-z])address(?:es)?)"
    r"[0-9]?[ ]{0,2}(?:[:は】\])=\t]|\"[:,])?[ \"]{0,2}",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    rf"(?<![0-9])([0-9]{{3}}{HYPHEN}?[0-9]{{4}})[\s、,:)]{{0,3}}(?:住所[:\s]{{0,2}})?$"
)
_OPENS = re.compile(r"(?:^|[\n\t「『(\[,、。:|\"】])[ ]*$")
_CLOSES = re.compile(
    r"[ ]*(?:$|[\n\t」』)\],、。|\"])|[ ]?(?:に?[在居]住|に(?:お住まい|住所)|[へに]転[居入])"
)
#: How far before an address its postal code or label may begin, and how much of it is compared.
_REACH = 20


class AddressRecognizer(Recognizer):
    """Finds 東京都千代田区千代田1丁目1番1号."""

    ENTITY = Entity.JP_ADDRESS
    KIND = "address"
    STRENGTH = Strength.SHARED
    CONTEXT = (
        "住所",
        "所在地",
        "届け先",
        "送付先",
        "宛先",
        "送り先",
        "発送先",
        "配送先",
        "転居先",
        "居所",
        "在住",
        "本籍",
        "address",
        "〒",
        "郵便番号",
    )
    HEADERS = (
        *("住所", "ご住所", "現住所", "自宅住所", "住所1", "住所2", "居住地", "居所", "本籍"),
        *("本籍地", "送付先住所", "送付先", "届け先", "お届け先", "お届け先住所", "配送先"),
        *("配送先住所", "勤務先住所", "address", "address1", "address2", "addr", "addr1"),
        *("addr2", "streetaddress", "homeaddress", "shippingaddress", "billingaddress", "jusho"),
        *("juusho", "住所漢字", "市区町村番地", "番地", "住民票住所", "登記住所", "実家住所"),
    )
    _number = "[0-9一二三四五六七八九十]"
    PREFILTER = (
        rf"(?s:[市区町村].*(?:{_number}|[上下]|[東西]入|[*●○■〇×]|xx|無番|番外)|[都道府県].*[市区町村]"
        rf"|(?:{_LABELS}|(?i:address)).*(?:{_number}|[市区町村])"
        rf"|{_number}{HYPHEN}?[0-9]{{4}}.*[市区町村]|丁目.*番"
        rf"|[0-9](?:{HYPHEN}| [Cc]h).*[a-z]{{2}}.*,|[a-z]{{2}}.*[0-9](?:{HYPHEN}| [Cc]h).*,)"
    )
    JOINS = True
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find addresses that go down to a block, or that something beside them calls one."""
        text, done = folded.text, 0
        for address, score, *evidence in self._japanese(text):
            if score and address.start >= done:
                done = address.end
                yield self._found(folded, address.start, address.end, score, *evidence)
        if _is_latin(text):
            for start, end in latin_addresses(text):
                yield self._found(folded, start, end, 0.8, "pattern", "dictionary")

    def fits(self, value: str) -> bool:
        """Tell whether the value begins as an address and goes on below the municipality."""
        value = value.strip()
        address = address_at(value)
        if address is None:
            return self._begins_below(value)
        if address.prefecture:
            return address.below < len(value)
        return address.blocked or (address.listed and address.end == len(value) > address.below)

    def knows(self, value: str) -> bool:
        """Tell whether the value fits and goes down to a block, or from a prefecture to a town."""
        value = value.strip()
        address = address_at(value)
        if address is None:
            return self.fits(value) and not is_piece(value)
        return self.fits(value) and (address.prefecture or address.blocked)

    def normal(self, text: str) -> str:
        """Return the address without prefecture and spaces, its blocks joined by hyphens."""
        return address_form(fold(text).text)

    def _japanese(self, text: str) -> Iterator[tuple[Address, float, *tuple[str, ...]]]:
        found = [(one, *self._judge(text, one)) for one in self._named(text)]
        yield from sorted(found, key=lambda each: (each[0].start, -each[0].end))

    def _named(self, text: str) -> Iterator[Address]:
        if _SUFFIX.search(text) and _EVIDENT.search(text):
            yield from addresses(text)
        for match in _LABEL.finditer(text):
            address = town_at(text, match.end())
            if address:
                yield address
        if "丁目" in text:
            yield from towns(text)

    def _judge(self, text: str, address: Address) -> tuple[float, *tuple[str, ...]]:
        ahead = text[max(0, address.start - _REACH) : address.start]
        code = _POSTAL.search(ahead)
        begins = text[address.start : address.start + _REACH]
        agrees = code and places().is_at(digits(code[1]), begins)
        near = self._words.near(text, address.start, address.end, before=20, after=6)
        reasons = (
            *(("dictionary town",) if address.listed else ()),
            *(("postal code agrees",) if agrees else ()),
            *((f"context {near.word}",) if near else ()),
        )
        if address.blocked:
            said = bool(near or agrees)
            return (
                self._blocked(text, address, said=said),
                "pattern",
                "dictionary",
                *reasons,
            )
        return self._unblocked(text, ahead, address, bool(agrees)), "pattern", *reasons

    @staticmethod
    def _blocked(text: str, address: Address, *, said: bool) -> float:
        if not (address.sure or address.listed or address.prefecture or said):
            return 0.0
        # A 丁目 has a thousand houses.
        if text.endswith("丁目", address.start, address.end):
            return 0.8 if said else 0.6
        return (0.85 if address.prefecture or address.listed else 0.75) + (0.1 if said else 0.0)

    @staticmethod
    def _unblocked(text: str, ahead: str, address: Address, agrees: bool) -> float:
        """A place without a block is an address where it is masked, labelled or stands alone."""
        if agrees or _MASKED.match(text, address.end):
            return 0.7
        labelled = [match.end() for match in _LABEL.finditer(ahead)]
        if labelled and labelled[-1] == len(ahead):
            return 0.7
        alone = address.prefecture and address.listed
        opened = _OPENS.search(text, max(0, address.start - 3), address.start)
        closed = _CLOSES.match(text, address.end)
        return 0.5 if alone and opened and closed else 0.0

    @staticmethod
    def _begins_below(value: str) -> bool:
        address = town_at(value)
        if address and (address.sure or address.end == len(value)):
            return address.start == 0
        if is_piece(value):
            return True
        return _is_latin(value) and any(not start for start, _ in latin_addresses(value))


def _is_latin(text: str) -> bool:
    return bool(_LATIN.search(text) and _NUMBERED.search(text))
