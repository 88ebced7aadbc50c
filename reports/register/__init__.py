"""個人データ取扱台帳: the register of personal data, as an Excel workbook.

The PPC's guidelines ask for a means to check how personal data is handled (通則編 10-3(3),
個人データの取扱状況を確認する手段の整備); JIS Q 15001 wants items, purposes, place, access and
retention in it, checked at least once a year.
"""

from reports.register.book import write

__all__ = ["write"]
