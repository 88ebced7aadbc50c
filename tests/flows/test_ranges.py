"""A table that is read in parts: counted and kept as one dataset."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest

from tests.conftest import PostgresServer
from tests.flows.conftest import run_in

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def test_parts_of_a_table_are_one_dataset(postgres_server: PostgresServer, tmp_path: Path) -> None:
    """A table cut by its keys is scanned part by part, and counted and covered as a whole."""
    database = postgres_server.create()
    url = postgres_server.url(database)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("CREATE TABLE customers (id bigint PRIMARY KEY, email text)")
        owner.execute("""INSERT INTO customers SELECT n * 1000, 'taro' || n || '@mail.co.jp'
                      FROM generate_series(1, 4000) n""")
        owner.execute("ALTER TABLE customers SET (autovacuum_enabled = off)")
        owner.execute("UPDATE pg_class SET reltuples = 6000000 WHERE relname = 'customers'")
    ended = run_in(tmp_path, "scan", url, "--json")
    postgres_server.drop(database)
    assert ended.returncode == 0, ended.stderr
    answer = json.loads(ended.stdout)
    (source,) = answer["sources"]
    assert (answer["status"], answer["unread"]) == ("complete", [])
    # An address a row, and the key that stands for its person.
    assert (source["datasets"], source["rows"], source["findings"]) == (1, 4000, 8000)
