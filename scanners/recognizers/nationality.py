"""国籍 (nationality): the countries whose passports and people Japanese files name.

A country's name alone says little (a journey, a branch); that a person or passport is of one is
said by 国籍, 人, 籍, 発行 and their English words. Codes of three letters are those of ICAO Doc
9303 (ISO 3166-1 but for a few), as in machine-readable lines.
"""

from __future__ import annotations

import re

_JAPANESE = """
    中国 中華人民共和国 韓国 大韓民国 台湾 香港 マカオ 北朝鮮 ベトナム フィリピン タイ インド
    インドネシア ネパール ミャンマー スリランカ バングラデシュ パキスタン モンゴル カンボジア
    ラオス マレーシア シンガポール ブータン アフガニスタン イラン イラク トルコ イスラエル
    サウジアラビア ウズベキスタン カザフスタン キルギス 米国 アメリカ アメリカ合衆国 カナダ
    メキシコ ブラジル ペルー アルゼンチン ボリビア コロンビア チリ パラグアイ 英国 イギリス
    フランス ドイツ イタリア スペイン ポルトガル オランダ ベルギー スイス オーストリア
    スウェーデン ノルウェー デンマーク フィンランド ポーランド チェコ ハンガリー ルーマニア
    ウクライナ ロシア アイルランド ギリシャ オーストラリア 豪州 ニュージーランド 南アフリカ
    エジプト ナイジェリア ガーナ ケニア カメルーン セネガル エチオピア 外国
"""
_ENGLISH = """
    china chinese prc korea korean taiwan taiwanese hongkong vietnam vietnamese philippines
    filipino philippine thailand thai india indian indonesia indonesian nepal nepalese nepali
    myanmar burmese bangladesh bangladeshi pakistan pakistani mongolia mongolian cambodia
    cambodian laos malaysia malaysian singapore singaporean iran iranian turkey turkish
    uzbekistan usa american america canada canadian mexico mexican brazil brazilian peru
    peruvian argentina bolivia colombia uk british england france french germany german italy
    italian spain spanish portugal portuguese netherlands dutch belgium swiss switzerland
    austria sweden swedish norway denmark finland poland polish ukraine ukrainian russia russian
    ireland irish greece australia australian nigeria nigerian ghana kenya egypt foreign
"""
_CODES = """
    CHN KOR PRK TWN HKG MAC VNM PHL THA IND IDN NPL MMR LKA BGD PAK MNG KHM LAO MYS SGP BTN AFG
    IRN IRQ TUR ISR SAU UZB KAZ KGZ USA CAN MEX BRA PER ARG BOL COL CHL PRY GBR FRA DEU ITA ESP
    PRT NLD BEL CHE AUT SWE NOR DNK FIN POL CZE HUN ROU UKR RUS IRL GRC AUS NZL ZAF EGY NGA GHA
    KEN CMR
"""


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_NATIVE = rf"(?:{_any(_JAPANESE)})"
_LATIN = (
    rf"(?<![a-z])(?:{_any(_ENGLISH)}|viet nam|hong kong|sri lanka|united states|united kingdom"
    r"|u\.s\.a?\.?|new zealand|south africa|saudi arabia)(?![a-z])"
)
_ISO = rf"(?<![A-Za-z])(?:{_any(_CODES)})(?![A-Za-z])"
#: A country is named at all.
FOREIGN = re.compile(rf"{_NATIVE}|国籍国|(?<!日)本国|母国|(?i:{_LATIN})|{_ISO}")
#: A person or a passport is said to be of it.
NATIONAL = re.compile(
    rf"(?:国籍|発行国|出身国|国・地域|国名)[^\n。0-9]{{0,8}}?{_NATIVE}"
    rf"|{_NATIVE}(?:国)?(?:籍|人|政府|大使館|の?旅券|の?パスポート|発行|出身)"
    rf"|(?i:(?:nationality|citizenship|citizen of|issued by|issuing country|country of issue)"
    rf"[^\n0-9]{{0,10}}?(?:{_LATIN}|{_ISO})|(?:{_LATIN}) (?:passport|national|citizen))"
    r"|外国旅券|外国パスポート|国籍国|(?<!日)本国の?(?:旅券|パスポート)|母国の?(?:旅券|パスポート)"
    r"|(?i:foreign[ _-]?passport|passport[ _-]?(?:of[ _-]?)?foreign)"
)


def foreign(text: str, start: int, end: int, reach: int = 60) -> bool:
    """Tell whether a country other than Japan is named around ``[start, end)``."""
    return _around(FOREIGN, text, start, end, reach)


def national(text: str, start: int, end: int, reach: int = 40) -> bool:
    """Tell whether somebody or something around is said to be of such a country."""
    return _around(NATIONAL, text, start, end, reach)


def _around(pattern: re.Pattern[str], text: str, start: int, end: int, reach: int) -> bool:
    """Look at both sides but not over a blank line; Python's windows cut no word of ours."""
    before = text[max(0, start - reach) : start].rpartition("\n\n")[2]
    after = text[end : end + reach].partition("\n\n")[0]
    return bool(pattern.search(before) or pattern.search(after))
