r"""What a dump is made of, byte by byte: strings, names, rows in parentheses, statements.

Dialects differ in one thing above all: whether a backslash escapes within ``'…'`` (MySQL, MariaDB)
or stands for itself (standard SQL, PostgreSQL, SQLite). Nothing here goes back over what it has
matched (``*+``, ``++``), so that it takes linear time whatever a dump holds.
https://dev.mysql.com/doc/refman/8.4/en/string-literals.html,
https://www.postgresql.org/docs/current/sql-syntax-lexical.html
"""

from __future__ import annotations

import re
from functools import lru_cache

_DOUBLE = rb'"(?:[^"]++|"")*+"'
_BACK = rb"`(?:[^`]++|``)*+`"
_BRACKET = rb"\[(?:[^\]]++|\]\])*+\]"
_WORD = rb"[\w$\x80-\xff]++"
NAME = rb"(?:%s|%s|%s|%s)" % (_DOUBLE, _BACK, _BRACKET, _WORD)
NAMES = rb"%s(?:\s*+\.\s*+%s){0,3}+" % (NAME, NAME)
_LIST = rb"\(\s*+(%s(?:\s*+,\s*+%s)*+)\s*+\)" % (NAME, NAME)
# One that isn't closed goes to the end, so that nothing is looked at twice.
_DOLLAR = rb"\$((?:[A-Za-z_\x80-\xff][\w\x80-\xff]*+)?+)\$.*?(?:\$\1\$|\Z)|"
_COMMENT = rb"--[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?+"
_GO = rb"GO[ \t]*+\r?+(?:\n|\Z)"
#: Calls within calls.
_DEEPEST = 5
_FLAGS = re.DOTALL | re.IGNORECASE

#: 1: the table, 2: its columns, if they are given.
INSERT = re.compile(
    rb"\s*+(?:INSERT|REPLACE)\s++(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s++\w++)\s++)*+"
    rb"(?:INTO\s++)?+(%s)\s*+(?:%s\s*+)?(?:OVERRIDING\s++\w++\s++VALUE\s++)?+VALUES?\s*+(?=\()"
    % (NAMES, _LIST),
    _FLAGS,
)
COPY = re.compile(
    rb"\s*+COPY\s++(%s)\s*+(?:%s\s*+)?FROM\s++stdin\s*+;[ \t]*+\r?\n" % (NAMES, _LIST), _FLAGS
)
#: 1: the table, 2: what comes in parentheses and after.
CREATE = re.compile(
    rb"\s*+CREATE\s++(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|FOREIGN)\s++)*+TABLE\s++"
    rb"(?:IF\s++NOT\s++EXISTS\s++)?+(%s)\s*+(\(.*)" % NAMES,
    _FLAGS,
)
ALTER = re.compile(rb"\s*+ALTER\s++TABLE\s++(?:ONLY\s++)?+(%s)\s++(ADD\s.*)" % NAMES, _FLAGS)
#: Where a database, a schema, or a client's encoding begins to hold.
USE = re.compile(rb"\s*+(?:USE\s++|\\connect\s++(?:-\S+\s++)*+)(%s)" % NAME, _FLAGS)
PATH = re.compile(rb"\s*+SET\s++search_path\s*+(?:=|TO)\s*+(%s)" % NAME, _FLAGS)
DELIMITER = re.compile(rb"\s*+DELIMITER\s++(\S++)[^\n]*+(?:\n|\Z)", _FLAGS)
DELIMITER_BACK = re.compile(rb"\nDELIMITER\s++;[^\n]*+(?:\n|\Z)", re.IGNORECASE)
#: A whole line for the client alone.
LINE = re.compile(rb"\\[^\n]*+\n|GO[ \t]*+\r?\n", re.IGNORECASE)
#: What comes after the last row of a statement; more may be needed to tell.
AFTER_ROWS = re.compile(rb"\s*+(?:;|(?=[^\s;,(]))")
#: A routine's body holds statements of its own.
ROUTINE = re.compile(
    rb"\s*+CREATE\b[^;'\"(]*?\b(?:TRIGGER|FUNCTION|PROCEDURE|EVENT)\b", re.IGNORECASE
)
ONE_NAME = re.compile(NAME)


