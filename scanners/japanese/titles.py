"""敬称・肩書 (what stands around names): honorifics, posts, labels, and what a company bears.

``山田様`` is a person, ``山田商店`` is not; ``氏名：`` announces one.
"""

from __future__ import annotations

import re

HONORIFICS = ("様", "さま", "さん", "殿", "どの", "氏", "君", "くん", "ちゃん", "先生", "先輩")
#: With an honorific these are nobody's name.
NOBODY = frozenset({"神様", "王様", "仏様", "姫様", "殿様", "奥様", "奥さん", "嫁さん", "大家さん"})
POSTS = (
    *("部長", "次長", "課長", "係長", "主任", "社長", "専務", "常務", "会長", "店長", "室長"),
    *("支店長", "取締役", "社員", "教授", "医師", "看護師", "弁護士", "税理士", "議員", "監督"),
    *("選手", "記者", "首相", "大臣", "知事", "被告", "容疑者"),
)
LABELS = (
    *("氏名", "御氏名", "お名前", "名前", "ご本人", "本人", "姓", "旧姓", "署名", "フリガナ"),
    *("ふりがな", "カナ", "カナ氏名", "氏名カナ", "担当者名", "担当者", "ご担当", "担当", "差出人"),
    *(
        "発信者",
        "宛名",
        "宛先",
        "送付先",
        "受取人",
        "申込者",
        "申請者",
        "応募者",
        "面接官",
        "代表者",
    ),
    *("責任者", "契約者", "保護者", "記入者", "作成者", "患者名", "顧客名", "会員名", "社員名"),
    *("従業員名", "name", "full name", "customer", "contact", "from", "to"),
)
_COMPANIES = (
    *(r"\(株\)", r"\(有\)", "株式会社", "有限会社", "合同会社", "商店", "商会", "商事", "製作所"),
    *("工業", "産業", "建設", "電機", "電気", "製薬", "不動産", "銀行", "証券", "生命", "自動車"),
    *(
        "技研",
        "酒造",
        "食品",
        "運輸",
        "書店",
        "薬局",
        "旅館",
        "ホテル",
        "病院",
        "医院",
        "クリニック",
    ),
    *("歯科", "事務所", "本店", "支店", "支社", "営業所", "工場", "店"),
)
_PLACES = (
    *("大学", "高校", "中学", "小学校", "学園", "幼稚園", "保育園", "駅", "市", "町", "村", "区"),
    *("県", "郡", "通り", "大通", "交差点", "ビル", "城", "神社", "寺", "公園", "空港", "港", "川"),
    *("山", "島", "湖", "丁目", "線", "ホール", "美術館", "記念館", "温泉", "賞", "杯", "流", "家"),
)
_FORMS = ("株式会社", "有限会社", "合同会社", "合資会社", "合名会社", r"[(](?:株|有|同|資|名)[)]")
#: A form of company right before or behind a name, or a trade behind it: the name of a firm.
FIRM_BEFORE = re.compile(rf"(?:{'|'.join(_FORMS)})\Z")
_OFFICE = "(?:法律|会計|特許|設計|建築|[税弁][理護]士|(?:行政|司法)書士|社労士)(?:法人|事務所)"
_TRADES = (one for one in _COMPANIES if one != "店")  # 佐藤店長 is a person
FIRM_BEHIND = re.compile("|".join((*_FORMS, _OFFICE, *_TRADES)))
#: Directly behind a name, these say that it is a company's, a place's or a thing's.
NOT_A_PERSON = re.compile("|".join((*_COMPANIES, *_PLACES)))

# The end is that of each text where several are joined.
_HONORIFIC = re.compile(rf"(?<=[^\0\n][^\0\n])[ ]?(?:{'|'.join(HONORIFICS)})(?![^\0])")


def without_honorific(name: str) -> str:
    """Drop an honorific at the end of a name of two characters or more."""
    return _HONORIFIC.sub("", name)
