"""部分 (a part): a column that may be one part of an insured person's code, known by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scanners.finding import Entity
from scanners.profile import Profile
from scanners.recognizers.called import NUMBER

_NUMBERED = rf"(?:の)?{NUMBER}u?"
_HOKENSHA = r"(?:(?<!hi)hoken(?:s[hy]a|ja)|(?<!ヒ)ホケンシャ)"
#: Names of the column of insurers.
INSURER = re.compile(
    rf"(?:(?<!被)保険者(?:証)?(?:等)?|(?:健保|健康保険|国保|共済)組合){_NUMBERED}$|(?<!被)保険者$"
    rf"|{_HOKENSHA}(?:{_NUMBERED})?$|insurer(?:identification)?(?:{_NUMBERED})?$"
    rf"|(?:insurance(?:carrier|provider|company|association|society)|payer){_NUMBERED}$"
)
#: Names of a symbol and a number in one.
PAIR = re.compile(
    r"(?:記号(?:及び|および|と|&|兼)?番号|kigou?(?:to)?(?:bangou?|no)|symbol(?:and)?(?:number|no))$"
)
#: Where there is no symbol beside it, this may hold both.
CARD = re.compile(
    r"(?:保険証|被保険者証|組合員証|加入者証|資格確認書)(?:の)?(?:番号|no)?$|hokens[hy]o"
)
#: How names of symbols, and of numbers, end.
SYMBOL = re.compile(r"(?:の)?(?:記号|kigou?|symbol|キゴウ)$")
ENDING = re.compile(rf"{_NUMBERED}$")
#: Whose number it is, and of which paper, in any order; or nothing at all.
NUMBERING = re.compile(
    r"(?:^証|保険|被保険者|被保|組合員|加入者|資格(?:確認書|情報|確認)?|健保|国保|共済|けんぽ|介護|後期|高齢者?|医療"
    r"|(?<!hihoken)hoken|hihokens[hy]a|hihoken|kenpo|kokuho|kaigo|korei"
    r"|insured|insurance|ins|member|care|medical|certificate|subscriber)"
    r"(?:証|等|person|card|certificate|identification|s[hy]o)*"
    rf"{_NUMBERED}$"
)
_SCHEMES = {
    Entity.JP_CARE_INSURANCE: re.compile(r"介護|介保|kaigo|careins|ltci|nursing"),
    Entity.JP_ELDERLY_MEDICAL_INSURANCE: re.compile(r"後期|高齢|後高|elderly|kou?ki(?!n)|広域連合"),
    Entity.JP_HEALTH_INSURANCE: re.compile(
        r"健康保険|健保|国保|国民健康|共済|船員|kenpo|kenkou?|health"
    ),
}
#: Words of insurances that have no such parts.
OTHERS = re.compile(
    r"雇用|雇保|年金|失業|労災|労働|生命|自動車|火災|損害|学生|koyou?|nenkin|employment|pension|car(?![de])|life"
)


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """A column with its place in the table and its squeezed name."""

    at: int
    column: Profile
    name: str

    @property
    def scheme(self) -> Entity | None:
        """Return the scheme that the name names."""
        return next((one for one, word in _SCHEMES.items() if word.search(self.name)), None)

    @property
    def sheet(self) -> str:
        """Return the sheet that the column stands on."""
        return self.column.column.name.rpartition("!")[0]
