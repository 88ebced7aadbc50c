"""The one value in a million, and columns of which no two values are of a kind."""

from __future__ import annotations

import pyarrow as pa

from scanners.belief import Belief, belief
from scanners.columns import HEAD, judge
from scanners.evidence import Tally
from scanners.finding import Entity, Role
from scanners.scan import Scanner
from scanners.verdict import Column

ROWS = 1_000_000
MEMOS = tuple(
    f"納期を{day}日に変更。在庫は{day * 7}個、単価{day * 110}円で確認済み" for day in range(1, 400)
)


def batch_of(columns: dict[str, pa.Array]) -> pa.RecordBatch:
    """Make a batch."""
    return pa.RecordBatch.from_pydict(columns)


def test_one_my_number_in_a_million_memos_is_found() -> None:
    """It stands far behind the head that was judged, in one row, and is believed."""
    from stdnum.jp import in_

    number = "71823400000" + in_.calc_check_digit("71823400000")
    memos = pa.DictionaryArray.from_arrays(
        pa.array([at % len(MEMOS) if at != 777_777 else len(MEMOS) for at in range(ROWS)]),
        pa.array([*MEMOS, f"年末調整: マイナンバー {number} を受領"]),
    ).dictionary_decode()
    batch = batch_of({"id": pa.array(range(ROWS)), "memo": memos})
    verdict = judge(batch.slice(0, HEAD), [Column("id", key=True), Column("memo")], "対応履歴")
    assert verdict.fields.get("memo") is None
    scanner, tally = Scanner(), Tally()
    for start in range(0, ROWS, 250_000):
        part = batch.slice(start, 250_000)
        tally.add(part, scanner.scan(part, verdict))
    hits = {
        (field, entity): counts.hits
        for field, entity, counts in tally
        if belief(counts, verdict.of(field, entity)) is not Belief.NOTHING
    }
    assert hits == {("memo", Entity.JP_MY_NUMBER): 1}


def test_a_column_of_mixed_content_holds_several_entities() -> None:
    """Under 連絡先, and without any header, an address stands here and a number there."""
    mixed = [f"taro{at}@example.jp" if at % 2 else f"090-12{at:02}-5678" for at in range(40)]
    names = pa.array(["石田 章", "佐藤 花子"] * 20)
    for header in ("連絡先", "c2"):
        head = batch_of({"氏名": names, header: pa.array(mixed)})
        held = judge(head, [Column("氏名"), Column(header)]).fields[header]
        assert {one.entity for one in held} == {Entity.EMAIL_ADDRESS, Entity.PHONE_NUMBER}
        assert {one.role for one in held} == {Role.SELF}
        assert all(one.evidence for one in held)
