"""住所 (postal address): prefecture, municipality, town, block and building, greatest first.

The prefecture is often dropped. A municipality alone is a place; with a block behind it, or with
its prefecture, it is an address. Styles of blocks: 1丁目2番3号, 1-2-3, 一丁目二番三号, 1ノ2,
1番地の2; Hokkaido counts 条, Kyoto names streets (上ル, 下ル).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.context import Words
from scanners.finding import Entity, Finding, Strength
from scanners.japanese.gazetteer import PREFECTURES, gazetteer
from scanners.japanese.itaiji import fold_itaiji, strip_selectors
from scanners.normalize import HYPHEN, Folded, fold
from scanners.recognizers.base import Recognizer

_PREFECTURE = "|".join(PREFECTURES)
_LETTER = "[\u3005\u30a1-\u30faー\u3400-\u9fff\U00020000-\U0002ffff]"
_KANA = "[\u3041-\u3096]"
_STEP = rf"(?:{_LETTER}|{_KANA}){{1,6}}?"
#: Down to a city, ward, town or village, in one step or two (横浜市中区, 西多摩郡奥多摩町).
_MUNICIPAL = rf"(?:{_STEP}市{_LETTER}{{1,4}}?区|{_STEP}郡{_STEP}[町村]|{_STEP}[市区]|{_STEP}[町村])"
_NUMBER = r"(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,4})"
_UNIT = rf"(?:丁目|番地?|号|条|線|{HYPHEN}|[のノ之](?=[0-9一-九]))"
_NEXT = rf"[ ]?(?:{_UNIT}){{1,2}}[のノ]?[ ]?[東西南北]?{_NUMBER}"
_LAST = "(?:丁目|番地?|号)"
_POSTAL = rf"(?![0-9]{{3}}{HYPHEN}[0-9]{{4}}(?![0-9]))"
_BLOCK = rf"{_POSTAL}{_NUMBER}(?:(?:{_NEXT}){{1,4}}{_LAST}?|{_LAST})"
_PARTICLE = "(?![にではをがへともや、。](?!し|の))"
_TOWN = rf"(?:[ ]?{_PARTICLE}(?:{_LETTER}|{_KANA}){{0,14}}?{_LETTER}?[ ]?{_BLOCK})"
#: 烏丸通御池上ル: at or near a crossing, often without any block.
_CROSSING = rf"(?:{_PARTICLE}(?:{_LETTER}|{_KANA}){{2,14}}?(?:[上下][ルる]|[東西]入[ルる]?))"
_BUILDING = (
    rf"(?:[ ]{{0,2}}(?:{_LETTER}|{_KANA}|[A-Za-z・]){{2,20}}?"
    rf"(?:ビル|マンション|ハイツ|アパート|コーポ|荘|ハウス|タワー|レジデンス|メゾン|パレス|ヴィラ"
    rf"|棟|{_LETTER}(?=[ ]?[0-9]))"
    r"[ ]?(?:[A-Z]?[0-9]{1,4}(?:号室|号|階|F)?)?)"
)
_ADDRESS = re.compile(
    rf"(?:(?P<prefecture>{_PREFECTURE})[ ]?)?(?P<municipal>{_MUNICIPAL})"
    rf"(?P<town>{_TOWN}{_BUILDING}?|{_CROSSING})?"
)
_INSIDE = re.compile(_PREFECTURE)
_SUFFIX = re.compile(r"[市区町村]")
_KANJI_NUMBER = re.compile(
    r"[一二三四五六七八九十百](?<![一二三四五六七八九十百]{2})[一二三四五六七八九十百]{0,5}"
    r"(?=丁目|番|号|条|[ノのー-][0-9一-九])"
)
_JOINER = re.compile(rf"(?<=[0-9])(?:丁目|番地の|番地|番|号室|号|(?!-){HYPHEN}|[のノ之](?=[0-9]))")
_LOOSE_END = re.compile(r"-(?<=[0-9]-)(?![0-9A-Za-z])")
_VALUES = {char: value for value, char in enumerate("〇一二三四五六七八九")}


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
        *("juusho", "住所漢字", "市区町村番地", "番地"),
    )
    PREFILTER = r"[都道府県市区町村郡]"
    JOINS = True
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find addresses that go down to a block, or from a prefecture to a municipality."""
        if not _SUFFIX.search(folded.text):
            return
        for match in _ADDRESS.finditer(folded.text):
            start = _beginning(match)
            score, *evidence = self._judge(folded.text, match, start)
            if score:
                end = match.end()
                yield self._found(folded, start, end, score, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value begins as an address and goes on below the municipality."""
        value = value.strip()
        match = _ADDRESS.match(value)
        if match is None or match.end("municipal") == len(value):
            return False
        return bool(match["prefecture"]) or (_beginning(match) == 0 and bool(match["town"]))

    def normal(self, text: str) -> str:
        """Return the address without spaces, numbers in digits, blocks joined by hyphens."""
        bare = fold_itaiji(strip_selectors(fold(text).text)[0])
        bare = re.sub(r"\s+", "", bare).replace("ヶ", "ケ").replace("大字", "")
        counted = _KANJI_NUMBER.sub(lambda match: str(_number(match[0])), bare)
        joined = _JOINER.sub("-", counted)
        return _LOOSE_END.sub("", joined).lower()

    def _judge(self, text: str, match: re.Match[str], start: int) -> tuple[float, *tuple[str, ...]]:
        if start < 0:
            return (0.0,)
        prefecture = _INSIDE.match(text, start)
        near = self._words.near(text, start, match.end(), before=20, after=6)
        context = (f"context {near.word}",) if near else ()
        if match["town"]:
            score = 0.85 if prefecture else 0.75
            return min(score + (0.1 if near else 0.0), 0.95), "pattern", "dictionary", *context
        if prefecture:
            return (0.7 if near else 0.5), "pattern", *context
        return (0.0,)


def _beginning(match: re.Match[str]) -> int:
    """Where the address begins: at its prefecture, else at a municipality that there is; or -1."""
    if match["prefecture"]:
        return match.start()
    name, known = match["municipal"], gazetteer().municipalities
    inside = _INSIDE.search(name)
    if inside:
        return match.start("municipal") + inside.start()
    first = re.match(r".+?[市区郡]", name)
    if first is None:
        return -1
    for at in range(first.end() - 1):
        if name[at : first.end()] in known:
            return match.start("municipal") + at
    return -1


def _number(kanji: str) -> int:
    """Read 二十三 and 一二三."""
    if not re.search("[十百]", kanji):
        return int("".join(str(_VALUES[char]) for char in kanji))
    hundreds, _, rest = kanji.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    total = (_VALUES.get(hundreds, 1) * 100) if "百" in kanji else 0
    total += (_VALUES.get(tens, 1) * 10) if ten else 0
    return total + _VALUES.get(ones, 0)
