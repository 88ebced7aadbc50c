"""Why PostgreSQL stopped amid an answer, in our own words.

By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html) or, where the driver
keeps that to itself, by its words; these are never passed on, since they may quote a row.
"""

from __future__ import annotations

import re

_BREAKS: tuple[tuple[str, str], ...] = (
    (r"stopped answering", "the server stopped answering: scan again later"),
    (r"42501|permission denied", "permission denied: grant SELECT to this account"),
    (r"55P03|lock timeout", "locked by another session for more than 60 s: scan again later"),
    (r"57014|canceling statement|statement timeout", "cancelled by the server: it ran too long"),
    (
        r"invalid snapshot identifier|snapshot .* does not exist|could not import",
        "the moment that this scan holds has passed: scan again",
    ),
    (r"42P01|42703|does not exist", "changed while it was read: scan again"),
    (
        r"has not been populated",
        "never filled: run REFRESH MATERIALIZED VIEW, or exclude it",
    ),
    (
        r"\b22(?:012|003|P02|007|008)\b|division by zero|out of range|invalid input syntax",
        "the view's own query fails on some row: mend the view, or exclude it",
    ),
    (
        r"22P05|22021|no equivalent in encoding|invalid byte sequence",
        "a character has no equivalent in UTF-8: the rest of the table can't be read as text",
    ),
    (
        r"53\d\d\d|No space left|out of memory",
        "the server ran out of space or memory: it sorts tables without a key",
    ),
    (
        r"57P0|08\d\d\d|terminating|server closed|connection not open|lost|SYSCALL|not receive",
        "the connection was lost: scan again",
    ),
)


def reason(error: BaseException | None) -> str:
    """Tell in our own words why reading stopped, from SQLSTATE or the driver's words."""
    said = f"{getattr(error, 'sqlstate', '') or ''} {error}"
    for pattern, words in _BREAKS:
        if re.search(pattern, said):
            return words
    state = getattr(error, "sqlstate", None)
    return f"the server gave up reading it{f' (SQLSTATE {state})' if state else ''}"
