"""仮名 (kana) and ローマ字 (romaji): one key for the ways in which a reading is spelt.

Kana: hiragana as katakana, small letters as large ones (banks write ｼﾕﾝ for シュン), ー after an
o-sound as ウ. Romaji: Hepburn, Kunrei and passport spelling fall together, long vowels are
shortened (Satou, Sato, Satoh, Satō).
"""

from __future__ import annotations

import re
import unicodedata

_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_HIRAGANA = re.compile("[\u3041-\u3096]+")
_TO_LARGE = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
_LONG_O = re.compile("(?<=[オコソトノホモヨロゴゾドボポョ])ー")

_DIGRAPHS = {
    "キャ": "kya", "キュ": "kyu", "キョ": "kyo", "シャ": "sha", "シュ": "shu", "ショ": "sho",
    "チャ": "cha", "チュ": "chu", "チョ": "cho", "ニャ": "nya", "ニュ": "nyu", "ニョ": "nyo",
    "ヒャ": "hya", "ヒュ": "hyu", "ヒョ": "hyo", "ミャ": "mya", "ミュ": "myu", "ミョ": "myo",
    "リャ": "rya", "リュ": "ryu", "リョ": "ryo", "ギャ": "gya", "ギュ": "gyu", "ギョ": "gyo",
    "ジャ": "ja", "ジュ": "ju", "ジョ": "jo", "ビャ": "bya", "ビュ": "byu", "ビョ": "byo",
    "ピャ": "pya", "ピュ": "pyu", "ピョ": "pyo", "シェ": "she", "ジェ": "je", "チェ": "che",
    "ティ": "ti", "ディ": "di", "ファ": "fa", "フィ": "fi", "フェ": "fe", "フォ": "fo",
    "ウィ": "wi", "ウェ": "we",
}  # fmt: skip
_ROWS = """
ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so
タ ta チ chi ツ tsu テ te ト to ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho
マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo ラ ra リ ri ル ru レ re ロ ro ワ wa ヰ i ヱ e ヲ o
ン n ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo ダ da ヂ ji ヅ zu デ de ド do
バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po ヴ vu ァ a ィ i ゥ u ェ e ォ o ー -
"""
_LETTERS = dict(zip(_ROWS.split()[::2], _ROWS.split()[1::2], strict=True))
_SPELLINGS = (
    (re.compile(r"(?<=[bcdfghjkmnprstvwyz])h(?=[^aiueo]|$)"), ""),
    (re.compile(r"(?<=[aiueo])h(?=[^aiueoy]|$)"), ""),
    (re.compile(r"[jz]y(?=[auoe])"), "j"),
    (re.compile(r"sy(?=[auoe])"), "sh"),
    (re.compile(r"[tc]y(?=[auoe])"), "ch"),
    (re.compile(r"si"), "shi"),
    (re.compile(r"zi|di"), "ji"),
    (re.compile(r"ti"), "chi"),
    (re.compile(r"(?<!s)tu"), "tsu"),
    (re.compile(r"du|dzu"), "zu"),
    (re.compile(r"(?<![cs])hu"), "fu"),
    (re.compile(r"m(?=[bmp])"), "n"),
    (re.compile(r"t(?=ch)"), "c"),
    (re.compile(r"o[uo]+"), "o"),
    (re.compile(r"uu+"), "u"),
    (re.compile(r"[-']"), ""),
)


def to_katakana(text: str) -> str:
    """Write hiragana as katakana; one character stays one character."""
    return _HIRAGANA.sub(lambda match: match[0].translate(_TO_KATAKANA), text)


def kana_key(text: str) -> str:
    """Return the key of a reading in kana."""
    return _LONG_O.sub("ウ", to_katakana(text)).translate(_TO_LARGE)


def romaji(kana: str) -> str:
    """Spell katakana in Hepburn without marks of length."""
    out, at = [], 0
    while at < len(kana):
        pair = _DIGRAPHS.get(kana[at : at + 2])
        out.append(pair or _LETTERS.get(kana[at], "q" if kana[at] == "ッ" else ""))
        at += 2 if pair else 1
    return re.sub(r"q(?=(\w))", r"\1", "".join(out)).replace("q", "").replace("-", "")


def romaji_key(text: str) -> str:
    """Return the key of a romanised name, however it is spelt."""
    bare = unicodedata.normalize("NFD", text.lower()) if not text.isascii() else text.lower()
    key = "".join(char for char in bare if not unicodedata.combining(char))
    for pattern, spelling in _SPELLINGS:
        key = pattern.sub(spelling, key)
    return key
