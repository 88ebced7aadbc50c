"""口座の列 (columns of an account): bank, branch and number of a row; ゆうちょ's 記号 and 番号.

An account's number is told apart from that of another branch only by the codes in its row. Where a
row has them, they are joined into the normal form that the recognizer gives to an account written
in one piece; where it lacks them, the number stays by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from scanners.cutting import squeezed
from scanners.finding import Entity
from scanners.holds import Held
from scanners.normalize import fold_values
from scanners.profile import Profile
from scanners.recognizers.yucho import convert
from scanners.table import Table
from scanners.values import as_text
from scanners.verdict import Evidence

_BANK = re.compile(
    r"(?:銀行|金融機関)(?:コード|番号|cd)$|bank(?:code|cd|no|number)$|ginkou?(?:code|cd)$"
)
_BRANCH = re.compile(
    r"(?:支店|店舗|本支店)(?:コード|番号|cd)$|店番号?$|branch(?:code|cd|no|number)$|shiten(?:code|cd)$"
)
_SYMBOL = re.compile(r"(?:ゆうちょ|郵便貯金|通帳|貯金).{0,40}記号$|yucho(?:kigou?|symbol)$")
_NUMBER = re.compile(r"(?:ゆうちょ|郵便貯金|通帳|貯金).{0,40}番号$|yucho(?:bangou?|number|no)$")
_SYMBOLS, _NUMBERS = r"^\s*[01][0-9]{3}0\s*$", r"^\s*[0-9]{2,8}\s*$"
_ACCOUNT = r"^\s*[0-9]{4,8}\s*$"
_Parts = Mapping[str, tuple[str, ...]]


def accounts(table: Table) -> tuple[Table, _Parts]:
    """Return the table with what columns hold together, and for each account's field its parts."""
    parts = {fields[-1].column.name: fields for fields in _groups(table)}
    columns = [
        (column, _held(has, parts[column.column.name]))
        if column.column.name in parts
        else (column, has)
        for column, has in table.columns
    ]
    names = {name: tuple(field.column.name for field in fields) for name, fields in parts.items()}
    return (replace(table, columns=columns) if parts else table), names


def joined_accounts(batch: pa.RecordBatch, fields: Sequence[str]) -> pa.StringArray | None:
    """Join the fields of each row; the account's number alone where the codes are missing."""
    texts = [as_text(batch.column(name)) for name in fields]
    if any(text is None for text in texts):
        return None
    folded = [fold_values(text) for text in texts]
    return _banked(*folded) if len(folded) == 3 else _saved(*folded)  # noqa: PLR2004 - with codes


def _groups(table: Table) -> Iterator[tuple[Profile, ...]]:
    columns = [column for column, _ in table.columns]
    holders = list(table.holders(Entity.JP_BANK_ACCOUNT))
    for account in holders:
        codes = [_nearest(columns, account, name) for name in (_BANK, _BRANCH)]
        if codes[0] and codes[1]:
            yield codes[0], codes[1], account
    for number in (one for one in columns if _NUMBER.search(squeezed(one.column.name))):
        symbol = _nearest(columns, number, _SYMBOL)
        if symbol and number not in holders:
            yield symbol, number


def _nearest(columns: Sequence[Profile], account: Profile, name: re.Pattern[str]) -> Profile | None:
    """Return the column so named that stands nearest, on the same sheet."""
    here, sheet = columns.index(account), account.column.name.rpartition("!")[0]
    found = [
        (abs(at - here), at)
        for at, column in enumerate(columns)
        if name.search(squeezed(column.column.name))
        and column.column.name.rpartition("!")[0] == sheet
    ]
    return columns[min(found)[1]] if found else None


def _held(has: tuple[Held, ...], fields: Sequence[Profile]) -> tuple[Held, ...]:
    """Put the account last: what stands before is held by the field alone."""
    beside = Evidence("neighbours", " ".join(squeezed(one.column.name) for one in fields[:-1]))
    said = [why for entity, _, whys in has if entity is Entity.JP_BANK_ACCOUNT for why in whys]
    others = tuple(one for one in has if one[0] is not Entity.JP_BANK_ACCOUNT)
    return (*others, (Entity.JP_BANK_ACCOUNT, 0.95, (*said, beside)))


def _banked(bank: pa.Array, branch: pa.Array, account: pa.Array) -> pa.StringArray:
    bank = _padded(bank, r"^\s*[0-9]{1,4}\s*$", 4)
    branch = _padded(branch, r"^\s*[0-9]{1,3}\s*$", 3)
    number = _padded(account, _ACCOUNT, 7)
    together = pc.binary_join_element_wise(bank, branch, number, "-", null_handling="emit_null")
    return pc.coalesce(together, number)


def _saved(symbol: pa.Array, number: pa.Array) -> pa.StringArray:
    symbols = _padded(symbol, _SYMBOLS, 5).to_pylist()
    numbers = _padded(number, _NUMBERS, 1).to_pylist()
    pairs = zip(symbols, numbers, strict=True)
    joined = ["-".join(convert(one, other)) if one and other else None for one, other in pairs]
    return pa.array(joined, pa.string())


def _padded(texts: pa.Array, pattern: str, length: int) -> pa.StringArray:
    """Keep the texts that match, with the zeros that a spreadsheet dropped."""
    bare = pc.utf8_trim_whitespace(texts)
    kept = pc.if_else(pc.match_substring_regex(texts, pattern), bare, None)
    return pc.utf8_lpad(kept, length, "0")
