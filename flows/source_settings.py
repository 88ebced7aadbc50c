"""``[[source]]``: a database or file store as the settings describe it, and how it is read."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr
from pydantic_core import PydanticCustomError

_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
_SECRET = re.compile(r"rds-iam(:[a-z0-9-]+)?|secretsmanager:[\w/+=.@:-]+")


class Section(BaseModel):
    """A section of the settings: frozen, and with no key that isn't known."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Rule(Section):
    """What is known of datasets that ``match`` (a table or path pattern); the nearest wins."""

    match: str
    class_: Literal["customer", "contact", "employee", "applicant", ""] = Field("", alias="class")
    owner: str = ""
    purposes: tuple[str, ...] = ()
    retention: str = ""
    contractor: str = ""
    copy_of: str = ""
    hold: str = ""


def _window(text: str) -> str:
    start, _, end = text.partition("-")
    if text and (not _HOURS.fullmatch(text) or start == end):
        raise PydanticCustomError("hours", "is no window of hours")
    return text


def _kind_of_secret(text: str) -> str:
    if text and not _SECRET.fullmatch(text):
        raise PydanticCustomError("secret", "is no place of secrets")
    return text


class Load(Section):
    """How gently a source is read.

    ``rows_per_second`` and ``connections`` (of one scan) are the most; ``statement_timeout`` is in
    seconds; ``hours`` are when it may be read, Asia/Tokyo, also over midnight.
    """

    rows_per_second: int | None = Field(default=None, gt=0)
    connections: int = Field(default=2, gt=0, le=64)
    statement_timeout: float | None = Field(default=None, gt=0)
    hours: Annotated[str, AfterValidator(_window)] = ""


class SourceSettings(Section):
    """A database or file store to scan; ``retained`` is 保有個人データ or the reason why not.

    Where there is a ``read_url`` (a replica), scans read there; ``write_url`` is another account's,
    for approved requests alone. Paths of ``passwords_file`` and ``ca`` are relative to the
    settings. ``secret`` says where the password is asked for, if it isn't in the URL.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")
    url: SecretStr = Field(min_length=1)
    read_url: SecretStr = SecretStr("")
    write_url: SecretStr = SecretStr("")
    secret: Annotated[str, AfterValidator(_kind_of_secret)] = ""
    ca: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    sample: int | None = Field(default=None, gt=0)
    passwords_file: str = ""
    ocr: bool = False
    load: Load = Load()
    on_behalf_of: str = ""
    retained: bool | str = True
    rule: tuple[Rule, ...] = ()
    accept_unread: tuple[str, ...] = ()
