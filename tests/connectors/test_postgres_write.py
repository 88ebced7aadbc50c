"""PostgreSQL written to, on a real server: exactly the rows named, or nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import psycopg
import pytest

from connectors.change import Action, Change, Fetched, Intent, Outcome, Receipt, Refusal, Why
from connectors.errors import SourceError
from connectors.options import Options
from connectors.place import Batch, Dataset, Partition
from connectors.postgres import PostgresSource
from tests.servers.postgres import debian_postgres

KEY = b"a key for tests"
_PEOPLE = """
CREATE DOMAIN kana AS text CHECK (value ~ '^[ァ-ー]*$');
CREATE TYPE mood AS ENUM ('良い', '悪い');
CREATE TABLE people (
  id int PRIMARY KEY, name text NOT NULL, yomi kana, mail varchar(20) NOT NULL UNIQUE, born date,
  age int CHECK (age < 150), paid numeric(6, 2), seen timestamptz, feels mood, photo bytea,
  notes jsonb, tags text[], code char(4), shout text GENERATED ALWAYS AS (upper(mail)) STORED);
INSERT INTO people SELECT n, '山田' || n, 'ヤマダ', n || '@x.jp', '2001-02-03', n, 1.5,
  '2001-02-03 04:05:06+09', '良い', '\\x00ff', '{"a": "b"}', '{x,y}', 'c' || n
  FROM generate_series(1, 9) n;
"""


@pytest.fixture
def owner(postgres_url: str) -> Iterator[psycopg.Connection]:
    """Return the owner's connection to a database with a table of nine people."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(_PEOPLE.encode())
        yield connection


@pytest.fixture
def source(owner: psycopg.Connection, postgres_url: str) -> PostgresSource:
    """Return it as a source of ours."""
    del owner
    made = PostgresSource("x", postgres_url, Options(KEY))
    made.row_patience = "300ms"
    return made


def test_fetched_as_scanned(source: PostgresSource) -> None:
    """A fetched row has the names, types and values of a scan, whatever its columns' types."""
    (scanned,) = source.read(Partition("public.people", 0))
    assert isinstance(scanned, Batch)
    (fetched,) = source.fetch("public.people", scanned.records.to_pylist())
    assert isinstance(fetched, Fetched)
    assert fetched.records.equals(scanned.records)
    assert fetched.values.equals(scanned.values)
    assert len(set(fetched.versions.to_pylist())) == 9
    (gone,) = source.fetch("public.people", [_name(77)])
    assert isinstance(gone, Refusal)
    assert gone.why is Why.GONE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text", "'山''\\\"%s\n:x' || n"),
        ("char(9)", "n"),
        ("numeric(9, 3)", "n / 8.0"),
        ("real", "n * 1.1"),
        ("uuid", "md5(n::text)::uuid"),
        ("timestamptz", "timestamptz '2000-01-01' + n * interval '1.5 seconds'"),
        ("inet", "inet '10.0.0.0' + n"),
        ("bytea", "decode(md5(n::text), 'hex')"),
        ("bit(9)", "n::bit(9)"),
        ("boolean", "n = 1"),
    ],
)
def test_rows_are_found_by_any_key(
    owner: psycopg.Connection, source: PostgresSource, key: str, value: str
) -> None:
    """A record's name finds its row again whatever the key's type, and no other is erased."""
    owner.execute(f'CREATE TABLE t ("k %:x" {key} PRIMARY KEY, n int)'.encode())
    owner.execute(f"INSERT INTO t SELECT {value}, n FROM generate_series(1, 2) n".encode())  # noqa: S608
    names = _records(source, "public.t")
    (receipt,) = source.erase(_changes(source, "public.t", names[:1], Action.ERASE))
    assert isinstance(receipt, Receipt)
    assert receipt.outcome is Outcome.DONE
    assert _records(source, "public.t") == names[1:]


