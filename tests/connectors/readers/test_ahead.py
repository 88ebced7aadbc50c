"""Reading one block ahead: the same bytes, errors in their place, and no thread left."""

from __future__ import annotations

import io
import threading

import pytest

from connectors.errors import Damaged
from connectors.readers.ahead import Ahead


class Breaking(io.BytesIO):
    """Bytes that break off after the first block."""

    def read(self, size: int | None = -1) -> bytes:
        """Give a block, then fail."""
        if self.tell():
            raise Damaged("cut")
        return super().read(size)


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (5 << 20) + 3])
def test_same_bytes(size: int) -> None:
    """What comes out is what is there, however it is asked for."""
    data = bytes(range(256)) * (size // 256 + 1)
    with Ahead(io.BytesIO(data[:size])) as ahead:
        assert io.BufferedReader(ahead, 70_000).read() == data[:size]


def test_errors_come_in_their_place() -> None:
    """What was read before an error is given first; then the thread ends."""
    ahead = Ahead(Breaking(bytes(3 << 20)))
    reader = io.BufferedReader(ahead, 1 << 20)
    assert len(reader.read(1 << 20)) == 1 << 20
    with pytest.raises(Damaged, match="cut"):
        reader.read(1)
    ahead.close()
    assert not [each for each in threading.enumerate() if each.name.startswith("ahead")]
