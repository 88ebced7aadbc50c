"""Values made up to be shown."""

from __future__ import annotations

import pyarrow as pa
import pytest
from stdnum import luhn

from scanners.belief import Belief, belief
from scanners.columns import judge
from scanners.dummies import _CARDS, DUMMY, SCORE, dummies, is_dummy
from scanners.evidence import Tally
from scanners.finding import Entity
from scanners.normalize import fold
from scanners.presidio import find_in_text
from scanners.scan import Scanner
from scanners.verdict import Column

MADE_UP = [
    (Entity.JP_MY_NUMBER, "123456789018"),
    (Entity.JP_MY_NUMBER, "１２３４－５６７８－９０１８"),
    (Entity.JP_MY_NUMBER, "000000000000"),
    (Entity.CREDIT_CARD, "4111-1111-1111-1111"),
    (Entity.CREDIT_CARD, "3782 822463 10005"),
    (Entity.PHONE_NUMBER, "090-0000-0000"),
    (Entity.PHONE_NUMBER, "+81 90-0000-0000"),
    (Entity.EMAIL_ADDRESS, "test@example.com"),
    (Entity.EMAIL_ADDRESS, "Your.Name@example.co.jp"),
    (Entity.EMAIL_ADDRESS, "hoge1@example.jp"),
    (Entity.JP_PASSPORT, "AB0000000"),
    (Entity.JP_RESIDENCE_CARD, "AB12345678CD"),
    (Entity.JP_BANK_ACCOUNT, "1234567"),
    (Entity.IP_ADDRESS, "203.0.113.7"),
]
REAL = [
    (Entity.JP_MY_NUMBER, "621498320257"),
    (Entity.CREDIT_CARD, "4539578763621486"),
    (Entity.PHONE_NUMBER, "090-1234-5678"),
    (Entity.PHONE_NUMBER, "03-1234-5678"),
    (Entity.EMAIL_ADDRESS, "taro@example.jp"),
    (Entity.EMAIL_ADDRESS, "test@shop.co.jp"),
    (Entity.PERSON, "山田太郎"),
    (Entity.JP_PASSPORT, "TR1234568"),
    (Entity.IP_ADDRESS, "198.51.101.7"),
]


@pytest.mark.parametrize(("entity", "value"), MADE_UP)
def test_dummies_are_known(entity: Entity, value: str) -> None:
    """What is made up is known, in a text as in a column."""
    assert is_dummy(entity, fold(value).text)
    known = dummies(entity, pa.array([fold(value).text]))
    assert known is not None
    assert known.to_pylist() == [True]


@pytest.mark.parametrize(("entity", "value"), REAL)
def test_what_may_be_somebodys_is_no_dummy(entity: Entity, value: str) -> None:
    """A value that somebody may have is no dummy, however often it is written in handbooks."""
    assert not is_dummy(entity, value)
    known = dummies(entity, pa.array([value]))
    assert known is None or known.to_pylist() == [False]


def test_published_cards_are_cards() -> None:
    """Every test number listed has a valid check digit."""
    wrong = [number for number in _CARDS.split() if not luhn.is_valid(number)]
    assert wrong == []


def test_a_text_says_what_is_a_dummy() -> None:
    """A finding in a text says so and is believed little."""
    (found,) = find_in_text("マイナンバーは123456789018です")
    assert DUMMY in found.evidence
    assert found.score <= SCORE


def test_a_column_counts_its_dummies() -> None:
    """A column's findings are believed less where they are dummies, and those are counted."""
    values = ["123456789018", "621498320257", "983205673214"]
    batch = pa.RecordBatch.from_pydict({"マイナンバー": values})
    verdict = judge(batch, [Column("マイナンバー")])
    found = Scanner().scan(batch, verdict)
    scores = sorted(round(score, 2) for score in found[0].findings.column("score").to_pylist())
    assert scores == [SCORE, 0.95, 0.95]
    tally = Tally()
    tally.add(batch, found)
    ((_, _, counts),) = tally
    assert (counts.hits, counts.dummies) == (3, 1)


def test_dummies_alone_prove_nothing() -> None:
    """A memo with nothing but a specimen's number is not personal."""
    batch = pa.RecordBatch.from_pydict({"備考": ["見本のカード番号 4111111111111111", "なし"]})
    verdict = judge(batch, [Column("備考")])
    tally = Tally()
    tally.add(batch, Scanner().scan(batch, verdict))
    said = [belief(counts, verdict.of(name, entity)) for name, entity, counts in tally]
    assert said == [Belief.NOTHING]