def test_erasing(owner: psycopg.Connection, source: PostgresSource) -> None:
    """Those named go, all others stay as they were, counts agree, and again changes nothing."""
    others = owner.execute("SELECT * FROM people WHERE id > 2 ORDER BY id").fetchall()
    changes = _changes(source, "public.people", [_name(1), _name(2)], Action.ERASE)
    with source.writing(changes) as work:
        assert owner.execute("SELECT count(*) FROM people").fetchone() == (9,)
        (count,) = work.intents[0].counts
        assert (count.all, count.target, count.other) == (7, 0, 7)
        done = work.commit(purge=True)
    assert [one.outcome for one in done] == [Outcome.DONE] * 2
    assert owner.execute("SELECT * FROM people ORDER BY id").fetchall() == others
    again = [one for one in source.erase(changes) if isinstance(one, Receipt)]
    assert [one.outcome for one in again] == [Outcome.ALREADY] * 2


def test_leaving_without_commit(owner: psycopg.Connection, source: PostgresSource) -> None:
    """What isn't committed never was."""
    with source.writing(_changes(source, "public.people", [_name(1)], Action.ERASE)) as work:
        assert work.intents
    assert owner.execute("SELECT count(*) FROM people").fetchone() == (9,)


def test_correcting(owner: psycopg.Connection, source: PostgresSource) -> None:
    """Texts become values of the fields' types, and only those fields change."""
    before = owner.execute("SELECT * FROM people WHERE id = 1").fetchone()
    values = {
        "name": "佐藤", "yomi": "サトウ", "born": "1999-12-31", "age": "40", "paid": "-12.25",
        "seen": "2020-01-01 00:00:00+00", "feels": "悪い", "photo": "beef", "tags": '{"a b",c}',
        "notes": '{"x": 1}', "code": "z",
    }  # fmt: skip
    changes = _changes(source, "public.people", [_name(1)], Action.CORRECT, values)
    (receipt,) = source.correct(changes)
    assert isinstance(receipt, Receipt)
    (now,) = source.fetch("public.people", [_name(1)])
    assert isinstance(now, Fetched)
    row = now.values.to_pylist()[0]
    assert {key: str(row[key]) for key in values} == {**values, "seen": str(row["seen"])}
    assert now.versions.to_pylist() == [receipt.after]
    assert before is not None
    assert (row["mail"], row["shout"]) == (before[3], before[13])
    (again,) = source.correct(changes)
    assert isinstance(again, Receipt)
    assert again.outcome is Outcome.ALREADY


def test_blanking(owner: psycopg.Connection, source: PostgresSource) -> None:
    """A blanked field is NULL, else empty, else a neutral word where values must differ."""
    fields = dict.fromkeys(("name", "yomi", "mail", "born", "tags", "photo"))
    changes = _changes(source, "public.people", [_name(1), _name(2)], Action.BLANK, fields)
    assert all(isinstance(one, Receipt) for one in source.blank(changes))
    rows = owner.execute("SELECT name, yomi, born, tags, photo FROM people WHERE id < 3").fetchall()
    assert rows == [("", None, None, None, None)] * 2
    mails = owner.execute("SELECT mail FROM people WHERE id < 3").fetchall()
    assert len(set(mails)) == 2
    assert all(mail[0].startswith("消去-") for mail in mails)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("name", None, Why.REQUIRED),
        ("mail", "x" * 21, Why.TOO_LONG),
        ("code", "abcde", Why.TOO_LONG),
        ("mail", "2@x.jp", Why.UNIQUE),
        ("age", "151", Why.CHECK),
        ("yomi", "山田", Why.CHECK),
        ("age", "四十", Why.WRONG_TYPE),
        ("born", "2001-02-30", Why.WRONG_TYPE),
        ("paid", "123456", Why.WRONG_TYPE),
        ("feels", "普通", Why.WRONG_TYPE),
        ("notes", "{", Why.WRONG_TYPE),
        ("photo", "xyz", Why.WRONG_TYPE),
        ("shout", "X", Why.BY_HAND),
        ("id", "10", Why.BY_HAND),
        ("nothing", "x", Why.NO_FIELD),
    ],
)
def test_refused_values(
    owner: psycopg.Connection, source: PostgresSource, field: str, value: str | None, why: Why
) -> None:
    """A value the table can't hold refuses the plan as a whole, in words that don't repeat it."""
    before = owner.execute("SELECT * FROM people ORDER BY id").fetchall()
    good = _changes(source, "public.people", [_name(2)], Action.CORRECT, {"name": "佐藤"})
    bad = _changes(source, "public.people", [_name(1)], Action.CORRECT, {field: value})
    (refusal,) = source.correct([*good, *bad])
    assert isinstance(refusal, Refusal)
    assert (refusal.why, refusal.record) == (why, _name(1))
    assert value is None or len(value) < 2 or value not in refusal.sentence
    assert owner.execute("SELECT * FROM people ORDER BY id").fetchall() == before


