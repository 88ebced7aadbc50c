"""The static report: one folder of pages that anyone can open, read offline and print."""

from reports.site.folder import build

__all__ = ["build"]
