"""異体字 (itaiji): a surname in another shape of its kanji, as a family register has it.

``髙橋`` is written ``高橋`` wherever a system's character set has no ``髙``: CP932 has 髙 and 﨑
but not 𠮷, EUC-JP and ISO-2022-JP have none of the three.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Shapes that some of those with the usual surname use.
VARIANTS: Mapping[str, tuple[str, ...]] = {
    "高橋": ("髙橋",),
    "高木": ("髙木",),
    "高田": ("髙田",),
    "渡辺": ("渡邉", "渡邊"),
    "渡部": ("渡邉",),
    "田辺": ("田邉", "田邊"),
    "山崎": ("山﨑",),
    "宮崎": ("宮﨑",),
    "岩崎": ("岩﨑",),
    "川崎": ("川﨑",),
    "尾崎": ("尾﨑",),
    "吉田": ("𠮷田",),
    "吉村": ("𠮷村",),
    "斎藤": ("齋藤",),
    "浜田": ("濱田", "濵田"),
    "桜井": ("櫻井",),
    "小沢": ("小澤",),
    "滝沢": ("滝澤",),
    "広瀬": ("廣瀬",),
    "富田": ("冨田",),
    "小島": ("小嶋",),
    "中島": ("中嶋",),
    "桑原": ("桒原",),
    "館野": ("舘野",),
    "曽我": ("曾我",),
}

_USUAL = str.maketrans("髙邉邊﨑𠮷齋濱濵櫻澤廣冨嶋桒舘曾", "高辺辺崎吉斎浜浜桜沢広富島桑館曽")


def usual(name: str) -> str:
    """Write a name in the usual shapes.

    >>> usual("髙橋 﨑 渡邉 𠮷田")
    '高橋 崎 渡辺 吉田'
    """
    return name.translate(_USUAL)


def fit(text: str, encoding: str) -> str:
    """Write a text so that it can be encoded, keeping the shapes the encoding has.

    >>> fit("髙橋と𠮷田", "cp932"), fit("髙橋と𠮷田", "euc_jp")
    ('髙橋と吉田', '高橋と吉田')
    """
    if _has(encoding, text):
        return text
    return "".join(c if _has(encoding, c) else usual(c) for c in text)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