def test_changed_since_fetched(owner: psycopg.Connection, source: PostgresSource) -> None:
    """A record that another program changed since is left alone, with the plan it is in."""
    changes = _changes(source, "public.people", [_name(1), _name(2)], Action.ERASE)
    owner.execute("UPDATE people SET name = '別' WHERE id = 2")
    (refusal,) = source.erase(changes)
    assert isinstance(refusal, Refusal)
    assert (refusal.why, refusal.record) == (Why.CHANGED, _name(2))
    assert owner.execute("SELECT count(*) FROM people").fetchone() == (9,)


def test_locked_by_another(
    owner: psycopg.Connection, source: PostgresSource, postgres_url: str
) -> None:
    """A row that another session holds isn't waited for without end."""
    changes = _changes(source, "public.people", [_name(1)], Action.ERASE)
    with psycopg.connect(postgres_url) as other:
        other.execute("UPDATE people SET name = '別' WHERE id = 1")
        (refusal,) = source.erase(changes)
    assert isinstance(refusal, Refusal)
    assert refusal.why is Why.LOCKED
    assert owner.execute("SELECT name FROM people WHERE id = 1").fetchone() == ("別",)


@pytest.mark.parametrize("action", ["", "CASCADE", "SET NULL"])
def test_references(owner: psycopg.Connection, source: PostgresSource, action: str) -> None:
    """A row that others refer to stays, whatever the key would do; with them it goes."""
    rule = f"ON DELETE {action}" if action else ""
    owner.execute(
        f"CREATE TABLE orders (n int PRIMARY KEY, p int REFERENCES people {rule})".encode()
    )
    owner.execute("INSERT INTO orders VALUES (1, 1), (2, 1), (3, 2)")
    person = _changes(source, "public.people", [_name(1)], Action.ERASE)
    (refusal,) = source.erase(person)
    assert isinstance(refusal, Refusal)
    assert refusal.why is Why.REFERENCED
    assert "public.orders" in refusal.sentence
    names = ['{"pk":{"n":1}}', '{"pk":{"n":2}}']
    with_them = [*person, *_changes(source, "public.orders", names, Action.ERASE)]
    assert [type(one) for one in source.erase(with_them)] == [Receipt] * 3
    assert owner.execute("SELECT n, p FROM orders").fetchall() == [(3, 2)]


def test_references_that_the_account_cannot_see(
    owner: psycopg.Connection, postgres_url: str
) -> None:
    """Where deleting would reach into a table that the account can't read, nothing is deleted."""
    _role(owner, "writer")
    owner.execute("GRANT SELECT, UPDATE, DELETE ON people TO writer")
    owner.execute("CREATE TABLE hidden (p int REFERENCES people ON DELETE CASCADE)")
    owner.execute("INSERT INTO hidden VALUES (1)")
    source = PostgresSource("x", postgres_url.replace("postgres@", "writer@"), Options(KEY))
    changes = _changes(source, "public.people", [_name(1), _name(2)], Action.ERASE)
    assert {one.why for one in source.erase(changes) if isinstance(one, Refusal)} == {Why.NO_RIGHT}
    assert owner.execute("SELECT count(*) FROM hidden").fetchone() == (1,)
    owner.execute("DROP TABLE hidden")
    assert [type(one) for one in source.erase(changes)] == [Receipt] * 2


