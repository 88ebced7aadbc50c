"""生年月日 (date of birth): a date that a word calls somebody's birth.

A date alone is anything's date; 生年月日, 誕生日 or DOB in front, 生まれ, 生 or an age behind make
it a birth, unless a nearer word names another date (登録日, 有効期限). Words that are also said of
presents and companies (誕生, birthday) count where nothing but a separator stands between. No clock
is asked what day it is: an age beside a date counts where the two add up to a year of this
century's first third. 戸籍法 Art. 13 and 49; eras: 元号法.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from scanners.context import Nearby, Words
from scanners.finding import Entity, Finding, Strength
from scanners.japanese.dates import Dated, dates, parse_date
from scanners.joined import each, strip
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer

_BORN_BEHIND = re.compile(
    r"(?:[T ]0?0:00(?::00)?)?[ ]?\(?"
    r"(?:生まれ|生れ|うまれ|出生|誕生|生(?![産成命徒活物鮮年まじ誕協]))"
    r"|[^。\n0-9]{0,15}?[にで、]生[まれ]"
)
_AGE_BEHIND = re.compile(
    r"[ ]?[(、,/ ]?[ ]?(?:男性?|女性?)?[ ]?[(、,/ ]?(?:満|年齢)?([0-9]{1,3})[歳才]"
)
_DENIED_BEHIND = re.compile(
    r"[ ]?(?:まで|から|以降|以前|付|現在|設立|創業|創立|開業|入社|発売|契約|開始|施行|[死没]"
    r"|に(?:死去|逝去|亡く|入社|設立|購入|注文|発送|予約|来店|契約|発売|届|開[催始店業]))"
)
#: Behind a word that is said of other things too stands a separator and the date.
_LABEL = re.compile(
    r"(?:日)?(?:\([^()]{1,6}\))?[\s:は=/「『\"'(【】\]|>,、・\t]{0,4}(?:西暦|和暦)?"
)
_RIVALS = Words(
    (
        *("登録", "受付", "契約", "更新", "有効期限", "期限", "発行", "交付", "作成", "申込"),
        *("申請", "入社", "退社", "入会", "退会", "購入", "注文", "納品", "発送", "取得", "施行"),
        *("改正", "予約", "来店", "利用", "支払", "請求", "開始", "終了", "締切", "死亡", "逝去"),
        *("設立", "創業", "創立", "発売", "開業", "開店", "開設", "就任", "着任", "退職", "卒業"),
        *("入学", "入院", "退院", "受診", "診療", "手術", "結婚", "離婚", "撮影", "公開", "放送"),
        *("製造", "出荷", "検査", "接種", "届出", "記入", "提出", "没年", "命日", "満了", "採用"),
        *("created", "updated", "issued", "expire", "expires", "expiry", "order", "ordered"),
        *("date:", "joined", "hired", "founded", "established", "released", "died", "since"),
    )
)
#: Years in which an age and a day of birth beside it were written down.
_WRITTEN = range(2000, 2036)
#: Words that are said of other things as well.
_LOOSE = frozenset({"誕生", "誕生日", "お誕生日", "出生", "生年", "birth", "birthday", "bday"})
_HINT = re.compile("生|[0-9][歳才]")
_NUMBER = re.compile("[0-9年]")
#: RE2 of what every date holds.
_DAY = (
    r"[0-9元〇一二三四五六七八九十年][ ]?[年./-][ ]?[0-9一二三四五六七八九十]|[0-9]{6}"
    r"|[0-9]{4} [0-9]{2} |[A-Za-z]{3}[.]?[ ][0-9]{1,2}[a-z]{0,2},?[ ][0-9]{4}"
    r"|[0-9][a-z]{0,2}[ -][A-Za-z]{3}"
)
#: From the first year of 明治 to one that this program won't see.
_FIRST, _LAST = 1868, 2039


class DateOfBirthRecognizer(Recognizer):
    """Finds ``昭和60年4月1日生``, ``生年月日: 1985/04/01``, ``DOB 19850401``."""

    ENTITY = Entity.DATE_OF_BIRTH
    KIND = "date"
    STRENGTH = Strength.WEAK
    CONTEXT = (
        *("生年月日", "誕生日", "誕生", "出生", "生まれ", "お誕生日", "生年", "birthday"),
        *("birthdate", "birth date", "birth_date", "date of birth", "born", "dob", "d.o.b", "bday"),
        *("date_of_birth", "birth", "seinengappi"),
    )
    HEADERS = (
        *("生年月日", "誕生日", "お誕生日", "出生日", "生年", "出生年月日", "birthday"),
        *("birthdate", "birth", "dateofbirth", "dob", "birthdt", "birthymd", "birthyyyymmdd"),
        *("seinengappi", "tanjobi", "bday", "生年月日和暦", "生年月日西暦", "dayofbirth"),
    )
    # Every address has a 1-2 that could be a date's, so the word is asked for here already.
    _born_words = "|".join(map(re.escape, (*CONTEXT, "生")))
    PREFILTER = f"(?is:(?:{_DAY}).*(?:{_born_words}|[0-9][歳才])|(?:{_born_words}).*(?:{_DAY}))"
    _words = Words(CONTEXT)

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find dates that a word or an age calls a birth."""
        text = folded.text
        if not _NUMBER.search(text) or not (_HINT.search(text) or self._words.within(text)):
            return
        for dated in dates(text):
            if _FIRST <= dated.day.year <= _LAST:
                score, *reasons = self._judge(text, dated)
                if score:
                    overflow = ("era overflow",) if dated.overflow else ()
                    evidence = ("pattern", *reasons, *overflow)
                    yield self._found(folded, dated.start, dated.end, score, *evidence)

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

    def _judge(self, text: str, dated: Dated) -> tuple[float, *tuple[str, ...]]:
        rival = _RIVALS.near(text, dated.start, dated.end, before=24, after=0)
        aged = ("age beside",) if _is_aged(text, dated) else ()
        word = self._word(text, dated, rival)
        if word:
            return 0.95 if aged else 0.9, f"context {word}", *aged
        return (0.6, *aged) if aged and not rival else (0.0,)

    def _word(self, text: str, dated: Dated, rival: Nearby | None) -> str | None:
        if _BORN_BEHIND.match(text, dated.end):
            return "生まれ"
        near = self._words.near(text, dated.start, dated.end, before=24, after=0)
        if near is None or (rival and rival.distance < near.distance):
            return None
        denied = _DENIED_BEHIND.match(text, dated.end)
        return None if denied or not _names(text, dated, near) else near.word


def _names(text: str, dated: Dated, near: Nearby) -> bool:
    """Tell whether the word names this date, and not a present or the date after the next."""
    between = text[dated.start - near.distance : dated.start]
    if dated.form == "eracode" or near.word in _LOOSE:
        return _LABEL.fullmatch(between) is not None
    return True


def _is_aged(text: str, dated: Dated) -> bool:
    age = _AGE_BEHIND.match(text, dated.end)
    return age is not None and dated.day.year + int(age[1]) in _WRITTEN


def _written(value: str) -> str:
    day = parse_date(value)
    return day.isoformat() if day else value
