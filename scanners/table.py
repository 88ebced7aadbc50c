"""表 (a table as it is judged): its columns with what they hold, and which could be its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scanners.finding import Entity
from scanners.headers import Heading
from scanners.holds import Held
from scanners.profile import Profile
from scanners.sense import Sense

#: Whose keys and names make a table one about persons.
SUBJECTS = {Sense.PERSON, Sense.STAFF}


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table with what they hold; ``heading`` is that of the table's own name."""

    columns: Sequence[tuple[Profile, tuple[Held, ...]]]
    heading: Heading

    def holders(self, *entities: Entity) -> Iterator[Profile]:
        """Yield the columns that hold one of the entities."""
        for column, held in self.columns:
            if any(entity in entities for entity, *_ in held):
                yield column

    def headings(self) -> Iterator[Heading]:
        """Yield what each column's name says."""
        return (column.heading for column, _ in self.columns)


def row_keys(table: Table) -> list[Profile]:
    """Return the columns with one value per row that can be its key: the declared one if any."""
    columns = [column for column, _ in table.columns]
    declared = [column for column in columns if column.column.key]
    if declared:
        return declared if len(declared) == 1 else []
    unique = [column for column in columns if column.unique and column.kind.keyed]
    keys = [column for column in unique if _keyed(column)]
    return sorted(keys, key=lambda column: column.heading.key not in SUBJECTS)[:1]


def _keyed(column: Profile) -> bool:
    return column.heading.what is Sense.KEY or column.heading.entity is Entity.EMAIL_ADDRESS
