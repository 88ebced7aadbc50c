"""The content of a file: unpacked where it is compressed, and which reader it calls for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from connectors.errors import Damaged, SourceError, Unsupported
from connectors.files.unit import Unit
from connectors.place import Status
from connectors.readers.gzipped import gunzip
from connectors.readers.media import GZIP, TAR, ZIP, media_type
from connectors.readers.member import spool

_ARCHIVES = frozenset({ZIP, TAR})
#: These are read a part here, a part there; unpacking a gzip anew for each would take forever.
_RANDOM = ("application/vnd.", "application/pdf")
_REASONS = (
    (PermissionError, "permission denied; let the scanning account read it"),
    (FileNotFoundError, "removed or renamed during the scan"),
    (RecursionError, "nested deeper than can be read; mend or replace it"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """A file that is open: ``hint`` is its name, without ``.gz`` where it was unpacked."""

    file: BinaryIO
    hint: str
    media_type: str
    is_archive: bool


@contextmanager
def opened(unit: Unit) -> Iterator[Content]:
    """Open a file and tell what it is; raises ``Damaged`` and ``OSError``."""
    with ExitStack() as stack:
        file = stack.enter_context(unit.open())
        kind = media_type(file, unit.name)
        if kind != GZIP:
            yield Content(file, unit.name, kind, kind in _ARCHIVES)
            return
        hint = unit.name.removesuffix(".gz")
        inner = stack.enter_context(gunzip(file))
        kind = media_type(inner, hint)
        if kind in _ARCHIVES:
            file.seek(0)
            yield Content(file, hint, kind, kind == TAR)
            return
        if kind.startswith(_RANDOM):
            inner = stack.enter_context(spool(inner))
        inner.seek(0)
        yield Content(inner, hint, kind, is_archive=False)


def explain(error: Exception) -> tuple[Status, str]:
    """Tell in a sentence, without a value of anyone, why a file wasn't read."""
    if isinstance(error, Unsupported):
        return Status.SKIPPED, _sentence(error)
    if isinstance(error, SourceError):
        return Status.FAILED, _sentence(error)
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return Status.FAILED, reason
    if isinstance(error, OSError):
        return Status.FAILED, f"its store failed: {error.strerror or 'no reason given'}"
    # The message of an error of a parser may quote what it stumbled over.
    return Status.FAILED, f"its reader stopped ({type(error).__name__}); please report it"


def _sentence(error: SourceError) -> str:
    return str(error) or ("damaged" if isinstance(error, Damaged) else "not supported")
