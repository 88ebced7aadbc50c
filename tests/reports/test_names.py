"""A name that tells a person is shown masked, with the key or without it."""

from __future__ import annotations

from reports.names import Names
from reports.seal import Seal
from tests.reports import sample

_NAME = "採用/見本花子_履歴書.docx"
_SEALED = sample.SEAL.seal(_NAME)


def test_plain_names_stay_as_they_are() -> None:
    """Only what is sealed is masked."""
    assert Names().shown("public.customers") == "public.customers"


def test_the_key_tells_more_but_not_the_person() -> None:
    """First characters with the key; a few digits that tell names apart without it."""
    assert Names(sample.SEAL).shown(_SEALED) == "採＊＊＊/見＊＊＊.docx"
    assert Names().shown(_SEALED) != Names().shown(sample.SEAL.seal("another"))
    assert "enc" not in Names().shown(_SEALED)


def test_another_key_breaks_nothing() -> None:
    """A name sealed under a key that has since changed is masked like one without a key."""
    other = Names(Seal(bytes(64)))
    assert other.shown(_SEALED) == Names().shown(_SEALED)
    assert other.plain(_SEALED) == _SEALED


def test_a_name_is_opened_only_to_be_matched() -> None:
    """Rules of the settings are held against the real path."""
    assert Names(sample.SEAL).plain(_SEALED) == _NAME
