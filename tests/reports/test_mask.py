"""Masked samples: enough to recognise a kind of value, and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.mask import masked, samples


@pytest.mark.parametrize(
    ("entity", "value", "expected"),
    [
        ("PERSON", "山田太郎", "山＊＊＊"),
        ("PERSON", "林学", None),
        ("EMAIL_ADDRESS", "taro@example.jp", "t＊＊＊＊＊＊＊"),
        ("SUBJECT_KEY", "C0000001", "C＊＊＊＊＊"),
        ("GENDER", "female", None),
        ("AGE", "１００歳", None),
        ("SPECIAL_CARE", "糖尿病の治療", None),
    ],
)
def test_masked(entity: str, value: str, expected: str | None) -> None:
    """At most the first character is shown, and nothing of what is short or telling."""
    assert masked(entity, value) == expected


@given(st.text(min_size=3))
def test_nothing_but_the_first(value: str) -> None:
    """A mask tells the first character and one of three lengths."""
    shown = masked("PERSON", value)
    assert shown is not None
    assert shown[0] == value[0]
    assert shown[1:] in {"＊＊＊", "＊＊＊＊＊", "＊＊＊＊＊＊＊"}


def test_samples() -> None:
    """Samples differ from each other and are few."""
    assert samples("PERSON", ["山田太郎", "山本花子", "林", "佐藤次郎"]) == ["山＊＊＊", "佐＊＊＊"]
    assert len(samples("PERSON", (f"{at}番目の人" for at in range(100)))) == 3
