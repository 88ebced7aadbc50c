"""給与・労務 (payroll): where wages go, who insures the staff, and what the doctor found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flows.demo.chance import chance
from flows.demo.formats import delimited
from flows.demo.mark import Cell
from flows.demo.person import Kind
from flows.demo.scribe import Scribe
from flows.demo.values import Values
from scanners.finding import Entity

_ILLNESSES = ("高血圧症", "気管支喘息", "花粉症", "胃潰瘍", "糖尿病")
_JUDGED = ("要経過観察", "異常なし", "要精密検査", "軽度異常")
_BANK = 3


def accounts(scribe: Scribe) -> None:
    """Accounts that wages are paid to: of a bank with its codes, or ゆうちょ by 記号 and 番号."""
    fields = (
        "社員番号", "氏名", "銀行コード", "支店コード", "預金種目", "口座番号", "口座名義",
        "ゆうちょ記号", "ゆうちょ番号",
    )  # fmt: skip
    path = "人事/給与/給与振込口座.csv"
    _write(scribe, path, fields, _account)
    scribe.decoys(path, "銀行コード", "支店コード", "預金種目")


def _account(me: Values) -> tuple[Cell, ...]:
    parts = me.parts(Entity.JP_BANK_ACCOUNT)
    bank = (*parts[:2], "普通", parts[2]) if len(parts) == _BANK else (None,) * 4
    savings = (None, None) if len(parts) == _BANK else parts
    return me.key(Kind.EMPLOYEE), me.name(), *bank, me.halfwidth(), *savings


def insurance(scribe: Scribe) -> None:
    """社会保険: insurer, symbol and number, which tell somebody only together."""
    fields = ("社員番号", "氏名", "保険者番号", "記号", "番号", "雇用保険被保険者番号")
    path = "人事/給与/社会保険.csv"
    _write(scribe, path, fields, _insured)
    scribe.decoys(path, "保険者番号")


def _insured(me: Values) -> tuple[Cell, ...]:
    health = me.parts(Entity.JP_HEALTH_INSURANCE)
    employment = me.code(Entity.JP_EMPLOYMENT_INSURANCE)
    return me.key(Kind.EMPLOYEE), me.name(), *health, employment


def examinations(scribe: Scribe) -> None:
    """健康診断: illnesses had before and the doctor's diagnosis; half have had none."""
    fields = ("社員番号", "氏名", "受診日", "身長", "体重", "既往歴", "健康診断結果")
    _write(scribe, "人事/健康診断/健康診断_2024.csv", fields, _examined)


def _examined(me: Values) -> tuple[Cell, ...]:
    draws = chance(me.person.number, "examination")
    illness = me.care(draws.choice(_ILLNESSES)) if draws.random() < 0.5 else None  # noqa: PLR2004
    sizes = f"{draws.uniform(150, 185):.1f}", f"{draws.uniform(45, 90):.1f}"
    judged = me.care(draws.choice(_JUDGED))
    return me.key(Kind.EMPLOYEE), me.name(), "2024-06-14", *sizes, illness, judged


def _write(
    scribe: Scribe, path: str, fields: tuple[str, ...], row: Callable[[Values], tuple[Cell, ...]]
) -> None:
    rows: Iterator[tuple[Cell, ...]] = map(row, map(Values, scribe.people.of(Kind.EMPLOYEE)))
    delimited.write(scribe, path, fields, rows, encoding="cp932")
