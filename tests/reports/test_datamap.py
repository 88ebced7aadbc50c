"""The data map counts what is a person's, in the order of the care it needs."""

from __future__ import annotations

import io
from dataclasses import replace

import pyarrow.compute as pc
import pytest
from rich.console import Console

from reports.datamap import Cell, DataMap, as_table, by_dataset, by_source
from reports.holdings import HeldDataset, Tables, count_fields, holdings
from reports.weight import ENTITIES, Weight, in_order, weigh
from scanners.finding import Entity
from tests.reports import sample


@pytest.fixture(scope="module")
def held() -> tuple[HeldDataset, ...]:
    """Return the sample as holdings."""
    return holdings(sample.inventory())


@pytest.fixture(scope="module")
def heat(held: tuple[HeldDataset, ...]) -> DataMap[str]:
    """Return the sample's map."""
    return by_source(held)


def _cell(heat: DataMap[str], source: str, entity: str) -> Cell:
    row = next(row for row in heat.rows if row.name == source)
    return row.cells[heat.entities.index(entity)]


def test_the_gravest_kinds_come_first(heat: DataMap[str]) -> None:
    """個人番号 leads, other identification codes follow, then cards, then the rest."""
    assert heat.entities[0] == "JP_MY_NUMBER"
    assert heat.entities.index("JP_PASSPORT") < heat.entities.index("CREDIT_CARD")
    assert heat.entities.index("CREDIT_CARD") < heat.entities.index("PERSON")
    assert heat.grave == heat.entities.index("PERSON")


@pytest.mark.parametrize(
    ("entities", "weight"),
    [
        ((), Weight.NONE),
        (("SUBJECT_KEY",), Weight.OTHER),
        (("PHONE_NUMBER",), Weight.LONE_CONTACT),
        (("PERSON", "PHONE_NUMBER"), Weight.NAMED_CONTACT),
        (("PERSON", "PHONE_NUMBER", "CREDIT_CARD"), Weight.CARD),
        (("JP_PASSPORT", "CREDIT_CARD"), Weight.CODE),
        (("JP_PASSPORT", "JP_MY_NUMBER"), Weight.MY_NUMBER),
        (("KR_RRN",), Weight.OTHER),
    ],
)
def test_a_dataset_weighs_what_it_holds_together(entities: tuple[str, ...], weight: Weight) -> None:
    """A name with a way to reach its bearer weighs more than either alone."""
    assert weigh(entities) is weight


def test_an_unknown_kind_comes_last() -> None:
    """A third party's entity has a column after all others."""
    assert in_order(["KR_RRN", "AGE", "JP_MY_NUMBER"]) == ("JP_MY_NUMBER", "AGE", "KR_RRN")


def test_a_cell_counts_fields_and_places(heat: DataMap[str]) -> None:
    """The number of the cell is the places found, beside it the fields and datasets."""
    assert _cell(heat, "crm", "JP_MY_NUMBER") == Cell(fields=1, datasets=1, places=842)
    assert _cell(heat, "shop", "JP_MY_NUMBER") == Cell()


def test_what_is_about_organisations_is_left_out(held: tuple[HeldDataset, ...]) -> None:
    """A supplier's phone number is no person's."""
    suppliers = next(one for one in held if one.dataset == "suppliers")
    assert suppliers.fields
    assert suppliers.counted == ()
    assert not suppliers.is_personal


def test_what_a_reviewer_rejected_is_left_out(held: tuple[HeldDataset, ...]) -> None:
    """A rejected field counts nowhere in the map."""
    rejected = [f for one in held for f in one.fields if f.decision == "rejected"]
    assert rejected
    assert not any(field.is_counted for field in rejected)


def test_what_nobody_knows_is_counted(held: tuple[HeldDataset, ...]) -> None:
    """A field that isn't known to be about someone else stays in sight."""
    log = next(one for one in held if one.dataset.startswith("ログ"))
    assert log.counted
    assert log.is_doubtful
    assert not log.is_personal


def test_totals_agree_with_rows(heat: DataMap[str]) -> None:
    """Every column and every row adds up to the same."""
    assert heat.total.places == sum(row.total.places for row in heat.rows)
    assert heat.total.places == sum(cell.places for cell in heat.totals)
    for column, total in enumerate(heat.totals):
        assert total.places == sum(row.cells[column].places for row in heat.rows)


@pytest.mark.parametrize(
    ("places", "level"), [(0, 1), (1, 1), (9, 1), (10, 2), (999, 3), (99_999, 5), (10**9, 6)]
)
def test_heat_rises_a_step_a_digit(places: int, level: int) -> None:
    """A field counts as warm even where no place was counted."""
    assert Cell(fields=1, datasets=1, places=places).level == level
    assert Cell().level == 0


def test_sources_without_anything_have_a_row(held: tuple[HeldDataset, ...]) -> None:
    """A source that was never scanned isn't left out in silence."""
    heat = by_source(held, ["paper"])
    assert [row.name for row in heat.rows] == ["paper", "crm", "share", "shop"]
    assert heat.rows[0].total == Cell()


def test_datasets_without_findings_have_no_row(held: tuple[HeldDataset, ...]) -> None:
    """The map of a source shows what it holds, the heaviest first."""
    rows = by_dataset([one for one in held if one.source == "crm"]).rows
    assert len(rows) == 6
    assert rows[0].name == ("crm", "employees")


def test_a_field_without_its_dataset_is_not_lost() -> None:
    """Where the two tables disagree, what was found is still shown."""
    inventory = sample.inventory()
    others = inventory.datasets.filter(pc.field("dataset") != "customers")
    held = holdings(replace(inventory, datasets=others))
    assert ("crm", "customers") in {one.key for one in held}


def test_the_terminal_shows_the_map(heat: DataMap[str]) -> None:
    """The command line prints the same numbers, in Japanese, within 80 columns."""
    console = Console(file=io.StringIO(), width=80)
    console.print(as_table(heat))
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "個人番号" in printed
    assert "842" in printed
    assert "…" not in printed


def test_the_terminal_shows_many_sources(held: tuple[HeldDataset, ...]) -> None:
    """More sources than fit beside each other stand below each other."""
    many = [replace(one, source=f"{one.source}{n}") for n in range(4) for one in held]
    console = Console(file=io.StringIO(), width=80)
    console.print(as_table(by_source(many), "en"))
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "share3" in printed
    assert "My Number 842" in printed


def test_an_empty_inventory_has_an_empty_map() -> None:
    """Nothing scanned, nothing shown, nothing broken."""
    heat = by_source(holdings(Tables.empty()))
    assert heat.rows == ()
    Console(file=io.StringIO()).print(as_table(heat))


def test_a_field_that_holds_two_kinds_counts_once(held: tuple[HeldDataset, ...]) -> None:
    """Headline, map and what is left to review speak of the same fields."""
    one = next(one for one in held if one.dataset == "customers")
    twice = replace(one, fields=tuple(replace(field, field="memo") for field in one.fields))
    assert count_fields([twice]) == by_source([twice]).total.fields == 1
    assert count_fields([twice], lambda field: field.entity == "JP_MY_NUMBER") == 0


def test_every_entity_has_a_weight() -> None:
    """A kind that the scanners find isn't left to the end of the map by oversight."""
    assert {entity.value for entity in Entity} <= set(ENTITIES)
