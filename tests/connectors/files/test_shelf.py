"""A shelf lends files of tables to several threads."""

from __future__ import annotations

import io
from threading import Event, Thread

from connectors.files.shelf import Shelf
from connectors.readers.sql_index import index
from connectors.readers.sql_tables import DumpTables
from connectors.readers.tables import Tables


def _tables() -> Tables:
    data = b"INSERT INTO t VALUES (1);\n"
    return DumpTables(index(io.BytesIO(data)), lambda: io.BytesIO(data))


def test_opening_holds_up_nobody_else() -> None:
    """While one file is opened, which may take long, another is lent; the same waits for it."""
    shelf, begun, go = Shelf(), Event(), Event()
    opened: list[str] = []

    def slow() -> Tables:
        opened.append("slow")
        begun.set()
        assert go.wait(60)
        return _tables()

    def lend() -> None:
        with shelf.lent("slow", "1", slow) as tables:
            assert tables.has("t")

    threads = [Thread(target=lend) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    other = Thread(target=lambda: shelf.lent("other", "1", _tables).__enter__())
    other.start()
    other.join(60)
    assert not other.is_alive()
    go.set()
    for thread in threads:
        thread.join(60)
    assert opened == ["slow"]
    shelf.close()
