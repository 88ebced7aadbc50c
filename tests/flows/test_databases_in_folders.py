"""A folder with a dump and an SQLite file: a scan finds the people in both."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flows import adhoc
from tests.flows import small
from tests.flows.command import Command

MAIL, NAME = "kanariya@example.jp", "金糸雀花子"
PEOPLE = [(1, NAME, MAIL, "1985-04-01"), *((at, f"山田太郎{at}", "", "") for at in range(2, 9))]
ORDERS = [(at, at % 8 + 1) for at in range(1, 21)]
DUMP = """--
-- PostgreSQL database dump
--

SET client_encoding = 'UTF8';
CREATE TABLE public.customers (customer_id integer NOT NULL, 氏名 text, メール text, 生年月日 date);
CREATE TABLE public.orders (id integer NOT NULL, customer integer);
COPY public.customers (customer_id, 氏名, メール, 生年月日) FROM stdin;
{customers}\\.

COPY public.orders (id, customer) FROM stdin;
{orders}\\.

ALTER TABLE ONLY public.customers ADD CONSTRAINT c PRIMARY KEY (customer_id);
ALTER TABLE ONLY public.orders ADD CONSTRAINT o FOREIGN KEY (customer)
    REFERENCES public.customers(customer_id);
COMMENT ON TABLE public.customers IS '担当は鈴木一郎 090-1234-5678';
--
-- PostgreSQL database dump complete
--
"""


def write(folder: Path) -> None:
    """Write the same people into a dump and into an SQLite file."""
    folder.mkdir()
    lines = ["\t".join(str(value) or "\\N" for value in row) + "\n" for row in PEOPLE]
    orders = [f"{number}\t{who}\n" for number, who in ORDERS]
    dump = DUMP.format(customers="".join(lines), orders="".join(orders))
    (folder / "backup.sql").write_text(dump, encoding="utf-8")
    with closing(sqlite3.connect(folder / "app.db")) as owner, owner:
        owner.execute("CREATE TABLE members (id INTEGER PRIMARY KEY, 氏名, メール, 生年月日)")
        owner.executemany("INSERT INTO members VALUES (?, ?, ?, ?)", PEOPLE)


@pytest.mark.slow
def test_people_are_found(tmp_path: Path, command: Command) -> None:
    """A person's records are found in their tables, and the order that refers to her key."""
    write(tmp_path / "share")
    config, _ = adhoc.settings(str(tmp_path / "share"))
    small.scan(config)
    asked = command("find", "--config", str(config), "--email", MAIL, "--json", "--open")
    found = {
        (one["dataset"], json.dumps(one["record"])) for one in json.loads(asked.out)["matches"]
    }
    assert ("app.db!/members", '{"pk": {"id": 1}}') in found
    assert ("backup.sql!/public.customers", '{"row": 1}') in found
    assert ("backup.sql!/public.orders", '{"row": 8}') in found
    fields = command("inventory", "fields", "--config", str(config), "--json", "--open")
    entities = {
        (one["dataset"], one["field"], one["entity"]) for one in json.loads(fields.out)["fields"]
    }
    for dataset in ("app.db!/members", "backup.sql!/public.customers"):
        assert (dataset, "氏名", "PERSON") in entities
        assert (dataset, "生年月日", "DATE_OF_BIRTH") in entities
    assert ("backup.sql", "text", "PHONE_NUMBER") in entities
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "share"]
    assert not [path for path in kept if NAME.encode() in path.read_bytes()]
