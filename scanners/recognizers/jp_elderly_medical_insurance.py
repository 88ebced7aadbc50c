"""後期高齢者医療被保険者番号 (medical insurance of the elderly): eight digits from a 広域連合.

The code of 政令1条7号 (高齢者の医療の確保に関する法律161条の2) is this number with the insurer's,
which has eight digits too, begins with 39 and ends in a check digit. No rule is known for the
number itself, so none is verified.
"""

from __future__ import annotations

import re

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Strength
from scanners.recognizers.called import called
from scanners.recognizers.digits import LABELLED_LEFT, LABELLED_RIGHT
from scanners.recognizers.insurance import (
    SEPARATOR,
    Insured,
    both,
    insurer,
    is_elderly,
    labelled,
)
from scanners.recognizers.numbered import GAP

_NUMBER = rf"(?:[0-9]{{4}}{GAP}[0-9]{{4}}|[0-9]{{7}}{GAP}[0-9])"
_INSURER = r"39[0-9]{6}|39[ -]?[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]|3 9(?: [0-9]){6}"
_AFTER_INSURER = r"(?<=[^0-9]39[0-9]{6}[-/,:])|(?<=^39[0-9]{6}[-/,:])"


class ElderlyMedicalInsuranceRecognizer(Insured):
    """Finds ``12345679`` under the words of the scheme, with the insurer's ``39131156``."""

    ENTITY = Entity.JP_ELDERLY_MEDICAL_INSURANCE
    KIND = "elderly_medical_insurance"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("後期高齢者医療", "後期高齢者", "後期高齢", "後期医療", "長寿医療", "広域連合", "後高"),
        *("kouki korei", "kouki_korei", "koukikorei", "koki_korei", "koki korei", "kokikorei"),
        *("kouki_kourei", "koukikourei", "elderly medical", "elderly_medical", "elderlymedical"),
        *(
            "medical care for the elderly",
            "late-stage elderly",
            "late elderly",
            "latter-stage elderly",
        ),
        *("advanced elderly", "elderly health insurance", "elderly insurance"),
    )
    HEADERS = (
        *("後期高齢者医療被保険者証", "後期高齢者医療", "被保険者番号後期高齢"),
        *("被保険者番号後期高齢者医療", "被保険者番号後期", "コウキコウレイシャ"),
        *("elderlymedicalinsurance", "elderlymedicalno", "elderlymedicalnumber"),
        *("elderlymedical", "elderlyinsurance", "koukikorei", "kokikorei", "koukikourei"),
    )
    SAID = called(
        "後期(?:高齢者?)?|後高|高齢者医療|長寿医療|コウキ(?:コウレイシャ?)?",
        "kou?ki(?:kou?rei(?:s[hy]a)?)?",
        "elderly(?:medical|care|health)*(?=ins)",
    )
    PREFILTER = rf"[0-9]{{4}}{GAP}[0-9]{{4}}|[0-9]{{7}}{GAP}[0-9]"
    NUMBER = re.compile(rf"(?:{LABELLED_LEFT}|{_AFTER_INSURER}){_NUMBER}{LABELLED_RIGHT}")
    LENGTH = 8
    LOST = 5
    DOUBTFUL = re.compile(
        r"(?:19|20)[0-9]{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12][0-9]|3[01])|0[1-9][0-9]{2}-[0-9]{4}"
    )
    INSURER = labelled(_INSURER)
    BEFORE = re.compile(rf"(?<![0-9])(?P<insurer>39[0-9]{{6}})(?:{SEPARATOR}|[()「」]){{1,2}}\Z")
    BOTH = both(_INSURER, _NUMBER)
    RIVALS = Words(
        (
            *NOT_PERSONAL,
            *("生年月日", "誕生日", "番地", "口座"),
            *("負担者番号", "受給者番号", "事業所番号", "医療機関", "発行日", "交付日", "有効期限"),
            *(
                "資格取得日",
                "雇用保険",
                "介護保険",
                "健康保険",
                "国民健康",
                "国保",
                "申請番号",
                "決定番号",
            ),
            *(
                "通知書番号",
                "納付番号",
                "宛名番号",
                "記号",
                "生まれ",
                "birth",
                "利用者番号",
                "会員番号",
            ),
        )
    )
    KIN = Words(("雇用", "介護", "健康保険", "国民健康", "国保", "健保", "共済", "年金", "船員"))
    # A word that all insurances share says too little of eight digits, which may be a date.
    SHARED = Words(("被保険者番号(後期", "被保険者番号・後期"))

    def is_insurer(self, text: str) -> bool:
        """Verify the number of a 広域連合."""
        return is_elderly(insurer(text))
