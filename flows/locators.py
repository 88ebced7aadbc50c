"""Where a record lies, in the words of a person who reads Japanese and no JSON."""

from __future__ import annotations

from collections.abc import Mapping

_NUMBERED = {
    "row": "{}行目",
    "line": "{}行目",
    "page": "{}ページ目",
    "part": "{}番目の段落",
    "message": "{}通目",
    "rowid": "内部番号 {}",
    "sheet": "シート「{}」",
    "file": "{}",
    "pointer": "{}",
    "name": "{}",
    "digest": "内容の照合値 {}",
    "n": "同じ内容の{}件目",
}
_PARTS = {"header": "ヘッダー", "body": "本文", "name": "名前", "properties": "文書の属性"}
_FIELDS = {"text": "本文", "From": "差出人", "To": "宛先", "Subject": "件名"}
_ATTACHMENT = "attachment:"


def record_in_words(record: Mapping[str, object]) -> str:
    """Return a record's name as a person reads it.

    >>> record_in_words({"pk": {"customer_id": 1}})
    'customer_id=1'
    >>> record_in_words({"sheet": "名簿", "row": 12})
    'シート「名簿」 12行目'
    >>> record_in_words({"message": 2, "part": "attachment:名簿.csv"})
    '2通目 添付ファイル「名簿.csv」'
    """
    return " ".join(_piece(key, value) for key, value in record.items())


def field_in_words(field: str) -> str:
    """Return a field's name; those that Shozai itself gives are told in Japanese."""
    return _FIELDS.get(field, field)


def _piece(key: str, value: object) -> str:
    if key == "pk" and isinstance(value, Mapping):
        return " ".join(f"{name}={part}" for name, part in value.items())
    if key == "part" and isinstance(value, str):
        name = value.removeprefix(_ATTACHMENT)
        return f"添付ファイル「{name}」" if name != value else _PARTS.get(value, value)
    return _NUMBERED.get(key, f"{key} {{}}").format(value)
