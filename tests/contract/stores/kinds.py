"""Every store the contract is kept for. To add one: a module here, and a line in ``STORES``."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.contract.stores import duckdb, far, folder, mariadb, postgres, sqlite
from tests.contract.stores.base import Kind

_SERVER = (pytest.mark.server,)
_SLOW = (pytest.mark.slow,)

_SQL = Kind("", sqlite.made, sql=True, keyed=True, ranges=True, samples=True, writes=True)
_NETWORK = replace(_SQL, network=True, guarded=True)
_EMBEDDED = replace(_SQL, lengths=False)
_FILES = Kind("", folder.CsvStore, files=True, writes=True)
_FAR = replace(_FILES, marks=_SERVER + _SLOW, swaps=True)

STORES: tuple[Kind, ...] = (
    replace(_NETWORK, name="postgres", made=postgres.made, marks=(pytest.mark.postgres,)),
    replace(_NETWORK, name="mariadb", made=mariadb.made, marks=_SERVER, astral=False),
    replace(_EMBEDDED, name="sqlite", made=sqlite.made),
    replace(_EMBEDDED, name="duckdb", made=duckdb.made, cascades=False, shared=False),
    replace(_FILES, name="csv", made=folder.CsvStore, swaps=True),
    replace(_FILES, name="jsonl", made=folder.JsonlStore, many=12_000),
    replace(_FAR, name="csv-s3", made=far.s3, files=False, any_name=False),
    replace(_FAR, name="csv-sftp", made=far.sftp),
    replace(_FAR, name="csv-smb", made=far.smb, any_name=False),
    replace(_FILES, name="parquet", made=folder.ParquetStore),
    replace(_FILES, name="xlsx", made=folder.XlsxStore, marks=_SLOW, rows_go=False, many=12_000),
)
