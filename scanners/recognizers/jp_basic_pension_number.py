"""基礎年金番号 (basic pension number): ten digits from the 日本年金機構, written 4-6.

A code by 政令1条4号 (国民年金法14条). The first four stand for the office. No check digit is
published. A 年金証書 writes four more digits behind, the 年金コード of the kind of pension; they
are no part of the number. Ten digits are also a fixed telephone, a care insurance number or an
ISBN, so a word must name it.
"""

from __future__ import annotations

import re

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Strength
from scanners.normalize import fold
from scanners.recognizers.called import called
from scanners.recognizers.digits import LABELLED_LEFT, LABELLED_RIGHT, digits
from scanners.recognizers.numbered import GAP, Numbered

_CODE = rf"(?:{GAP}[0-9]{{4}})?"


class BasicPensionNumberRecognizer(Numbered):
    """Finds ``1234-567890`` where the words around say what it is."""

    ENTITY = Entity.JP_BASIC_PENSION_NUMBER
    KIND = "pension"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("基礎年金番号", "年金番号", "年金手帳", "基礎年金", "年金証書", "年金コード", "基年番"),
        *(
            "厚生年金",
            "国民年金",
            "ねんきん",
            "年金no",
            "年金 no",
            "年金加入",
            "年金記録",
            "年金の番号",
        ),
        *("pension number", "pension no", "pension_no", "pension_number", "pension id"),
        *("pension", "kiso_nenkin", "kiso nenkin", "kisonenkin", "nenkin_no", "nenkin"),
    )
    HEADERS = (
        *("基礎年金", "年金手帳", "基礎年金番号年金コード", "基礎年金番号通知書"),
        *("基礎年金番号通知書番号", "basicpension", "kisonenkin", "nenkintecho", "nenkin"),
    )
    SAID = called(
        "(?:(?<!企業)年金|基年|厚年|国年|ねんきん|ネンキン)(?!コード)",
        "nenkin",
        "pension|(?<![a-z])bpn?(?=no|num)",
    )
    PREFILTER = rf"[0-9]{{4}}{GAP}[0-9]{{6}}"
    NUMBER = re.compile(rf"{LABELLED_LEFT}[0-9]{{4}}{GAP}[0-9]{{6}}{_CODE}{LABELLED_RIGHT}")
    LENGTH = 10
    DOUBTFUL = re.compile(r"0[1-9][0-9]{8}")
    RIVALS = Words(
        (
            *NOT_PERSONAL,
            *("介護", "雇用保険", "雇保", "口座", "被保険者番号", "事業所番号", "事業所整理記号"),
            *(
                "整理記号",
                "受給者番号",
                "照会番号",
                "お問合せ番号",
                "問合せ先",
                "利用者番号",
                "会員番号",
            ),
            *("顧客番号", "社員番号", "加入者番号", "納付書番号", "基金番号", "カード番号", "isbn"),
        )
    )

    def normal(self, text: str) -> str:
        """Return the ten digits, with the zeros that an integer lost."""
        return digits(fold(text).text).zfill(self.LENGTH)[: self.LENGTH]
