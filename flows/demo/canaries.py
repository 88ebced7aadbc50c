"""Canaries: people with values so distinctive that finding one anywhere is no accident.

Whatever the program writes is searched for them. Their names also stand where names shouldn't: in
names of files, folders, sheets, attachments and archived files, and as a primary key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.demo.names import Part


@dataclass(frozen=True, slots=True, repr=False)
class Canary:
    """What is fixed of a canary; the rest is chance as for anyone."""

    surname: Part
    given: Part
    gender: str
    email: str
    mobile: str


#: By the number of the person (1 is the first).
CANARIES: Mapping[int, Canary] = {
    4: Canary(
        Part("勅使河原", "テシガワラ"),
        Part("雪之丞", "ユキノジョウ"),
        "男",
        "teshigawara.yukinojo.qx47@example.ne.jp",
        "080-7193-5826",
    ),
    11: Canary(
        Part("小比類巻", "コヒルイマキ"),
        Part("万寿夫", "マスオ"),
        "男",
        "kohiruimaki.masuo.wz83@kazamidori.example.co.jp",
        "090-6428-9175",
    ),
    13: Canary(
        Part("五百旗頭", "イオキベ"),
        Part("百合香", "ユリカ"),
        "女",
        "iokibe.yurika.vk29@example.com",
        "070-8265-3947",
    ),
    14: Canary(
        Part("長宗我部", "チョウソカベ"),
        Part("辰之進", "タツノシン"),
        "男",
        "chosokabe.tatsunoshin.jr56@example.jp",
        "080-9371-2648",
    ),
}