def test_deferred_constraints(owner: psycopg.Connection, source: PostgresSource) -> None:
    """What the server would check only at COMMIT is checked before the intent is told."""
    owner.execute("""CREATE TABLE rooms (id int PRIMARY KEY, p int);
        ALTER TABLE rooms ADD FOREIGN KEY (p) REFERENCES people DEFERRABLE INITIALLY DEFERRED;
        INSERT INTO rooms VALUES (1, 1)""")
    changes = _changes(source, "public.rooms", ['{"pk":{"id":1}}'], Action.CORRECT, {"p": "77"})
    with source.writing(changes) as work:
        assert work.intents == ()
        assert [one.why for one in work.refused] == [Why.REFERENCED]


@pytest.mark.parametrize(
    "guard",
    [
        "CREATE RULE keep AS ON DELETE TO people DO INSTEAD NOTHING",
        """CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER keep BEFORE DELETE ON people FOR EACH ROW EXECUTE FUNCTION no()""",
        """CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RAISE EXCEPTION ''%'', OLD.name; END';
        CREATE TRIGGER keep BEFORE DELETE ON people FOR EACH ROW EXECUTE FUNCTION no()""",
        """CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN DELETE FROM people WHERE id = OLD.id + 1; RETURN NULL; END';
        CREATE TRIGGER more AFTER DELETE ON people FOR EACH ROW EXECUTE FUNCTION more()""",
    ],
    ids=["rule", "trigger that keeps", "trigger that raises", "trigger that takes more"],
)
def test_triggers_that_do_otherwise(
    owner: psycopg.Connection, source: PostgresSource, guard: str
) -> None:
    """A rule or trigger that keeps a row, or takes others along, leaves the work to a person."""
    changes = _changes(source, "public.people", [_name(1)], Action.ERASE)
    owner.execute(guard.encode())
    (refusal,) = source.erase(changes)
    assert isinstance(refusal, Refusal)
    assert refusal.why is Why.BY_HAND
    assert "山田" not in refusal.sentence
    assert owner.execute("SELECT count(*) FROM people").fetchone() == (9,)


def test_rows_without_a_key(owner: psycopg.Connection, source: PostgresSource) -> None:
    """Rows without a key are found by their text; of equal ones all must be named."""
    owner.execute("CREATE TABLE log (who text, what text)")
    owner.execute("INSERT INTO log VALUES ('山田', 'a'), ('山田', 'a'), ('佐藤', 'b'), (NULL, '')")
    names = _records(source, "public.log")
    (both,) = {one[:46] for one in names if sum(one[:46] == x[:46] for x in names) == 2}
    equal = [one for one in names if one.startswith(both)]
    (refusal,) = source.erase(_changes(source, "public.log", equal, Action.ERASE)[:1])
    assert isinstance(refusal, Refusal)
    assert refusal.why is Why.SEVERAL
    changes = _changes(source, "public.log", equal, Action.ERASE)
    assert [type(one) for one in source.erase(changes)] == [Receipt] * 2
    rows = owner.execute("SELECT * FROM log ORDER BY what").fetchall()
    assert rows == [(None, ""), ("佐藤", "b")]
    (last,) = (
        name
        for name, row in zip(
            _records(source, "public.log"), _rows(source, "public.log"), strict=True
        )
        if row["who"] == "佐藤"
    )
    change = _changes(source, "public.log", [last], Action.BLANK, {"who": None})
    assert [type(one) for one in source.blank(change)] == [Receipt]
    assert owner.execute("SELECT * FROM log ORDER BY what").fetchall() == [(None, ""), (None, "b")]


