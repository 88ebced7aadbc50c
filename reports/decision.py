"""A decision: a reviewer's word on what a field holds, or on whether two fields are linked.

Decisions are only ever added; the latest on an id counts, and lies over what every later scan
finds there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, cast

import pyarrow as pa

from reports.errors import UnknownId, WrongUse
from reports.tables import DECISIONS, FORMAT_VERSION
from scanners.finding import Entity

if TYPE_CHECKING:
    from reports.inventory import Inventory


class Decision(StrEnum):
    """What a reviewer may say."""

    CONFIRM = "confirm"
    REJECT = "reject"
    IS = "is"


#: What a field's or link's row then says.
OUTCOME = {
    Decision.CONFIRM: "confirmed",
    Decision.REJECT: "rejected",
    Decision.IS: "changed",
}


def decide(
    inventory: Inventory,
    id: str,  # noqa: A002 (the word of the tables)
    decision: Decision | str,
    *,
    who: str,
    entity: Entity | str | None = None,
    reason: str = "",
) -> None:
    """Record a decision on a field or link; raise ``UnknownId`` or ``WrongUse``."""
    said = _said(decision, entity)
    _must_exist(inventory, id, said)
    row = {
        "who": who,
        "when": datetime.now(UTC),
        "id": id,
        "decision": said.value,
        "entity": str(entity) if entity else None,
        "reason": reason,
        "format_version": FORMAT_VERSION,
    }
    store = inventory.store
    with store.locked():
        store.table("decisions").append(pa.Table.from_pylist([row], DECISIONS))


def latest(decisions: pa.Table) -> dict[str, dict[str, object]]:
    """Return the last decision on each id."""
    rows = decisions.sort_by("when").to_pylist()
    return {row["id"]: row for row in rows}


def decided_fields(fields: pa.Table, decisions: Mapping[str, Mapping[str, object]]) -> pa.Table:
    """Return the fields with the reviewers' word in ``decision`` and ``entity``."""
    ids = fields.column("id").to_pylist()
    found = fields.column("entity").to_pylist()
    said = [decisions.get(id_) for id_ in ids]
    entities = [
        row["entity"] if row and row["entity"] else was
        for row, was in zip(said, found, strict=True)
    ]
    fields = _with(fields, "entity", entities)
    return _with(fields, "decision", [_outcome(row) for row in said])


def decided_links(links: pa.Table, decisions: Mapping[str, Mapping[str, object]]) -> pa.Table:
    """Return the links with the reviewers' word in ``status``."""
    ids, found = links.column("id").to_pylist(), links.column("status").to_pylist()
    said = [_outcome(decisions.get(id_)) or was for id_, was in zip(ids, found, strict=True)]
    return _with(links, "status", said)


def _said(decision: Decision | str, entity: Entity | str | None) -> Decision:
    if decision not in set(Decision):
        raise WrongUse(f"A decision is one of {', '.join(Decision)}, not {decision}.")
    if (decision == Decision.IS) != bool(entity):
        raise WrongUse("Name an entity with `is`, and only with it.")
    if entity and entity not in set(Entity):
        raise WrongUse(f"There is no entity {entity}: it is one of {', '.join(Entity)}.")
    return Decision(decision)


def _must_exist(inventory: Inventory, id_: str, said: Decision) -> None:
    view = inventory.view()
    names = ("fields",) if said is Decision.IS else ("fields", "links")
    if not any(id_ in view[name].to_table(columns=["id"]).column(0).to_pylist() for name in names):
        raise UnknownId(
            f"No {' or '.join(name[:-1] for name in names)} has the id {id_}: "
            "`shozai inventory fields` prints them."
        )


def _outcome(row: Mapping[str, object] | None) -> str:
    return OUTCOME[Decision(cast("str", row["decision"]))] if row else ""


def _with(table: pa.Table, name: str, values: list[object] | list[str]) -> pa.Table:
    at = table.schema.get_field_index(name)
    column = table.schema.field(name)
    return table.set_column(at, column, pa.array(values, column.type))
