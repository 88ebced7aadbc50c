"""Every store the contract is kept for. To add one: a module here, and a line in ``STORES``."""

import pytest

from tests.contract.stores import duckdb, far, folder, mariadb, postgres, sqlite
from tests.contract.stores.base import Kind

_POSTGRES = (pytest.mark.postgres,)
_SLOW = (pytest.mark.slow,)
_FAR = (pytest.mark.server, pytest.mark.slow)

STORES: tuple[Kind, ...] = (
    Kind(
        "postgres",
        postgres.made,
        _POSTGRES,
        sql=True,
        keyed=True,
        network=True,
        guarded=True,
        ranges=True,
        samples=True,
        writes=True,
    ),
    Kind(
        "mariadb",
        mariadb.made,
        (pytest.mark.server,),
        sql=True,
        keyed=True,
        network=True,
        guarded=True,
        ranges=True,
        samples=True,
        writes=True,
        astral=False,
    ),
    Kind(
        "sqlite",
        sqlite.made,
        sql=True,
        keyed=True,
        ranges=True,
        samples=True,
        writes=True,
        lengths=False,
    ),
    Kind(
        "duckdb",
        duckdb.made,
        sql=True,
        keyed=True,
        ranges=True,
        samples=True,
        writes=True,
        lengths=False,
        cascades=False,
        shared=False,
    ),
    Kind("csv", folder.CsvStore, files=True, writes=True, swaps=True),
    Kind("jsonl", folder.JsonlStore, files=True, writes=True, many=12_000),
    Kind("csv-s3", far.s3, _FAR, writes=True, swaps=True, any_name=False),
    Kind("csv-sftp", far.sftp, _FAR, files=True, writes=True, swaps=True),
    Kind("csv-smb", far.smb, _FAR, files=True, writes=True, swaps=True, any_name=False),
    Kind("parquet", folder.ParquetStore, files=True, writes=True),
    Kind("xlsx", folder.XlsxStore, _SLOW, files=True, writes=True, rows_go=False, many=12_000),
)