def test_partitioned_tables(owner: psycopg.Connection, source: PostgresSource) -> None:
    """Rows of a partitioned table are changed through it, keyless ones within their partition."""
    owner.execute("""CREATE TABLE logs (id int, day int) PARTITION BY LIST (day);
        CREATE TABLE logs1 PARTITION OF logs FOR VALUES IN (1);
        CREATE TABLE logs2 PARTITION OF logs FOR VALUES IN (2);
        INSERT INTO logs VALUES (1, 1), (2, 2), (3, 2)""")
    found = dict(
        zip(
            (row["id"] for row in _rows(source, "public.logs")),
            _records(source, "public.logs"),
            strict=True,
        )
    )
    erased = source.erase(_changes(source, "public.logs", [found[2]], Action.ERASE))
    assert [type(one) for one in erased] == [Receipt]
    assert owner.execute("SELECT id FROM logs ORDER BY id").fetchall() == [(1,), (3,)]


def test_what_is_left_to_people(owner: psycopg.Connection, source: PostgresSource) -> None:
    """Views and tables that others inherit from are refused, and say so when they are listed."""
    owner.execute("""CREATE VIEW seen AS SELECT * FROM people;
        CREATE TABLE staff (id int PRIMARY KEY); CREATE TABLE boss (x int) INHERITS (staff);
        INSERT INTO staff VALUES (1)""")
    listed = {one.name: one.by_hand for one in source.datasets() if isinstance(one, Dataset)}
    assert listed["public.people"] == ""
    for name in ("public.seen", "public.staff"):
        assert listed[name]
        (refusal,) = source.erase([Change(name, '{"pk":{"id":1}}', "", Action.ERASE)])
        assert isinstance(refusal, Refusal)
        assert refusal.why is Why.BY_HAND


def test_foreign_tables() -> None:
    """A foreign table is read, and its rows are left to the server that keeps them."""
    with debian_postgres() as url, psycopg.connect(url, autocommit=True) as owner:
        owner.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)")
        folder = url.partition("host=")[2]
        owner.execute("CREATE EXTENSION postgres_fdw")
        owner.execute(
            "CREATE SERVER self FOREIGN DATA WRAPPER postgres_fdw"
            f" OPTIONS (host '{folder}')".encode()
        )
        owner.execute("CREATE USER MAPPING FOR postgres SERVER self OPTIONS (user 'postgres')")
        owner.execute("CREATE FOREIGN TABLE far (id int) SERVER self OPTIONS (table_name 't')")
        source = PostgresSource("x", url, Options(KEY))
        (name,) = _records(source, "public.far")
        (refusal,) = source.erase([Change("public.far", name, "", Action.ERASE)])
        assert isinstance(refusal, Refusal)
        assert (refusal.why, "server" in refusal.sentence) == (Why.BY_HAND, True)


def test_an_account_that_only_reads(owner: psycopg.Connection, postgres_url: str) -> None:
    """An account that may only SELECT fetches, and is refused when it writes."""
    _role(owner, "reader")
    owner.execute("GRANT SELECT ON people TO reader")
    source = PostgresSource("x", postgres_url.replace("postgres@", "reader@"), Options(KEY))
    changes = _changes(source, "public.people", [_name(1)], Action.ERASE)
    (refusal,) = source.erase(changes)
    assert isinstance(refusal, Refusal)
    assert refusal.why is Why.NO_RIGHT
    owner.execute("REVOKE SELECT ON people FROM reader")
    (refusal,) = source.erase(changes)
    assert isinstance(refusal, Refusal)
    assert refusal.why is Why.NO_RIGHT
    owner.execute("GRANT ALL ON people TO reader; ALTER TABLE people ENABLE ROW LEVEL SECURITY")
    (refusal,) = source.erase(changes)  # hidden isn't gone
    assert isinstance(refusal, Refusal)
    assert refusal.why is Why.NO_RIGHT


