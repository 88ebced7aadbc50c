"""What a whole scan counted, merged over batches and workers, and which findings are chance."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from scanners.belief import EXACT, Belief, Counts, belief
from scanners.columns import judge
from scanners.evidence import Tally
from scanners.finding import About, Entity, Role
from scanners.scan import Scanner
from scanners.verdict import Column, FieldVerdict

SCANNER = Scanner()


def counted(cells: Sequence[str | None], salt: str = "0123456789abcdef") -> Tally:
    """Scan one column as text and count what is found."""
    batch = pa.RecordBatch.from_pydict({"c": pa.array(cells, pa.string())})
    tally = Tally(salt)
    tally.add(batch, SCANNER.scan(batch))
    return tally


def searched(entity: Entity, *, whole: bool = False) -> FieldVerdict:
    """Return the verdict on a field that was searched, or holds an entity as such."""
    return FieldVerdict(entity, whole, 0.5, About.PERSON, Role.MENTION)


def test_counts_are_of_cells_findings_and_distinct_values() -> None:
    """Nulls are no cells; equal values count once as distinct."""
    ((field, entity, counts),) = counted(
        ["a@example.jp", None, "a@example.jp", "b@example.jp", "x"]
    )
    assert (field, entity) == ("c", Entity.EMAIL_ADDRESS)
    assert (counts.cells, counts.hits, counts.distinct) == (4, 3, 2)


def test_workers_counts_add_up() -> None:
    """Merging two halves counts as the whole does; a value in both is one value."""
    one, other = (
        counted(["a@example.jp", "b@example.jp"]),
        counted(["b@example.jp", "c@example.jp"]),
    )
    one.merge(other)
    ((_, _, counts),) = one
    assert (counts.cells, counts.hits, counts.distinct) == (4, 4, 3)


def test_many_distinct_values_are_estimated_in_bounded_memory() -> None:
    """Beyond the exact count the estimate is close and no larger than its hashes."""
    ((_, _, counts),) = counted([f"user{number}@example.jp" for number in range(20_000)])
    assert abs(counts.distinct - 20_000) < 2_500
    assert len(counts.hashes) == EXACT


def test_unsure_whole_cells_that_are_a_part_of_a_column_are_chance() -> None:
    """Digits that happen to begin with 090 in a tenth of the cells are no telephone numbers."""
    cells = [f"{number:011d}" for number in range(40_000_000_000, 40_000_000_090)]
    cells += [f"0901234{number:04d}" for number in range(1000, 1010)]
    ((_, entity, counts),) = counted(cells)
    assert entity is Entity.PHONE_NUMBER
    assert belief(counts, searched(entity)) is Belief.NOTHING
    assert belief(counts, searched(entity, whole=True)) is Belief.ALL


def test_one_finding_with_a_reason_is_believed() -> None:
    """However rare, what a word nearby speaks for is kept."""
    ((_, entity, counts),) = counted(["メモ"] * 500 + ["電話 090-1234-5678"])
    assert belief(counts, searched(entity)) is Belief.ALL


def test_a_sure_finding_makes_no_others_sure() -> None:
    """Beside one number with its word, digits that merely begin like numbers stay chance."""
    cells = [f"{number:011d}" for number in range(40_000_000_000, 40_000_000_090)]
    cells += [f"0901234{number:04d}" for number in range(1000, 1010)] + ["電話 090-1234-5678"]
    ((_, entity, counts),) = counted(cells)
    believed = belief(counts, searched(entity))
    assert (counts.hits, believed) == (11, Belief.SURE)
    assert counts.of(believed).hits == counts.of(believed).distinct == 1
    assert counts.of(believed).mean_score >= believed.least


def test_nothing_found_is_nothing_accepted() -> None:
    """A verdict from the head that the rest never bears out is dropped."""
    assert belief(Counts(cells=10), searched(Entity.PERSON, whole=True)) is Belief.NOTHING


def test_findings_under_a_verdict_are_counted_like_any() -> None:
    """Whole values and typed columns count as well."""
    batch = pa.RecordBatch.from_pydict(
        {"customer_id": [1, 2, 2], "氏名": ["山田 太郎", "不明", None]}
    )
    verdict = judge(batch, [Column(name) for name in batch.schema.names])
    tally = Tally()
    tally.add(batch, SCANNER.scan(batch, verdict))
    said = {(field, entity): (one.cells, one.hits, one.bare) for field, entity, one in tally}
    assert said == {
        ("customer_id", Entity.SUBJECT_KEY): (3, 3, 0),
        ("氏名", Entity.PERSON): (2, 1, 0),
    }
