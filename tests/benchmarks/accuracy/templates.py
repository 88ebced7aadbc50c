"""Templates: texts as companies write them, with made-up people and look-alikes filled in.

A template is a line; ``⏎`` is a line's end. ``{山田 太郎}``, ``{ﾔﾏﾀﾞ}``, ``{Taro Yamada}`` stand
for a person written in that way, 佐藤花子 for a second, 鈴木一郎 for a third; these spans are true.
What stands in brackets (``[会社]``, ``[町]``) is filled with what may sound like a name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.accuracy.data import Sentence
from tests.benchmarks.accuracy.names import Name, Part, people
from tests.benchmarks.accuracy.nonnames import look_alikes

FOLDER = Path(__file__).parent / "business"
_SLOT = re.compile(r"\{([^{}]*)\}|\[(mail\d|tel|date|no|会社|店|町|市|駅|商品)\]")
#: Who is meant: the surname's and the given name's readings of the three.
_WHO = (
    ("山田", "やまだ", "太郎", "たろう"),
    ("佐藤", "さとう", "花子", "はなこ"),
    ("鈴木", "すずき", "一郎", "いちろう"),
)
_LATIN = (("Yamada", "Taro"), ("Sato", "Hanako"), ("Suzuki", "Ichiro"))


def genres() -> Sequence[str]:
    """Return the kinds of text there are templates for."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def filled(genre: str, times: int, seed: int) -> Iterator[Sentence]:
    """Fill each template of a kind so many times, each time with other people."""
    chance = random.Random(f"{genre} {seed}")
    lines = (FOLDER / f"{genre}.txt").read_text(encoding="utf-8").splitlines()
    names = people(3 * times * len(lines), seed + 100)
    chance.shuffle(names)
    for at, line in enumerate(line for line in lines for _ in range(times)):
        yield fill(line.replace("⏎", "\n"), names[3 * at : 3 * at + 3], chance)


def fill(template: str, three: Sequence[Name], chance: random.Random) -> Sentence:
    """Fill a template; the spans of the people are those of the text made."""
    written = _ways(three)
    kept: dict[str, str] = {}
    parts: list[str] = []
    spans, length, last = [], 0, 0
    for slot in _SLOT.finditer(template):
        person, thing = slot.groups()
        if person is not None and person not in written:
            continue
        value = written[person] if person is not None else _thing(thing, three, kept, chance)
        parts += [template[last : slot.start()], value]
        length += slot.start() - last
        if person is not None:
            spans.append((length, length + len(value)))
        length, last = length + len(value), slot.end()
    return Sentence("".join([*parts, template[last:]]), tuple(spans))


def _ways(three: Sequence[Name]) -> Mapping[str, str]:
    """Return every way in which a template may name someone, as it is written of these three."""
    model = [Name(*_parts(who, latin)) for who, latin in zip(_WHO, _LATIN, strict=True)]
    ways: dict[str, str] = {}
    for shown, real in zip(model, three, strict=True):
        ways |= _parts_of(shown.surname, real.surname) | _parts_of(shown.given, real.given)
    for one, surname in zip(model, three, strict=True):
        for other, given in zip(model, three, strict=True):
            ways |= _full(one.surname, other.given, surname.surname, given.given)
    return ways


def _parts_of(shown: Part, real: Part) -> dict[str, str]:
    scripts = ("kanji", "hiragana", "katakana", "half", "romaji")
    return {getattr(shown, script): getattr(real, script) for script in scripts}


def _full(surname: Part, given: Part, real: Part, real_given: Part) -> dict[str, str]:
    ways = {}
    for script in ("kanji", "hiragana", "katakana", "half"):
        for gap in ("", " ", "\u3000", "・"):
            key = getattr(surname, script) + gap + getattr(given, script)
            ways[key] = getattr(real, script) + gap + getattr(real_given, script)
    for first, second, one, two in (
        (surname, given, real, real_given),
        (given, surname, real_given, real),
    ):
        key, value = f"{first.romaji} {second.romaji}", f"{one.romaji} {two.romaji}"
        ways |= {key: value, key.upper(): value.upper()}
    return ways


def _parts(who: Sequence[str], latin: Sequence[str]) -> tuple[Part, Part]:
    surname, surname_kana, given, given_kana = who
    return (
        Part(surname, surname_kana, _katakana(surname_kana), latin[0]),
        Part(given, given_kana, _katakana(given_kana), latin[1]),
    )


def _katakana(kana: str) -> str:
    return "".join(chr(ord(char) + 96) for char in kana)


def _thing(thing: str, three: Sequence[Name], kept: dict[str, str], chance: random.Random) -> str:
    """Return what stands for a thing; the same thing twice in a text is the same."""
    if thing not in kept:
        kept[thing] = _made(thing, three, chance)
    return kept[thing]


def _made(thing: str, three: Sequence[Name], chance: random.Random) -> str:
    if thing.startswith("mail"):
        who = three[int(thing[4:]) - 1]
        return f"{who.given.romaji.lower()}.{who.surname.romaji.lower()}@example.co.jp"
    if thing == "tel":
        return f"0{chance.choice('789')}0-{chance.randint(1000, 9999)}-{chance.randint(0, 9999):04}"
    if thing == "date":
        month, day = chance.randint(1, 12), chance.randint(1, 28)
        return chance.choice(
            (f"{month}月{day}日", f"2026-{month:02}-{day:02}", f"2026/{month}/{day}")
        )
    if thing == "no":
        return f"{chance.choice(('A', 'No', 'R-', ''))}{chance.randint(1000, 999_999)}"
    return chance.choice(look_alikes()[thing])
