"""Names drawn for training: of every kind, in every form, none that is held out."""

# ruff: noqa: S311 - repeatable chance, no secret

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from scanners.japanese.training import forms
from scanners.japanese.training.cells import cell
from scanners.japanese.training.dictionary import dictionary, is_name
from scanners.japanese.training.lists import pairs
from scanners.japanese.training.name import Kind, Name, Part
from scanners.japanese.training.names import Names, load_names
from scanners.japanese.training.spelling import halfwidth, passport
from scanners.japanese.training.split import held_out
from scanners.japanese.training.things import FILLERS

DATA = Path(__file__).parents[5] / "shared" / "data"
TARO = Name(Part("山田", "ヤマダ"), Part("太郎", "タロウ"))


@pytest.fixture(scope="module")
def names() -> Names:
    """The shipped lists."""
    return load_names(None)


def test_no_drawn_name_is_held_out(names: Names) -> None:
    """Neither as written nor by its reading."""
    random = Random(1)
    drawn = [names.draw(random) for _ in range(4000)]
    assert not any(held_out(name.joined) or held_out(name.kana) for name in drawn)
    assert {
        kind for kind, count in Counter(name.kind for name in drawn).items() if count > 100
    } == {*Kind}


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_dir(), reason="the open lists lie beside the checkout")
def test_open_lists_give_readings() -> None:
    """With the open lists common names come as often as people bear them, and are read rightly."""
    names, random = load_names(DATA), Random(2)
    drawn = [names.draw(random, Kind.NATIVE) for _ in range(4000)]
    surnames = Counter(name.surname.written for name in drawn)
    assert surnames.most_common(1)[0][0] in {"佐藤", "鈴木", "高橋"}
    readings = {name.surname.kana for name in drawn if name.surname.written == "鈴木"}
    assert "スズキ" in readings


def test_foreign_names_are_spelt_as_abroad(names: Names) -> None:
    """A name from abroad has katakana for a reading and the letters of its own country."""
    random = Random(6)
    for _ in range(800):
        name = names.draw(random, Kind.WESTERN)
        assert re.fullmatch(r"[ァ-ヺー・＝=A-Z]+", name.kana), name
        assert name.surname.latin
        assert name.given.latin


def test_forms_of_one_name() -> None:
    """A name is written in kanji, kana and Latin letters."""
    random = Random(3)
    written = {form(TARO, random) for form in _ALL for _ in range(60)}
    assert written >= {
        *(
            "山田太郎",
            "山田 太郎",
            "山田\u3000太郎",
            "ヤマダ タロウ",
            "ヤマダタロウ",
            "やまだ たろう",
        ),
        *("ﾔﾏﾀﾞ ﾀﾛｳ", "Taro Yamada", "YAMADA Taro", "Yamada, Taro", "T. Yamada"),
    }


def test_variants_of_characters() -> None:
    """髙橋 is written at times for 高橋."""
    assert {forms.vary("高橋", Random(seed)) for seed in range(60)} == {"高橋", "髙橋"}


def test_spelling() -> None:
    """Half width splits voiced marks off; a passport shortens long vowels."""
    assert halfwidth("ワタナベ ジュン") == "ﾜﾀﾅﾍﾞ ｼﾞｭﾝ"
    assert passport("オオノ") == "ono"


def test_a_cell_of_a_thing_is_no_name(names: Names) -> None:
    """No negative is somebody's surname or given name alone, unless it is a place's too."""
    random = Random(4)
    things = [made.text for made in (cell(random, names) for _ in range(2000)) if not made.persons]
    assert len(things) > 700
    places = set(dictionary().namesakes)
    assert not any(is_name(thing) and thing not in places for thing in things)


def test_every_filler_draws(names: Names) -> None:
    """What fills a slot is never empty."""
    random = Random(5)
    assert all(filler(random, names) for filler in FILLERS.values() for _ in range(20))


@pytest.mark.parametrize("name", ["surnames", "given", "foreign_given", "foreign_family"])
def test_pairs_have_both_parts(name: str) -> None:
    """Each line of a paired list has a name and its reading or spelling."""
    assert all(first and second for first, second in pairs(name))


_ALL = (
    forms.joined,
    forms.spaced,
    forms.katakana,
    forms.in_hiragana,
    forms.half_katakana,
    forms.romaji,
)
