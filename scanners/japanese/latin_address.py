"""ローマ字住所 (addresses in Latin letters): 1-2-3 Shibuya, Shibuya-ku, Tokyo 150-0002, Japan.

Japan Post writes them from the smallest to the greatest for mail from abroad
(https://www.post.japanpost.jp/int/use/writing/); people write either way, and City, Ward or Town
for -shi, -ku, -machi. Something must say Japan: a suffix behind a hyphen, a prefecture, or both a
block of numbers and the name of a big city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanners.normalize import HYPHEN

_PREFECTURES = (
    "Hokkaid[oō]|Aomori|Iwate|Miyagi|Akita|Yamagata|Fukushima|Ibaraki|Tochigi|Gu[nm]ma|Saitama|Chiba"
    "|T[oō]ky[oō]|Kanagawa|Niigata|Toyama|Ishikawa|Fukui|Yamanashi|Nagano|Gifu|Shizuoka|Aichi|Mie"
    "|Shiga|Ky[oō]to|[OŌ]saka|Hy[oō]go|Nara|Wakayama|Tottori|Shimane|Okayama|Hiroshima|Yamaguchi"
    "|Tokushima|Kagawa|Ehime|K[oō]chi|Fukuoka|Saga|Nagasaki|Kumamoto|[OŌ]ita|Miyazaki|Kagoshima"
    "|Okinawa"
)
_WORD = "[A-ZĀĪŪĒŌ][A-Za-zāīūēōĀĪŪĒŌ'’]{1,20}"
_NAME = rf"{_WORD}(?:[- ](?!Japan|City|Ward){_WORD}){{0,2}}"
_KIND = "(?:shi|ku|gun|ch[oō]|machi|mura|son|to|fu|ken|City|Ward|Town|Village|Prefecture|Pref\\.?)"
_PART = rf"{_NAME}(?:(?:-|[ ](?=[A-Zg])){_KIND}(?![A-Za-z]))?"
_COUNT = rf"(?:{HYPHEN}ch[oō]me[ ,]{{0,2}}|[ ]Ch[oō]me[ ,-]{{0,2}}|{HYPHEN})[0-9]{{1,4}}"
_BLOCK = rf"[1-9][0-9]{{0,4}}(?:{_COUNT}){{1,4}}(?![0-9A-Za-z]|{HYPHEN}[0-9])"
_CODE = rf"(?:[, ]{{1,2}}〒?[0-9]{{3}}{HYPHEN}?[0-9]{{4}}(?![0-9]))?"
_END = rf"{_CODE}(?:[, ]{{1,2}}(?:Japan|JAPAN)(?![A-Za-z]))?"
_GO_ON = r"[ ]?,[ ]?"
_ADDRESS = re.compile(
    rf"(?<![A-Za-z0-9.-])(?:{_BLOCK}[ ,]{{1,2}}{_PART}(?:{_GO_ON}{_PART}){{1,4}}"
    rf"|{_PART}[ ,]{{1,2}}{_BLOCK}(?:{_GO_ON}{_PART}){{1,4}}){_END}"
)
#: What says that it is in Japan.
_JAPANESE = re.compile(
    r"-(?:shi|ku|gun|ch[oō]|machi|mura|son|to|fu|ken)(?![A-Za-z])|ch[oō]me"
    rf"|(?<![A-Za-z])(?:{_PREFECTURES}|Japan)(?![A-Za-z])",
    re.IGNORECASE,
)


def latin_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Find addresses in Latin letters in a folded text: where each begins and ends."""
    for match in _ADDRESS.finditer(text):
        if _JAPANESE.search(match[0]):
            yield match.span()
