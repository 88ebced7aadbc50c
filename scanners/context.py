"""文脈 (context): the words near a candidate that speak for it.

Japanese labels stand in front (``個人番号：``), counters and verbs behind (``生まれ``), so both
sides are looked at, and the nearest word counts. Words are sought in folded, lower-case text
without word boundaries, which Japanese doesn't write; words in Latin letters must not be part of
a longer word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: Characters before a candidate in which a word ends, and after it in which one stands.
BEFORE, AFTER = 40, 40
#: A word behind counts as this much farther: the next label stands there too.
_BEHIND = 4

#: Words that name a number which is nobody's: the negatives that must be known.
NOT_PERSONAL = (
    *("注文番号", "注文no", "受注番号", "発注番号", "伝票番号", "管理番号", "整理番号"),
    *("受付番号", "商品コード", "商品番号", "製品コード", "製造番号", "品番", "型番", "ロット"),
    *("シリアル", "jan", "ean", "isbn", "法人番号", "登録番号", "請求書番号", "請求番号"),
    *("決済番号", "取引番号", "取引id", "追跡番号", "お問い合わせ番号", "問合せ番号"),
    *("問合番号", "荷物番号", "証券番号", "契約番号", "見積番号", "案件番号", "チケット"),
    *("order", "invoice", "sku", "serial", "lot", "tracking", "aws", "arn", "account id"),
    *("account_id", "accountid", "アカウントid", "timestamp", "タイムスタンプ", "request id"),
    *("request_id", "transaction"),
)


@dataclass(frozen=True, slots=True)
class Nearby:
    """A word found near a candidate and how many characters lie between."""

    word: str
    distance: int


class Words:
    """A list of words that is looked for around candidates."""

    def __init__(self, words: Iterable[str]) -> None:
        longest_first = sorted({word.lower() for word in words}, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_bounded, longest_first)) or r"(?!)")
        self._longest = max(map(len, longest_first), default=0)

    def near(
        self, text: str, start: int, end: int, before: int = BEFORE, after: int = AFTER
    ) -> Nearby | None:
        """Return the nearest word around ``[start, end)`` of ``text``, or ``None``."""
        found = [*self._before(text, start, before), *self._after(text, end, after)]
        return min(found, key=lambda nearby: nearby.distance, default=None)

    def named(self, text: str, start: int, end: int, rivals: Words) -> Nearby | None:
        """Return the nearest word, unless a rival word stands nearer."""
        near = self.near(text, start, end)
        if near is None:
            return None
        rival = rivals.near(text, start, end)
        return None if rival and rival.distance < near.distance else near

    def within(self, text: str) -> bool:
        """Tell whether any of the words stands in ``text``."""
        return self._pattern.search(text.lower()) is not None

    def _before(self, text: str, start: int, reach: int) -> Iterator[Nearby]:
        window = text[max(0, start - reach - self._longest) : start].lower()
        for match in self._pattern.finditer(window):
            if len(window) - match.end() <= reach:
                yield Nearby(match[0], len(window) - match.end())

    def _after(self, text: str, end: int, reach: int) -> Iterator[Nearby]:
        window = text[end : end + reach].lower()
        for match in self._pattern.finditer(window):
            yield Nearby(match[0], match.start() + _BEHIND)


def _bounded(word: str) -> str:
    escaped = re.escape(word)
    before = r"(?<![a-z])" if word[0].isascii() and word[0].isalpha() else ""
    after = r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else ""
    return before + escaped + after
