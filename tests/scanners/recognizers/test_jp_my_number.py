"""My Numbers in labelled columns and in sentences: nearly all are found, nearly nothing else."""

from __future__ import annotations

import random

import pyarrow as pa
from stdnum.jp import in_

from scanners.columns import judge
from scanners.finding import Entity
from scanners.presidio import find_in_text
from scanners.scan import Scanner
from scanners.verdict import Column

BAR = 0.99
MANY = 400
RNG = random.Random(85)  # noqa: S311 - made-up data
HEADERS = (
    "マイナンバー",
    "個人番号",
    "本人個人番号",
    "my_number",
    "kojin_bango",
    "扶養者マイナンバー",
)
SEPARATORS = ("", "", "-", " ", "\u3000", "－", "−", "‐", "ー", "–")
TOLD = (
    "マイナンバーは{}です。",
    "個人番号：{}",
    "氏名 山田太郎 個人番号 {} 生年月日 昭和60年4月1日",
    "（マイナンバー）{}",
    "マイナンバー（個人番号）をお送りします。{}",
    "配偶者のマイナンバーは、{}になります",
    "My Number: {}",
    "his individual number is {}.",
    "kojin_bango={}&name=yamada",
    "{}が私のマイナンバーです",
    "住民票に記載の個人番号「{}」を転記",
    '{{"my_number": "{}"}}',
    "社員番号1023 佐藤 マイナンバー{} 提出済",
    "TEL 03-2345-6789 個人番号{}",
    "免許証番号309012345620、マイナンバー{}",
)
UNTOLD = (
    "{}",
    "注文番号{}のマイナンバーカードケースを発送",
    "マイナンバーカードの申請受付番号は{}です",
    "法人番号ではなく管理番号 {}",
    "免許証番号：{}（マイナンバーは未提出）",
    "AWSアカウント {} に個人番号基盤を構築",
    "会員番号：{} マイナンバー未登録",
    "シリアル {} / 個人番号カードリーダー",
    "{} 出荷",
    "JAN {}",
    "トラッキング {} お届け済み",
)


def number() -> str:
    """Make a My Number up."""
    body = "".join(RNG.choices("0123456789", k=11))
    return body + in_.calc_check_digit(body)


def written(value: str) -> str:
    """Write a number in one of the ways in which people do."""
    joint = RNG.choice(SEPARATORS)
    grouped = joint.join((value[:4], value[4:8], value[8:]))
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return grouped.translate(wide) if RNG.random() < 0.2 else grouped


def test_numbers_in_labelled_columns() -> None:
    """Under a header of its own every number is found, and nothing in columns of other numbers."""
    numbers = [written(number()) for _ in range(MANY)]
    others = [number() for _ in range(MANY)]
    for header in HEADERS:
        batch = pa.RecordBatch.from_pydict(
            {header: numbers, "注文番号": others, "linked_account_id": others}
        )
        verdict = judge(batch, [Column(name) for name in batch.schema.names])
        found = {one.field: one for one in Scanner().scan(batch, verdict)}
        assert set(found) == {header}
        assert len(found[header].rows) >= BAR * MANY
        assert set(found[header].findings.column("entity").to_pylist()) == {"JP_MY_NUMBER"}


def test_numbers_in_sentences() -> None:
    """Where a word says so nearly every number is found; where it names others, nearly none."""
    right = wrong = 0
    for _ in range(40):
        for template in TOLD:
            value = written(number())
            right += value in called(template.format(value))
        for template in UNTOLD:
            wrong += bool(called(template.format(number())))
    assert right / (40 * len(TOLD)) >= BAR
    assert right / (right + wrong) >= BAR


def called(text: str) -> list[str]:
    """Return what is called a My Number in a text."""
    return [one.text for one in find_in_text(text) if one.entity is Entity.JP_MY_NUMBER]
