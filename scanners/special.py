"""要配慮個人情報 (special-care data) in tables: whether what a heading names is somebody's.

個人情報保護法 Art. 2(3), 施行令 Art. 2. The words say different amounts: 既往歴 and 前科 are a
person's wherever they head a column, while a 傷病名, 障害 or 等級 is as often that of a drug's
leaflet, of a server or of a salary. Those are believed only in a table of persons, or beside a key
of one; 等級 and 級 only beside a disability, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from scanners.about import names_person
from scanners.finding import About
from scanners.profile import Profile
from scanners.sense import Sense
from scanners.table import Table

#: Words that also head columns about goods, machines and offices; the rest are people's alone.
_DOUBTFUL = """
    病名 傷病名 傷病 診断名 診断 主病名 副病名 疾患 疾患名 疾病 疾病名 症状 所見 治療 治療内容 投薬
    投薬内容 処方 処方薬 処方内容 服薬 服用薬 薬歴 手術 障害 障害名 等級 級 宗教 信条 思想 人種
    アレルギー アレルギー名 検査結果 介護度 要介護度 diagnosis diagnoses disease illness disability
    medication medications prescription prescriptions treatment allergy allergies symptom symptoms
    religion race creed ethnicity surgery
    障害内容 障害種別 障害区分 障害程度 総合判定 思想信条 民族 宗派 支持政党 信仰
    """
DOUBTFUL = frozenset(_DOUBTFUL.split())
#: A machine breaks down as well, and those who report it have numbers of their own.
_BREAKS = frozenset({"障害", "障害名", "障害内容", "障害種別", "障害区分", "障害程度"})
_WHOSE = {Sense.PERSON, Sense.STAFF}
_GRADES = frozenset({"等級", "級"})
_DISABILITY = ("障害", "障がい", "手帳", "disab")


def is_somebodys(table: Table, subject: About, column: Profile) -> bool:
    """Tell whether special-care data that a column's heading names are a person's here."""
    said = set(column.heading.words)
    if said & _GRADES and not _beside(table, _DISABILITY):
        return False
    if not said & DOUBTFUL or subject is About.PERSON or column.heading.whose in _WHOSE:
        return True
    return not said & _BREAKS and any(names_person(other) for other, _ in table.columns)


def _beside(table: Table, words: Sequence[str]) -> bool:
    """Tell whether the name of a column holds one of the words."""
    names = [column.column.name.lower() for column, _ in table.columns]
    return any(word in name for name in names for word in words)
