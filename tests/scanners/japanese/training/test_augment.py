"""Swapping names: the form and the rest of the sentence stay."""

# ruff: noqa: S311 - repeatable chance, no secret

from __future__ import annotations

import re
from random import Random

import pytest

from scanners.japanese.training.augment import augment
from scanners.japanese.training.example import Example

FORMS = (
    ("山田太郎", r"[^\s・a-zA-Z]{2,}"),
    ("山田 太郎", r"\S+ \S+"),
    ("山田\u3000太郎", r"\S+\u3000\S+"),
    ("ジョン・スミス", r".+・.+"),
    ("スミス", r"[ァ-ヶー＝=・]+"),
    ("John Smith", r"[^ァ-ヶ一-龥]+ [^ァ-ヶ一-龥]+"),
    ("長谷川", r"[^\s・]+"),
)


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_a_name_is_swapped_in_its_form(name: str, form: str) -> None:
    """The other name is written as the first was, the text around it stays."""
    example = Example(
        f"担当の{name}と{name}さん。", ((3, 3 + len(name)), (4 + len(name), 4 + 2 * len(name))), "t"
    )
    for seed in range(30):
        other = augment(example, Random(seed))
        assert other.names[0] == other.names[1]
        assert re.fullmatch(form, other.names[0])
        assert other.text == "担当の{0}と{0}さん。".format(other.names[0])
    assert augment(example, Random(1)).names != example.names


def test_what_is_not_understood_stays() -> None:
    """A name of an unclear form is left as it is."""
    example = Example("HIROが歌う。", ((0, 4),), "t")
    assert augment(example, Random(1)).text == example.text
