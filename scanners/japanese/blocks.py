"""街区 (blocks): what follows a town in an address, down to the room.

住居表示に関する法律 (1962) counts 街区符号 and 住居番号 (2番3号) below a 丁目; elsewhere stands the
lot of the land register (番地, 甲, イ). The styles: 1丁目2番3号, 1-2-3, 一丁目二番三号, 1ノ2,
1番地の2, 第5地割12, 北3条西6丁目; Kyoto names streets and a direction from the crossing (上ル,
東入ル). Then come building and room. All patterns are for folded texts and bounded in length.
"""

from __future__ import annotations

import re

from scanners.normalize import HYPHEN

LETTER = "[\u3005\u30a1-\u30faー\u3400-\u9fff\U00020000-\U0002ffff]"
KANA = "[\u3041-\u3096]"

_KANJI = "[一二三四五六七八九十百〇]"
_LOT = "(?:[甲乙丙戊己庚辛]|丁(?!目)|[イロハニホヘト](?![\u30a1-\u30faー]))"
_FIRST = rf"(?:[1-9][0-9]{{0,4}}|{_KANJI}{{1,4}})"
_NUMBER = rf"(?:[0-9]{{1,5}}|{_KANJI}{{1,4}})"
_UNIT = rf"(?:丁目|番地?|番町|号|条|線|地割|丁(?=[ ]?[0-9])|{HYPHEN}|[のノ之](?=[0-9一-九]))"
_SAID = "(?:丁目|番地?(?![組町])|号(?!室|線|車|棟)|条|線|地割)"
_NEXT = rf"[ ]?(?:{_UNIT}[ ]?){{1,2}}[のノ]?[東西南北]?第?{_LOT}?{_NUMBER}{_LOT}?"
_LAST = "(?:[ ]?(?:丁目|番地?(?![組町])|号(?!室|線|車)|地割))"
#: Postal codes, years and days.
_ELSE = (
    rf"(?![0-9]{{3}}{HYPHEN}[0-9]{{4}}(?![0-9])"
    r"|(?:19|20)[0-9]{2}(?:年|[-/.][01]?[0-9][-/.]))"
)
_COUNTED = (
    "[円年点対個件回位歳才%戸両系周分秒勝敗万億店種章節巻話曲台匹杯期級席泊冊枚着]|人(?!形)|月(?!島)"
    "|日(?!本)|時(?!田)|km|m²|kg|cm|[ヶかカ][月所]|世紀|試合"
    "|番[目組線]|号[機店車]"
)
_BEHIND = rf"(?![0-9]|{HYPHEN}[0-9]|[%.,][0-9]|{_COUNTED})"
_LOTS = rf"(?:{_LOT}{{1,2}}|第)?[ ]?"
#: A number with a unit behind it, or several.
BLOCK = (
    rf"(?:{_ELSE}{_LOTS}{_FIRST}{_LOT}?(?:(?:{_NEXT}){{1,5}}(?:{_LAST}|F(?![A-Za-z]))?|{_LAST}){_BEHIND}"
    "|無番地|番外地)"
)
#: Three numbers, or a unit that is written out: nothing but an address.
SURE = re.compile(rf"{_ELSE}{_LOTS}{_FIRST}{_LOT}?(?:(?:{_NEXT}){{2,5}}|{_SAID})|無番地|番外地")
#: Behind a town of the table a number alone will do.
PLAIN = (
    rf"{_ELSE}(?:[1-9][0-9]{{0,4}}|{_KANJI}{{1,4}}(?!{LETTER}|{KANA}))(?![0-9]){_BEHIND}"
    "(?![つ名度倍行社校代票本等丁番])"
)
_PARTICLE = "(?![にではをがへともや、。](?!し|の))"
#: 横浜市議会, 市立大学, 区長選: what a municipality does, not what lies in it.
_OFFICE = (
    "(?!議会|議員|議選|役所|役場|立[小中高大図病博美公]|営[バ地住球]|長(?:選|[はがをにの、])"
    "|[内外全民](?:[のではがに]|会|域)|警察|消防署|駅(?:[のにで]|から)|選挙|交通局|教育委)"
)
#: What stands between municipality and block where no table knows it, and 小字 behind a town.
UNKNOWN = rf"[ ]?{_OFFICE}{_PARTICLE}(?:{LETTER}|{KANA}(?<![をではに])){{0,14}}?[ ]?"
SUBTOWN = rf"(?:[ ]?(?:大?字)?(?!の|を|で|に|は|が)(?:{LETTER}|[のがケつ]){{0,8}}?)"
CROSSING = rf"(?:{_PARTICLE}(?:{LETTER}|{KANA}){{2,14}}?(?:[上下][ルる]|[東西]入[ルる]?)){{1,2}}"
_KIND = (
    "ビルディング|ビルヂング|ビル|マンション|ハイツ|アパートメント|アパート|コーポラス|コーポ|荘|ハウス"
    "|タワーズ?|レジデンス|メゾン|パレス|ヴィラ|ハイム|コート|プラザ|ガーデン|テラス|シティ|スクエア|ヒルズ|パーク|住宅|団地|寮|棟"
)
_DWELLING = "(?:[A-Z]-?)?[1-9][0-9]{0,3}(?:号室|号|階|F|室)"
_ROOM = (
    rf"(?:[ ]?第?(?:[0-9]{{1,2}}|[A-Z東西南北])号?[棟館](?:[ ]?{_DWELLING})?"
    rf"|[ ]?{_DWELLING}(?:[ ]?{_DWELLING})?"
    rf"|[ ]?(?:[A-Z]-?)?[1-9][0-9]{{1,3}}(?![0-9年月日円名人個:/.])(?!{HYPHEN}[0-9]))"
)
_BUILT = rf"(?:{LETTER}|[\u3041-\u3096](?<![をでには])|[A-Za-z0-9・&'’])"
_NAMED = rf"(?:{LETTER}|[A-Za-z・&'’])"
BUILDING = re.compile(
    rf"[ ]{{0,2}}(?:(?![にではをがのとへや]){_BUILT}{{0,18}}?(?:{_KIND})"
    rf"(?:{_BUILT}|[には]){{0,10}}?[ ]?{_DWELLING}"
    rf"|(?![にではをがのとへや]){_BUILT}{{1,24}}?(?:{_KIND})(?![A-Za-z])(?:{_ROOM})?"
    rf"|(?:{_KIND})(?:{_NAMED}|[のケが]){{1,16}}[ ]?{_ROOM}"
    rf"|(?<=[ ]){_BUILT}{{1,15}}[ ]{_BUILT}{{1,15}}[ ]?第?[0-9]{{1,2}}号?棟(?:[ ]?{_DWELLING})?"
    rf"|(?:(?<=[ ])|(?=[\u30a1-\u30fa]))(?:{_NAMED}|[のケが]){{2,18}}[ ]?{_DWELLING}"
    rf"|(?:(?<=[ ])|(?=[\u30a1-\u30fa]))[\u30a1-\u30faー・]{{3,18}}[ ]?(?:[A-Z]-?)?"
    rf"[1-9][0-9]{{2,3}}(?:号室)?(?![0-9年月日円名人個])(?!{HYPHEN}[0-9])"
    rf"|{_DWELLING})"
)
#: Before what has been masked: 宮前区野川*****.
MASKED = rf"{UNKNOWN}(?=[*●○■〇×]{{2}}|[xX]{{2}})"
