"""What a command lets one choose from."""

from __future__ import annotations

from enum import StrEnum


class Table(StrEnum):
    """The inventory's tables that can be shown or exported."""

    DATASETS = "datasets"
    FIELDS = "fields"
    LOCATIONS = "locations"
    COVERAGE = "coverage"
    LINKS = "links"
    EXPORT = "export"


class Format(StrEnum):
    """How a table is answered."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"


class Decision(StrEnum):
    """A reviewer's word."""

    CONFIRM = "confirm"
    REJECT = "reject"
    IS = "is"