class Grammar:
    """The patterns of one dialect."""

    def __init__(self, *, escapes: bool, goes: bool) -> None:
        self.escapes = escapes
        text = rb"'(?:[^'\\]++|\\.|'')*+'" if escapes else rb"'(?:[^']++|'')*+'"
        double = rb'"(?:[^"\\]++|\\.|"")*+"' if escapes else _DOUBLE
        inner = rb"\([^'\"()]*+\)"
        for _ in range(_DEEPEST):
            inner = rb"\((?:[^'\"()]++|%s|%s|%s)*+\)" % (text, double, inner)
        escaped = rb"(?<=\b[eE])'(?:[^'\\]++|\\.|'')*+'|"
        inside = rb"[^'\"`(),;]++"
        more = rb"(?:%s%s|%s|%s|%s|%s)*+" % (escaped, text, inside, double, _BACK, inner)
        self._value = rb"(?:%s(?=\s*+[,)])|(?:%s|%s|%s|%s|%s)%s)" % (
            *(text, inside, text, double, _BACK, inner, more),
        )
        pound = rb"|#[^\n]*+(?:\n|\Z)" if escapes else b""
        self.space = re.compile(
            rb"(?:\s++|--[^\n]*+\n|/\*(?!!)(?:[^*]++|\*(?!/))*+\*/%s)++" % pound, re.DOTALL
        )
        dollar = b"" if escapes else _DOLLAR
        plain, line, end = (b"\n", rb"\n(?!%s)|" % _GO, rb"(?:;|\n(?=%s))" % _GO)
        plain, line, end = (plain, line, end) if goes else (b"", b"", b";")
        self.statement = re.compile(
            rb"(?:[^'\"`;$/\-%s]++|%s%s%s|%s|%s|%s|%s[$/\-])*+%s"
            % (plain, line, escaped, text, double, _BACK, _COMMENT, dollar, end),
            _FLAGS,
        )
        self.blocks = re.compile(
            rb"%s|%s|%s|%s|\b(?:(BEGIN|CASE)|(END))\b" % (text, double, _BACK, _COMMENT), _FLAGS
        )

    @lru_cache(maxsize=256)  # noqa: B019 - there are four grammars, which live as long as the process
    def rows(self, head: bytes) -> re.Pattern[bytes]:
        """Match whole rows, also those of the statements that follow with the very same head."""
        row = rb"\(\s*+(?:%s\s*+,\s*+)*+%s\s*+\)" % (self._value, self._value)
        return re.compile(rb"(?:%s%s)*+" % (_between(head), row), re.DOTALL)

    @lru_cache(maxsize=256)  # noqa: B019 - as above
    def cells(self, head: bytes = b"") -> re.Pattern[bytes]:
        """Match one value of such rows, 1: with the mark that ends it."""
        # What stands after a comma is a value, though it may begin with a parenthesis.
        start = rb"(?:(?<!,)%s\()?+\s*+" % _between(head)
        return re.compile(rb"%s(%s\s*+[,)])" % (start, self._value), re.DOTALL)


def _between(head: bytes) -> bytes:
    """Match what stands between two rows."""
    again = rb"\s*+;?\s*+(?:GO\s++)?+%s\s*+|" % re.escape(head.strip()) if head else b""
    return rb"(?:%s[\s,]*+)" % again


@lru_cache(maxsize=4)
def grammar(*, escapes: bool, goes: bool = False) -> Grammar:
    """Return the patterns of a dialect: whether a backslash escapes in a plain string.

    ``goes`` says that lines of ``GO`` end statements, as in the scripts of SQL Server.
    """
    return Grammar(escapes=escapes, goes=goes)


def names(text: bytes) -> tuple[str, ...]:
    """Return the names in a list of columns, or the parts of a qualified name, unquoted.

    >>> names(b'public."a""b"'), names("`氏名`, [x y]".encode())
    (('public', 'a"b'), ('氏名', 'x y'))
    """
    return tuple(map(_unquoted, ONE_NAME.findall(text)))


def _unquoted(name: bytes) -> str:
    quote, last = name[:1], name[-1:]
    if len(name) > 1 and quote in b'"`[':
        name = name[1:-1].replace(last * 2, last)
    text = (
        name.decode("utf-8", "surrogatepass") if _is_text(name) else name.decode("cp932", "replace")
    )
    return text.encode("utf-8", "replace").decode()


def _is_text(name: bytes) -> bool:
    try:
        name.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True
