"""What is believed of a value in a column that was judged to hold an entity.

A name that no dictionary knows is still a name in a column of names, and a telephone number that
the numbering plan doesn't hold is still what somebody wrote under 電話. So there the shape alone
decides, for a whole column at once (RE2); where none is given here, the recognizer's ``fits`` does.
A value that has the shape is explained by it and not searched further, but for addresses.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from scanners.finding import Entity
from scanners.values import PLACEHOLDER

_JAPANESE = r"\p{Han}\p{Hiragana}\p{Katakana}ー々〆ヶ"
#: What stands where a character was missing: 外字 of a company's own, 〓 and U+FFFD.
_MISSING = r"\x{e000}-\x{f8ff}〓\x{fffd}"
_LATIN = r"[\p{Latin}.'’\-]+"


#: Up to so many characters a repetition need not be counted, which makes RE2 ten times slower.
_SHORT = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """RE2 patterns on folded values: what one must match, and what it must not hold.

    ``counted``, where there is one, is ``whole`` for values of more than 20 characters.
    """

    whole: str
    without: str = ""
    counted: str = ""


def _name(behind_first: str, in_brackets: str) -> str:
    """Write a name's pattern with how often characters repeat."""
    return (
        rf"^\s*(?:[?{_MISSING}]?[{_JAPANESE}][{_JAPANESE}{_MISSING}?・.=＝ \-\p{{M}}]{behind_first}"
        rf"|\p{{Lu}}{_LATIN}"
        rf"|{_LATIN}(?:[ ,]+{_LATIN}){{1,5}})(?:\s*\([{_JAPANESE}\p{{Latin}} ]{in_brackets}\))?"
        r"\s*(?:様|さま|殿|さん|氏|先生)?\s*$"
    )


SHAPES = {
    Entity.PERSON: Shape(
        _name("*", "+"),
        r"会社|法人|\([株有同社財医]\)|商店|商会|組合|協会|銀行|病院|クリニック|事務所|工業|製作所|"
        r"営業所|支店|御中|部署|様方|(?i)\b(?:inc|ltd|llc|corp|co|company|gmbh)\b",
        _name("{0,29}", "{1,20}"),
    ),
    Entity.EMAIL_ADDRESS: Shape(r"^\s*<?[^\s@<>,;]{1,64}@[^\s@<>,;]+\.[A-Za-z]{2,24}>?\s*$"),
    Entity.PHONE_NUMBER: Shape(
        r"^\s*(?:\+[1-9][0-9 ().\-‐−ー]{7,18}[0-9]|\(?0[0-9]{1,4}[ ().\-‐−ー]{0,2}[0-9]{1,4}"
        # A spreadsheet drops the zero in front.
        r"[ ().\-‐−ー]{0,2}[0-9]{3,4}|[1-9][0-9]{8,9})(?:\s*(?:内線|ext\.?|x)\s*[0-9]{1,6})?\s*$"
    ),
    Entity.JP_POSTAL_CODE: Shape(r"^\s*〒?\s*[0-9]{3}[ \-‐−ー]?[0-9]{4}\s*$"),
    Entity.JP_ADDRESS: Shape(rf"^[^@]*[{_JAPANESE}]{{2}}[^@]*$"),
    # ISO/IEC 5218 writes 0, 1, 2 and 9.
    Entity.GENDER: Shape(
        r"(?i)^\s*(?:男性?|女性?|男の?子|女の?子|男児|女児|otoko|onna|m|f|x|male|female|man|woman|"
        r"men|women|boy|girl|other|non-?binary|not known|回答しない|どちらでもない|[01239])\s*$"
    ),
    Entity.AGE: Shape(r"^\s*満?(?:[0-9]|[1-9][0-9]|1[0-2][0-9])(?:\.0)?\s*[歳才]?\s*$"),
}
#: Shapes that leave room for other entities: 〒100-0001 東京都… 電話03-….
LOOSE = frozenset({Entity.JP_ADDRESS})


def believed(entity: Entity, folded: pa.StringArray) -> pa.BooleanArray | None:
    """Tell which values have the entity's shape; ``None`` where it has no shape of its own."""
    if entity not in SHAPES:
        return None
    shape = SHAPES[entity]
    mask = pc.and_not(_shaped(shape, folded), pc.match_substring_regex(folded, PLACEHOLDER))
    if shape.without:
        mask = pc.and_not(mask, pc.match_substring_regex(folded, shape.without))
    return mask


def _shaped(shape: Shape, folded: pa.StringArray) -> pa.BooleanArray:
    mask = pc.match_substring_regex(folded, shape.whole)
    long = pc.fill_null(pc.greater(pc.utf8_length(folded), _SHORT), False)
    if not shape.counted or not long.true_count:
        return mask
    counted = pc.match_substring_regex(folded.filter(long), shape.counted)
    return pc.replace_with_mask(mask, long, counted)
