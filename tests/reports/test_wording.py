"""Numbers, times, sizes and reasons are worded as people in Japan, or elsewhere, read them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reports import wording
from reports.words import Language
from scanners.verdict import Evidence


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        (0, "ja", "0"),
        (99_999, "ja", "99,999"),
        (100_000, "ja", "10万"),
        (1_234_567, "ja", "123万"),
        (98_765_432, "ja", "9,876万"),
        (512_345_678, "ja", "5.1億"),
        (100_000, "en", "100k"),
        (9_311_020, "en", "9.3M"),
    ],
)
def test_large_counts_are_short(value: int, language: Language, words: str) -> None:
    """A narrow cell holds any count."""
    assert wording.short_number(value, language) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "–"), (0.0, "0%"), (0.0034, "0.34%"), (0.086, "8.6%"), (1.0, "100%")],
)
def test_shares(value: float | None, words: str) -> None:
    """Two digits are enough for a bound."""
    assert wording.share(value) == words


def test_a_time_without_a_zone_is_utc() -> None:
    """Whatever the machine's own zone, the reader sees Japan's."""
    naive = datetime(2026, 12, 31, 15, 0)  # noqa: DTZ001 (as Arrow may give it)
    assert wording.minute(naive) == "2027-01-01 00:00"
    assert wording.day(naive.replace(tzinfo=UTC)) == "2027-01-01"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Evidence("header", "氏名", 1, 1), "列名「氏名」"),
        (Evidence("pattern", "JP_MY_NUMBER", 15, 45), "形式が一致（個人番号） 15／45"),
        (Evidence("declared key", "foreign key to s", 1, 1), "宣言されたキー（sへの外部キー）"),
        (Evidence("neighbours", "", 3, 3), "隣の列 3／3"),
        (Evidence("neighbours", "DATE_OF_BIRTH PERSON"), "隣の列「生年月日・氏名」"),
        (Evidence("thing", "goods code: jan"), "個人のものでない番号（商品コード：jan）"),
        (Evidence("astrology", "月", 1, 1), "astrology「月」"),
        (Evidence("astrology", "", 1, 1), "astrology"),
    ],
)  # fmt: skip
def test_evidence_reads_as_a_reason(reason: Evidence, words: str) -> None:
    """What spoke for it, and how many of how many values did."""
    assert wording.reason(reason, "ja") == words


@pytest.mark.parametrize(
    ("why", "words", "english"),
    [
        ("check digit", "検査用数字が一致", "Check digit agrees"),
        ("context マイナンバー", "前後の語「マイナンバー」", "Words nearby “マイナンバー”"),
        ("numbering plan", "電気通信番号計画", "Numbering plan"),
        ("astrology", "astrology", "astrology"),
    ],
)
def test_a_findings_reason_is_worded(why: str, words: str, english: str) -> None:
    """What a recognizer says in fixed words people read in their own."""
    assert (wording.reason_found(why), wording.reason_found(why, "en")) == (words, english)
