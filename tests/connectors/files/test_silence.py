"""A file server that falls silent with its connection open: it is left in time, and told."""

from __future__ import annotations

import pytest

from connectors.options import Options
from connectors.place import Batch, Dataset, Status, Unread
from connectors.registry import open_source
from tests.connectors.files.test_remote import LARGE, ROWS, Far, _known_as, far
from tests.servers.cut import cutting

pytestmark = [pytest.mark.server, pytest.mark.slow]

__all__ = ["far"]

#: An answer may take half a second; S3's driver asks again, up to six times.
_OPTIONS = Options(statement_timeout=0.3)


def test_silence_amid_a_file(far: Far) -> None:
    """Reading ends as partial or failed, and so does listing: in time, and in a sentence."""
    far.put("a.csv", LARGE.encode())
    with cutting(("127.0.0.1", far.server.port)) as proxy:
        url = far.url(port=proxy.port)
        if far.kind == "sftp":
            url = _known_as(url, far, proxy.port)
        with open_source("far", url, _OPTIONS) as source:
            (dataset,) = source.datasets()
            assert isinstance(dataset, Dataset)
            proxy.hold_after(4_500_000)
            read = list(source.read(dataset.partitions[0]))
    told = [each for each in read if isinstance(each, Unread)]
    assert sum(len(each.records) for each in read if isinstance(each, Batch)) < ROWS
    assert [each.status for each in told] in ([Status.PARTIAL], [Status.FAILED])
    assert "connection was lost" in told[0].reason