def test_a_connection_lost_while_writing(owner: psycopg.Connection, source: PostgresSource) -> None:
    """A connection lost before COMMIT leaves all as it was, and is told in one sentence."""
    changes = _changes(source, "public.people", [_name(1)], Action.ERASE)
    with source.writing(changes) as work:
        owner.execute("""SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                      WHERE application_name = 'shozai' AND datname = current_database()""")
        with pytest.raises(SourceError, match="connection was lost"):
            work.commit()
    assert owner.execute("SELECT count(*) FROM people").fetchone() == (9,)
    assert [type(one) for one in source.erase(changes)] == [Receipt]


_KILLED = """
import os, signal, sys
from connectors.change import Action, Change
from connectors.options import Options
from connectors.postgres import PostgresSource
url, when, *named = sys.argv[1:]
source = PostgresSource("x", url, Options(b"a key for tests"))
erased, kept = named[:2], named[2:]
changes = [Change("public.people", *erased, Action.ERASE),
           Change("public.people", *kept, Action.CORRECT, {"name": "佐藤"})]
with source.writing(changes) as work:
    one = work.intents[0]
    print(one.before, one.after, flush=True)
    if when == "after":
        work.commit()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_and_resumed(
    owner: psycopg.Connection, source: PostgresSource, postgres_url: str, when: str
) -> None:
    """Killed before or after COMMIT, the same plan with the ledger's intents ends the same."""
    gone, kept = (_changes(source, "public.people", [_name(n)], Action.ERASE)[0] for n in (1, 2))
    named = (gone.record, gone.version, kept.record, kept.version)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, postgres_url, when, *named],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    assert killed.stderr == ""
    before, after = killed.stdout.split()
    known = [Intent("", before, after, ())]
    values = {"name": "佐藤"}
    changes = [gone, Change("public.people", kept.record, kept.version, Action.CORRECT, values)]
    with source.writing(changes, known) as work:
        outcomes = {one.outcome for one in work.commit()}
    assert outcomes == {Outcome.DONE if when == "before" else Outcome.ALREADY}
    assert owner.execute("SELECT count(*) FROM people").fetchone() == (8,)
    assert owner.execute("SELECT name FROM people WHERE id = 2").fetchone() == ("佐藤",)


def test_three_hundred_at_once(owner: psycopg.Connection, source: PostgresSource) -> None:
    """A plan of hundreds of records is one transaction."""
    owner.execute("CREATE TABLE t (id int PRIMARY KEY, v text)")
    owner.execute("INSERT INTO t SELECT n, 'v' FROM generate_series(1, 1000) n")
    names = [f'{{"pk":{{"id":{n}}}}}' for n in range(1, 301)]
    assert len(source.erase(_changes(source, "public.t", names, Action.ERASE))) == 300
    assert owner.execute("SELECT count(*), min(id) FROM t").fetchone() == (700, 301)


def _role(owner: psycopg.Connection, name: str) -> None:
    query = (
        f"DO $$ BEGIN CREATE ROLE {name} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    owner.execute(query.encode())


def _name(number: int) -> str:
    return f'{{"pk":{{"id":{number}}}}}'


def _changes(
    source: PostgresSource,
    dataset: str,
    names: Sequence[str],
    action: Action,
    values: Mapping[str, str | None] | None = None,
) -> list[Change]:
    versions: dict[str, str] = {}
    for one in source.fetch(dataset, names):
        assert isinstance(one, Fetched)
        versions |= dict(zip(one.records.to_pylist(), one.versions.to_pylist(), strict=True))
    return [Change(dataset, name, versions[name], action, values or {}) for name in names]


def _records(source: PostgresSource, dataset: str) -> list[str]:
    read = source.read(Partition(dataset, 0))
    return [name for one in read if isinstance(one, Batch) for name in one.records.to_pylist()]


def _rows(source: PostgresSource, dataset: str) -> list[dict[str, object]]:
    read = source.read(Partition(dataset, 0))
    return [row for one in read if isinstance(one, Batch) for row in one.values.to_pylist()]
