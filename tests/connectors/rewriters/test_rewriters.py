"""The table of rewriters: every format that is read is written, or says why not."""

from __future__ import annotations

import pytest

from connectors.errors import Unsupported
from connectors.readers import READERS
from connectors.rewriters import BY_HAND, REWRITERS, rewriter_for


def test_every_format_is_written_or_by_hand() -> None:
    """A reader's format has a rewriter or a reason, never both."""
    assert READERS.keys() <= REWRITERS.keys() | BY_HAND.keys()
    assert not REWRITERS.keys() & BY_HAND.keys()


@pytest.mark.parametrize("media_type", REWRITERS)
def test_every_rewriter_is_there(media_type: str) -> None:
    """Each can be imported and has the one method."""
    assert callable(rewriter_for(media_type).rewrite)


@pytest.mark.parametrize("media_type", [*BY_HAND, "application/x-unheard-of"])
def test_by_hand(media_type: str) -> None:
    """What can't be written says so in one sentence with its reason."""
    with pytest.raises(Unsupported, match=r"^Change it by hand, because [^.]+(\.xlsx[^.]*)?\.$"):
        rewriter_for(media_type)
