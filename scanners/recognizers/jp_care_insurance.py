"""介護保険被保険者番号 (care insurance number): ten digits from a municipality, the insurer.

The code of 政令1条8号 and 規則3条 is the number of the 被保険者証 with that of the insurer, six
digits whose rule is not told for care and so not verified. Recipients of public assistance have
an H and nine digits. No check digit is published. 介護事業所番号 has ten digits too and is a
business's.
"""

from __future__ import annotations

import re

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Strength
from scanners.recognizers.called import called
from scanners.recognizers.digits import LABELLED_LEFT, LABELLED_RIGHT, digits
from scanners.recognizers.insurance import SEPARATOR, Insured, both, care_insurer, labelled
from scanners.recognizers.numbered import GAP

_NUMBER = rf"(?:[Hh][0-9]{{9}}|[0-9]{{4}}{GAP}[0-9]{{6}}|[0-9]{{5}}{GAP}[0-9]{{5}})"
_INSURER = r"[0-9]{6}|[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]|[0-9](?: [0-9]){5}"
_AFTER_INSURER = r"(?<=[^0-9][0-9]{6}[-/,:])|(?<=^[0-9]{6}[-/,:])"


class CareInsuranceRecognizer(Insured):
    """Finds ``0000123456`` under the words of care insurance, with the insurer's ``131011``."""

    ENTITY = Entity.JP_CARE_INSURANCE
    KIND = "care_insurance"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *(
            "介護保険",
            "介護被保険者",
            "介護保険証",
            "要介護",
            "要支援",
            "介護認定",
            "介護証",
            "介保",
        ),
        *("kaigo_hoken", "kaigo hoken", "kaigohoken", "kaigo_no", "kaigo no", "kaigo_hihokensha"),
        *("kaigohihokensha", "kaigo", "long-term care insurance", "long term care insurance"),
        *("care insurance", "care_insurance", "careinsurance", "nursing care insurance", "ltci"),
    )
    HEADERS = (
        *("介護保険証", "介護保険被保険者証", "介護保険被保険者", "被保険者番号介護"),
        *("被保険者番号介護保険", "介護保険者証番号", "要介護者被保険者番号"),
        *("カイゴホケンバンゴウ", "careinsurance", "careinsuranceinsured"),
        *("longtermcareinsurance", "nursingcareinsurance", "ltcino", "ltcinumber"),
        *("ltciinsuredno", "ltciinsurednumber", "kaigohoken", "kaigohokenhihokensha"),
        *("kaigohihokensha",),
    )
    SAID = called("介護|介保", "kaigo", "(?<!health)(?<!medi)care(?=ins)|ltc(?=i)")
    PREFILTER = rf"[0-9]{{4}}{GAP}[0-9]{{6}}|[Hh][0-9]{{9}}|[0-9]{{5}}{GAP}[0-9]{{5}}"
    NUMBER = re.compile(rf"(?:{LABELLED_LEFT}|{_AFTER_INSURER}){_NUMBER}{LABELLED_RIGHT}")
    LENGTH = 10
    LOST = 6
    DOUBTFUL = re.compile(r"0[1-9][0-9]{8}")
    INSURER = labelled(_INSURER)
    BEFORE = re.compile(rf"(?<![0-9])(?P<insurer>[0-9]{{6}})(?:{SEPARATOR}|[()「」]){{1,2}}\Z")
    BOTH = both(_INSURER, _NUMBER)
    RIVALS = Words(
        (
            *NOT_PERSONAL,
            *(
                "事業所番号",
                "事業者番号",
                "施設番号",
                "事業所コード",
                "指定番号",
                "申請番号",
                "認定番号",
            ),
            *("医療機関", "番地", "口座", "年金"),
            *("office number", "office no", "provider number", "provider no", "provider id"),
            *(
                "facility",
                "jigyosho",
                "jigyousho",
                "マイナンバー",
                "個人番号",
                "利用者番号",
                "会員番号",
            ),
            *("雇用保険", "後期高齢", "健康保険", "国民健康", "国保", "負担者番号", "受給者番号"),
        )
    )
    KIN = Words(
        ("雇用", "後期高齢", "健康保険", "国民健康", "国保", "健保", "共済", "年金", "船員")
    )
    SHARED = Words(("被保険者番号", "被保険者no", "被保険者証番号", "hihokensha", "被保険者証"))

    def is_insurer(self, text: str) -> bool:
        """Tell whether a number begins with a prefecture's."""
        return bool(care_insurer(text))

    def number(self, value: str) -> str:
        """Return ten digits, or H and nine."""
        plain = digits(value)
        return f"H{plain}" if value[:1] in {"H", "h"} else plain.zfill(self.LENGTH)
