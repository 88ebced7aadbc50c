"""生年月日 (date of birth): a date that a word calls somebody's birth.

A date alone is anything's date; 生年月日, 誕生日 or DOB in front or 生まれ, 生 behind make it a
birth, unless a nearer word names another date (登録日, 有効期限).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from scanners.context import Words
from scanners.finding import Entity, Finding, Strength
from scanners.japanese.dates import Dated, dates, parse_date
from scanners.joined import each, strip
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer

_BORN_BEHIND = re.compile(r"[ ]?[((]?(?:生まれ|生れ|うまれ|出生|誕生|生(?![産成命徒活物鮮年まじ]))")
_RIVALS = Words(
    (
        *(
            "登録",
            "受付",
            "契約",
            "更新",
            "有効期限",
            "期限",
            "発行",
            "交付",
            "作成",
            "申込",
            "申請",
        ),
        *("入社", "退社", "入会", "退会", "購入", "注文", "納品", "発送", "取得", "施行", "改正"),
        *("予約", "来店", "利用", "支払", "請求", "開始", "終了", "締切", "死亡", "逝去", "設立"),
        *("created", "updated", "issued", "expire", "expiry", "order", "date:"),
    )
)
#: RE2 of what every date holds.
_DAY = (
    r"[0-9元一二三四五六七八九十年][ ]?[年./-][ ]?[0-9一二三四五六七八九十]|[0-9]{6}"
    r"|[A-Za-z]{3}[.]?[ ][0-9]{1,2}[a-z]{0,2},?[ ][0-9]{4}"
)
#: Years in which somebody alive can have been born, with room for typing errors.
_FIRST, _LAST = 1890, 2039


class DateOfBirthRecognizer(Recognizer):
    """Finds ``昭和60年4月1日生``, ``生年月日: 1985/04/01``, ``DOB 19850401``."""

    ENTITY = Entity.DATE_OF_BIRTH
    KIND = "date"
    STRENGTH = Strength.WEAK
    CONTEXT = (
        *("生年月日", "誕生日", "誕生", "出生", "生まれ", "お誕生日", "生年", "birthday"),
        *("birthdate", "birth", "born", "dob", "d.o.b", "bday", "seinengappi"),
    )
    HEADERS = (
        *("生年月日", "誕生日", "お誕生日", "出生日", "生年", "出生年月日", "birthday"),
        *("birthdate", "birth", "dateofbirth", "dob", "birthdt", "birthymd", "birthyyyymmdd"),
        *("seinengappi", "tanjobi", "bday", "生年月日和暦", "生年月日西暦"),
    )
    # Every address has a 1-2 that could be a date's, so the word is asked for here already.
    _born_words = "|".join(map(re.escape, (*CONTEXT, "生")))
    PREFILTER = f"(?is:(?:{_DAY}).*(?:{_born_words})|(?:{_born_words}).*(?:{_DAY}))"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find dates that a word calls a birth."""
        if not self._words.within(folded.text) and "生" not in folded.text:
            return
        for dated in dates(folded.text):
            word = self._born(folded.text, dated)
            if word and _FIRST <= dated.day.year <= _LAST:
                evidence = ("pattern", f"context {word}")
                yield self._found(folded, dated.start, dated.end, 0.9, *evidence)

    def fits(self, value: str) -> bool:
        """Tell whether the value is one date on which somebody alive can have been born."""
        day = parse_date(value)
        return day is not None and _FIRST <= day.year <= _LAST

    def normal(self, text: str) -> str:
        """Return ``1985-04-01``; what is no date is returned folded."""
        return _written(strip(fold(text).text))

    def normals(self, texts: Sequence[str]) -> list[str]:
        """Return the date of each; all are folded at once."""
        return [_written(value) for value in each(lambda all_: strip(fold(all_).text), texts)]

    def _born(self, text: str, dated: Dated) -> str | None:
        behind = _BORN_BEHIND.match(text, dated.end)
        if behind:
            return "生まれ"
        near = self._words.near(text, dated.start, dated.end, before=24, after=0)
        rival = _RIVALS.near(text, dated.start, dated.end, before=24, after=0)
        return near.word if near and not (rival and rival.distance < near.distance) else None


def _written(value: str) -> str:
    day = parse_date(value)
    return day.isoformat() if day else value
