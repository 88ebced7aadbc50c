"""住所の表記 (the form of an address) under which addresses written differently compare equal.

- Widths, spaces, 異体字, ヶ/ケ/が, ッ/ツ/つ and ノ/の between kanji are one; 大字 goes.
- 一丁目二番三号, 1丁目2-3 and 1-2-3 are one; 405号室 and 405 are one.
- The prefecture is dropped where a municipality follows, since people drop it. But for 府中市,
  伊達市 and towns written without their 郡, a municipality's name is that of one; and a rule,
  unlike a table that changes every month, gives the same form for ever.
- The building is kept: two flats of a house are two homes.
"""

from __future__ import annotations

import re

from scanners.japanese.gazetteer import PREFECTURES
from scanners.japanese.itaiji import fold_itaiji, strip_selectors
from scanners.japanese.numerals import kanji_number
from scanners.normalize import HYPHEN

_HAN = "[\u3005\u3400-\u9fff\U00020000-\U0002ffff]"
_SPACE = re.compile(r"[^\S\0]+")
_SMALL = (
    (re.compile(rf"(?<={_HAN})[ヶヵがガ](?={_HAN})"), "ケ"),
    (re.compile(rf"(?<={_HAN})[ッっつ](?={_HAN})"), "ツ"),
    (
        re.compile(
            rf"(?<={_HAN})(?<![地番号目])[のノ之](?={_HAN})(?![一二三四五六七八九十]+(?:丁目|番|号|[のノ]))"
        ),
        "ノ",
    ),
)
_LOT = re.compile(rf"(?<=[市区町村])大?字(?={_HAN})|大字")
_PREFECTURE = re.compile(rf"(?<![^\0])(?:{'|'.join(PREFECTURES)})+(?=[^0-9\0]{{1,9}}?[市区町村])")
_KANJI_NUMBER = re.compile(
    r"[一二三四五六七八九十百](?<![一二三四五六七八九十百]{2})[一二三四五六七八九十百]{0,5}"
    r"(?=丁目|番|号|条|地割|[ノのー-][0-9一-九])"
    rf"|(?:(?<=[番目地])|(?<=番地の))[一二三四五六七八九十百]{{1,6}}(?!{_HAN}|[\u3041-\u30ff])"
)
_JOINER = re.compile(
    rf"(?<=[0-9])(?:(?:丁目|番地の|番地|番の|番|号室|号){HYPHEN}*|{HYPHEN}+|[のノ之](?=[0-9]))"
)
_LOOSE_END = re.compile(r"-(?<=[0-9]-)(?![0-9A-Za-z])")


def address_form(folded: str) -> str:
    """Write a folded address, or addresses joined as ``scanners.joined`` says, in that form.

    >>> address_form("神奈川県横浜市中区本町六丁目50番10号")
    '横浜市中区本町6-50-10'
    """
    bare = _SPACE.sub("", fold_itaiji(strip_selectors(folded)[0]))
    bare = _PREFECTURE.sub("", _LOT.sub("", bare))
    for pattern, one in _SMALL:
        bare = pattern.sub(one, bare)
    counted = _KANJI_NUMBER.sub(lambda match: str(kanji_number(match[0])), bare)
    return _LOOSE_END.sub("", _JOINER.sub("-", counted)).lower()
