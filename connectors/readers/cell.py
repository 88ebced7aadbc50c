"""A cell of a table, by its shape: does it look like data or like a word that names a column."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache


class Shape(Enum):
    """What a cell's text looks like, read without its meaning."""

    NUMBER = "number"
    DATE = "date"
    MAIL = "mail"
    CODE = "code"
    URL = "url"
    KANJI = "kanji"
    HIRAGANA = "hiragana"
    KATAKANA = "katakana"
    LATIN = "latin"
    MIXED = "mixed"

    @property
    def is_data(self) -> bool:
        """Say whether such a text rarely names a column."""
        return self in _DATA


_DATA = frozenset({Shape.NUMBER, Shape.DATE, Shape.MAIL, Shape.CODE, Shape.URL})

_SHAPES = (
    (
        Shape.DATE,
        re.compile(r"(?:\d{4}|[mtshr]\d{1,2})[-/.年]\d{1,2}[-/.月]\d{1,2}日?.*", re.IGNORECASE),
    ),
    (Shape.DATE, re.compile(r"(?:明治|大正|昭和|平成|令和)(?:\d+|元)年.*")),
    (Shape.NUMBER, re.compile(r"[-+¥$]?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?[%円]?")),
    (Shape.MAIL, re.compile(r"\S+@\S+\.\S+")),
    (Shape.URL, re.compile(r"https?://\S+")),
    (Shape.CODE, re.compile(r"[a-z]{0,4}[-_ ]?\d[\d\-_ ()]*[\da-z]*", re.IGNORECASE)),
    (Shape.KANJI, re.compile(r"[\u3400-\u9fff\uf900-\ufaff々〆ヶ\U00020000-\U0003ffff\s]+")),
    (Shape.HIRAGANA, re.compile(r"[\u3041-\u309fー・\s]+")),
    (Shape.KATAKANA, re.compile(r"[\u30a0-\u30ff・\s]+")),
    (Shape.LATIN, re.compile(r"[a-z][a-z\s.,'_\-]*", re.IGNORECASE)),
)

# Words that head columns of Japanese tables, and their English fellows; a suffix is enough.
_WORD = re.compile(
    r".*(?:番号|コード|氏名|名称|名前|お名前|住所|所在地|年月日|日付|日時|時刻|年齢|性別|区分|種別|種類"
    r"|フラグ|備考|摘要|メモ|電話|携帯|内線|メール|メールアドレス|アドレス|連絡先|金額|数量|単価|価格|合計"
    r"|件数|回数|割合|率|カナ|かな|フリガナ|ふりがな|ふり仮名|ヨミ|読み|都道府県|市区町村|郵便|部署|所属|役職"
    r"|会社|勤務先|生年月|期間|状態|ステータス|内容|件名|本文|担当|担当者|更新|登録|作成|開始|終了|理由"
    r"|(?:者|員|客|店|品|社|県|校|課|部|業|先|料|件|駅|路線|銀行|支店)名|(?:加入|入社|退社|退職|入会|退会|購入"
    r"|注文|発送|取引|請求|支払|受付|申込|契約|開始|終了|更新|登録|作成|誕生)日)(?:[0-90-9]|[((].*[))])?"
    r"|名|姓|氏|性|年|月|日|曜日|時間|国|国籍|国名|業種|職業|職種|口座|no\.?|番地|建物|数|量|値|単位|組|級"
)
_ENGLISH = re.compile(
    r"(?:.*[\s_\-./])?(?:id|ids|no|num|number|code|cd|key|name|names|kana|kanji|yomi|date|day|ymd|time"
    r"|datetime|timestamp|at|year|month|birth|birthday|birthdate|dob|age|sex|gender|tel|phone|mobile|fax"
    r"|mail|email|e-mail|address|addr|city|pref|prefecture|state|country|zip|zipcode|postal|postcode"
    r"|url|type|kind|class|category|flag|flg|status|rank|level|memo|note|notes|comment|remarks|text|title"
    r"|subject|body|description|price|cost|amount|total|qty|quantity|count|rate|lat|lng|lon|latitude"
    r"|longitude|area|first|last|user|customer|member|company|department|section|role|value|label|lang)"
    r"\d*"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=4096)
def shape(text: str) -> Shape:
    """Classify ``text`` after folding width.

    >>> shape("1985/4/1")
    <Shape.DATE: 'date'>
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    for kind, pattern in _SHAPES:
        if pattern.fullmatch(folded):
            return kind
    return Shape.MIXED


@lru_cache(maxsize=4096)
def is_known_word(text: str) -> bool:
    """Say whether ``text`` is a word that usually heads a column.

    >>> is_known_word("フリガナ"), is_known_word("customerName"), is_known_word("山田")
    (True, True, False)
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    if len(folded) > 40:  # noqa: PLR2004  # a sentence
        return False
    spaced = _CAMEL.sub("_", unicodedata.normalize("NFKC", text).strip()).lower()
    return bool(_WORD.fullmatch(folded.lower()) or _ENGLISH.fullmatch(spaced))
