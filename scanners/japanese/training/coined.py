"""片仮名の造語 (coined words): katakana that no list has, and words put together of known ones."""

from __future__ import annotations

from random import Random

from scanners.japanese.training.lists import words
from scanners.japanese.training.names import Names


def coined(random: Random, _names: Names) -> str:
    """Coin a word such as trade names and substances are: ネオメタフォン, タリミン."""
    head = "".join(random.choice(words("coined_heads")) for _ in range(random.randrange(1, 4)))
    return head + random.choice(words("coined_ends"))


def compound(random: Random, _names: Names) -> str:
    """Put two katakana words together."""
    return random.choice(words("katakana")) + random.choice(words("katakana"))


def dotted(random: Random, _names: Names) -> str:
    """Put katakana words around middle dots, as names from abroad are."""
    return "・".join(random.choice(words("katakana")) for _ in range(random.randrange(2, 4)))
