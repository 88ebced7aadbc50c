"""What a file is told as: a dataset of its own, or a partition of one of many files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from connectors.errors import Unsupported
from connectors.files import group
from connectors.files.content import Content
from connectors.files.exports import recognised
from connectors.files.group import Surveyed
from connectors.files.unit import Unit
from connectors.fingerprint import Signal
from connectors.options import Options
from connectors.place import Dataset, Partition
from connectors.readers import reader_for
from connectors.readers.base import Layout

#: How far apart two writes are told apart by their times: where these are whole seconds (SFTP, FAT
#: counts in twos), and elsewhere.
_COARSE, _FINE = timedelta(seconds=3), timedelta(milliseconds=50)


def layout(unit: Unit, content: Content, options: Options) -> Layout:
    """Look at a file's head; raises ``Unsupported`` where there is no reader."""
    if not unit.bytes:
        return Layout(content.media_type)
    try:
        reader = reader_for(content.media_type, options)
    except Unsupported:
        raise Unsupported(f"no reader for {content.media_type}") from None
    return reader.layout(content.file, content.hint)


def grouped(files: list[Surveyed]) -> Iterator[Dataset]:
    """Describe files of one pattern: those of one layout together, if there are enough."""
    if not files:
        return
    path = group.pattern(files[0].unit.path)
    for name, part in group.names(path, group.by_layout(files)):
        if name is not None:
            yield described(name, part)
        else:
            yield from (described(each.unit.path, [each]) for each in part)


def described(name: str, files: list[Surveyed]) -> Dataset:
    """Describe files of one layout."""
    first = files[0]
    times = [each.unit.modified for each in files if each.unit.modified]
    sizes = [each.unit.bytes for each in files]
    found = Dataset(
        name=name,
        kind="file",
        partitions=tuple(_partition(name, at, each.unit) for at, each in enumerate(files)),
        fields=group.all_fields(files),
        media_type=first.layout.media_type,
        encoding=group.encodings(files),
        rows=None if any(sizes) else 0,
        bytes=sum(sizes),
        fingerprint=_fingerprint(files),
        modified_at=max(times, default=None),
        access=first.unit.access,
        encrypted=first.unit.encrypted(),
        encoding_evidence=first.layout.encoding_evidence,
    )
    return recognised(found)


def _partition(name: str, number: int, unit: Unit) -> Partition:
    rows = None if unit.bytes else 0
    return Partition(name, number, unit.path, rows, unit.bytes, told(unit, unit.version))


def told(unit: Unit, version: str) -> str | None:
    """Return the version if it tells whether a file changed: its size alone doesn't, nor does the
    time of one written so lately that a second write may bear the same.
    """
    if version.startswith(f"{Signal.ETAG}:"):
        return version
    return version if unit.modified and not _is_fresh(unit.modified) else None


def _is_fresh(modified: datetime) -> bool:
    tick = _FINE if modified.microsecond else _COARSE
    return datetime.now(UTC) - modified < tick


def _fingerprint(files: Sequence[Surveyed]) -> str:
    if len(files) == 1:
        return files[0].unit.version
    digest = blake2b(digest_size=16)
    for each in files:
        digest.update(f"{each.unit.path}\0{each.unit.version}\0".encode())
    return f"{files[0].unit.version.partition(':')[0]}:{digest.hexdigest()}"
