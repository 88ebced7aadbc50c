"""Rights on a PostgreSQL database: the statements that make an account that can only read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from connectors.postgres_server import Server
from connectors.sql import quoted


def grants(url: str, include: Sequence[str] = ()) -> str:
    """Write the statements that make the URL's user an account that can only read.

    They are for an administrator to look at, complete with a secret and run; nothing is run here.
    """
    parameters = Server.of(url).parameters
    user = quoted(parameters.get("user") or "scanner")
    database = quoted(parameters.get("dbname") or parameters.get("user") or "postgres")
    lines = [
        f"CREATE ROLE {user} LOGIN PASSWORD '…';",
        f"ALTER ROLE {user} SET default_transaction_read_only = on;",
        f"GRANT CONNECT ON DATABASE {database} TO {user};",
        *_reading_rights(user, [pattern.partition(".")[0] for pattern in include]),
    ]
    return "\n".join(lines) + "\n"


def _reading_rights(user: str, schemas: Sequence[str]) -> Iterator[str]:
    if not schemas or any(character in "*?[" for schema in schemas for character in schema):
        yield f"GRANT pg_read_all_data TO {user};"
        return
    for schema in map(quoted, dict.fromkeys(schemas)):
        yield f"GRANT USAGE ON SCHEMA {schema} TO {user};"
        yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {user};"
        yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO {user};"
