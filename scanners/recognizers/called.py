"""呼び名 (what a code is called): how names of columns say a code, put together of its pieces.

年金手帳の記号番号, ``koyo_hoken_no`` and ``pension_book_number`` are a stem, what insurances and
papers add to it, and a word for a number. Names are squeezed: folded, lower case, in one piece.
"""

from __future__ import annotations

#: A word for a number, as Japanese, English and romaji write it.
NUMBER = r"(?:の)?(?:番号|番|ナンバー|コード|バンゴウ|№|number|num|nbr|no|id|code|cd|ban(?:gou?)?)"
_JAPANESE = (
    r"(?:保険|医療|被保険者|被保|受給者|加入者|手帳|証書|通知書|資格|確認書|情報|記号|証|等|の"
    r"|テチョウ)*"
)
_ROMAJI = (
    r"(?:hoken|iryou?|hihokens[hy]a|hihokens[hy]o|te(?:ch|ty)ou?|ka[nr]yu?us[hy]a|kigou?|s[hy]o)*"
)
_ENGLISH = (
    r"(?:insurance|insured|ins|person|certificate|cert|card|handbook|book|identification|symbol)*"
)


def called(japanese: str, romaji: str, english: str) -> str:
    """Return the pattern of the end of a squeezed name that says a code; stems are patterns too.

    >>> import re
    >>> bool(re.search(called("雇保", "koyouhoken", "unemployment(?=ins)"), "従業員雇保被保番"))
    True
    """
    return rf"(?:(?:{japanese}){_JAPANESE}|(?:{romaji}){_ROMAJI}|(?:{english}){_ENGLISH}){NUMBER}$"
