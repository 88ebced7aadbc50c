"""雇用保険被保険者番号 (employment insurance number): 11 digits from the 公共職業安定所.

Written 4-6-1 (雇用保険法施行規則10条1項). The ministry calls the last a check digit and publishes
no rule, so none is verified. The number of an insured office (適用事業所番号) has the same shape
and is a business's, so the words must say 被保険者 or at least nothing of an office.
"""

from __future__ import annotations

import re

from scanners.context import NOT_PERSONAL, Words
from scanners.finding import Entity, Strength
from scanners.recognizers.called import called
from scanners.recognizers.digits import LABELLED_LEFT, LABELLED_RIGHT
from scanners.recognizers.numbered import GAP, Numbered


class EmploymentInsuranceRecognizer(Numbered):
    """Finds ``1234-567890-1`` where the words around say what it is."""

    ENTITY = Entity.JP_EMPLOYMENT_INSURANCE
    KIND = "employment_insurance"
    STRENGTH = Strength.UNIQUE
    CONTEXT = (
        *("雇用保険", "雇保", "離職票", "雇用被保険者", "失業保険", "資格取得確認", "資格喪失確認"),
        *("employment insurance", "employment_insurance", "employmentinsurance"),
        *("unemployment insurance", "unemployment_insurance", "employment ins", "employment_ins"),
        *("koyo hoken", "koyo_hoken", "koyohoken", "koyou hoken", "koyou_hoken", "koyouhoken"),
        *("koho_no", "emp_ins", "emp ins", "koyo-hoken", "受給資格者証", "受給資格者番号"),
    )
    HEADERS = (
        *("雇用保険者番号", "雇用保険", "雇保", "雇用保険被保険者証", "被保険者番号雇用保険"),
        *("被保険者番号雇用", "employmentinsurance", "employmentinsuranceinsured"),
        *("unemploymentinsurance", "koyohoken", "koyouhoken", "koyohokenhihokensha"),
        *("uinumber", "uino"),
    )
    SAID = called(
        "雇保|雇用保険|雇用(?=被保)|失業保険|労働保険(?=被保)|コヨウホケン",
        "koyou?ho(?:ken)?|koyou?(?=hihoken)",
        "(?:un)?employment(?=ins)|emp(?:l)?(?=ins)|labou?r(?=insurance(?:insured|person))",
    )
    PREFILTER = rf"[0-9]{{4}}{GAP}[0-9]{{6}}{GAP}[0-9]"
    NUMBER = re.compile(rf"{LABELLED_LEFT}[0-9]{{4}}{GAP}[0-9]{{6}}{GAP}[0-9]{LABELLED_RIGHT}")
    LENGTH = 11
    RIVALS = Words(
        (
            *NOT_PERSONAL,
            *("事業所番号", "適用事業所", "事業所no", "事業所コード", "事業所台帳", "労働保険番号"),
            *("労働保険", "求人番号", "事業主番号", "施設番号", "office number", "office no"),
            *("establishment", "jigyosho", "jigyousho", "office_no", "office_number"),
            *("住民票コード", "介護", "後期高齢"),
            *(
                "健康保険",
                "国民健康保険",
                "国保",
                "健保",
                "共済",
                "年金",
                "マイナンバー",
                "個人番号",
            ),
            *("口座", "支給番号", "学籍番号", "社員番号", "顧客番号", "会員番号", "利用者番号"),
        )
    )
    KIN = Words(
        ("介護", "後期高齢", "健康保険", "国民健康", "国保", "健保", "共済", "年金", "船員")
    )
    SHARED = Words(("被保険者番号", "被保険者no", "被保険者証番号", "hihokensha", "被保険者証"))
