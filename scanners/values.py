"""値 (values): the cells of a column as folded text, whatever type the store gave them.

Integers are written in decimal, dates as ISO 8601, nested data as Arrow prints it, bytes as their
digest. What stands for a missing value (``不明``, ``-``, ``N/A``) is known here, and what is merely
a code.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import blake2b

import pyarrow as pa
import pyarrow.compute as pc

#: RE2, on folded text: nothing but letters of ASCII, digits and what joins them, with a digit.
CODE = (
    r"^\s*[A-Za-z_\-/.:#+]*[0-9](?:[0-9A-Za-z_\-/.:#+]*|[0-9,]*(?:\.[0-9]+)?[%円]?)\s*$"
    r"|^\s*[-+¥$△▲]?\s*[0-9][0-9,]*(?:\.[0-9]+)?\s*[%円]?\s*$"
    r"|^\s*[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ T]*[0-9:.+Z時分秒]*\s*$"
)
#: RE2: what people write where there is nothing to write.
PLACEHOLDER = (
    r"(?i)^[\s\-‐–—―−ー*＊?？.。_/〃]*$|^\s*(?:なし|無し|無|ナシ|不明|未登録|未設定|未定|未入力|"
    r"未回答|該当なし|非公開|同上|その他|省略|削除済み?|テスト|ダミー|名無し|匿名|n/?a|null|none|nil|"
    r"nan|unknown|undefined|test|dummy|anonymous|blank|x+|0{2,})\s*$"
)


class Kind(StrEnum):
    """What can be read in a column."""

    TEXT = "text"
    NUMBER = "number"  # integers
    DATE = "date"
    BLOB = "blob"  # bytes: only a header says what of
    NONE = "none"  # truth values, floats: nothing to search

    @property
    def keyed(self) -> bool:
        """Tell whether its values can be keys."""
        return self in {Kind.TEXT, Kind.NUMBER}


def kind_of(declared: pa.DataType) -> Kind:
    """Tell what a column of an Arrow type can hold."""
    if pa.types.is_dictionary(declared):
        return kind_of(declared.value_type)
    if pa.types.is_integer(declared) or _whole_decimal(declared):
        return Kind.NUMBER
    if pa.types.is_date(declared) or pa.types.is_timestamp(declared):
        return Kind.DATE
    if pa.types.is_binary(declared) or pa.types.is_large_binary(declared):
        return Kind.BLOB
    return Kind.TEXT if _is_text(declared) or pa.types.is_nested(declared) else Kind.NONE


def as_text(column: pa.Array) -> pa.StringArray | None:
    """Write a column as strings; ``None`` where there is nothing to read."""
    match kind_of(column.type):
        case Kind.NONE:
            return None
        case Kind.BLOB:
            return pa.array([_digested(cell) for cell in column], pa.string())
        case Kind.DATE:
            return pc.cast(pc.cast(_local(column), pa.date32(), safe=False), pa.string())
        case _ if pa.types.is_nested(column.type):
            return pa.array([_printed(cell) for cell in column], pa.string())
        case _:
            return pc.cast(column, pa.string())


def meaningful(texts: pa.StringArray) -> pa.StringArray:
    """Return the texts, without nulls, that aren't placeholders."""
    present = texts.drop_null()
    return present.filter(pc.invert(pc.match_substring_regex(present, PLACEHOLDER)))


def is_code(texts: pa.StringArray) -> pa.BooleanArray:
    """Tell for each folded text whether it is a bare code, number or date."""
    return pc.match_substring_regex(texts, CODE)


def _local(column: pa.Array) -> pa.Array:
    zoned = pa.types.is_timestamp(column.type) and column.type.tz is not None
    return pc.local_timestamp(column) if zoned else column


def _is_text(declared: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(declared)
        or pa.types.is_large_string(declared)
        or pa.types.is_string_view(declared)
    )


def _whole_decimal(declared: pa.DataType) -> bool:
    return bool(pa.types.is_decimal(declared) and declared.scale == 0)


def _digested(cell: pa.Scalar) -> str | None:
    """Stand for bytes by their digest: nobody reads them, and equal ones stay equal."""
    buffer = cell.as_buffer()
    return None if buffer is None else f"bytes:{blake2b(buffer, digest_size=16).hexdigest()}"


def _printed(cell: pa.Scalar) -> str | None:
    return None if cell.as_py() is None else str(cell.as_py())
