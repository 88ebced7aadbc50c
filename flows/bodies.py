"""Files of bodies: genomes and prints, known by the ending of their names, read or not.

``NA12878.bam`` is biometric data as a whole: a finding in the dataset's name, whose location is
``{"part":"name"}``. An ending names nobody, so the name is not sealed for it. Where nothing reads
the file, it stands among the datasets for what it is and among the unread for what is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from connectors.base import Source
from connectors.place import Batch, Dataset, Unread
from flows import names
from flows.plan import Surveyed
from reports.location import Sealed
from scanners.finding import Entity, Finding
from scanners.recognizers.biometric import biometric_file

#: How far an ending is believed that only files of features have.
_BELIEVED = 0.9


def beside(source: Source, surveyed: Surveyed) -> Surveyed:
    """Return a dataset with what its files' endings tell beside what their names hold."""
    found = _in_endings(surveyed.dataset)
    if not found or _is_cards(source, surveyed.dataset):
        return surveyed
    return replace(surveyed, in_names=(*surveyed.in_names, *found))


def unread(gaps: Iterable[Unread]) -> Iterator[Surveyed]:
    """Yield the files of bodies that nothing reads, as datasets without a part to read."""
    for gap in gaps:
        dataset = Dataset(gap.dataset, "file", ())
        if gap.partition is None and (found := _in_endings(dataset)):
            sealed = Sealed(dataset=bool(names.in_path(gap.dataset)))
            yield Surveyed(dataset, sealed=sealed, in_names=found)


def _in_endings(dataset: Dataset) -> tuple[Finding, ...]:
    if dataset.kind != "file":
        return ()
    files = {partition.name for partition in dataset.partitions} or {dataset.name}
    endings = map(biometric_file, sorted(files))
    # The ending stands for the whole, which nobody compares.
    return tuple(Finding(Entity.BIOMETRIC, 0, len(e), _BELIEVED, e) for e in endings if e)


def _is_cards(source: Source, dataset: Dataset) -> bool:
    """Tell whether a file is of contacts (vCard, RFC 6350), whose ending genomes share."""
    first = next(iter(source.read(dataset.partitions[0])), None)
    texts = first.values.slice(0, 1).to_pylist() if isinstance(first, Batch) else []
    return any("BEGIN:VCARD" in str(value).upper() for row in texts for value in row.values())
