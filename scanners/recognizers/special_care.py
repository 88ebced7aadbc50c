"""要配慮個人情報 (special-care-required personal data): 個人情報保護法 Art. 2(3), 施行令 Art. 2.

Race, creed, social status, medical history, criminal record, harm from crime; disabilities, results
of health checks, medical guidance, treatment and dispensing, criminal procedure, protection of
juveniles. To collect it the person must consent (Art. 20(2)). Nationality alone, the mere fact of a
health check, sex life, trade unions and bank data are none of it.

No shape tells it, only a heading: a column under 既往歴 or 障害等級 (whether it is somebody's, the
table says: ``scanners.special``), and in a text what stands behind such a label, up to the end of
its clause. なし, 不明 and bare numbers tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from scanners.finding import Entity, Finding, Strength
from scanners.joined import strip
from scanners.normalize import Folded, fold
from scanners.recognizers.base import Recognizer

_LABELS = (
    r"既往歴|既往症|現病歴|病歴|持病|罹患歴|通院歴|入院歴|手術歴|服薬歴|服薬状況|服用中の薬|常用薬|服用薬"
    r"|処方薬|投薬内容|投薬歴|薬歴|治療歴|治療内容|家族歴|傷病名|診断名|診断結果|主病名|病名|疾患名"
    r"|アレルギー歴|アレルギー|感染症歴|障害者手帳|身体障害者手帳|療育手帳|精神障害者保健福祉手帳"
    r"|障害の程度|障害等級|障害程度区分|障害支援区分|障害名|障害種別|障がい名|障がい|要介護度|要介護認定"
    r"|健康診断結果|健康診断の結果|健診結果|検診結果|ストレスチェック結果|犯罪歴|犯歴|前科|前歴|逮捕歴"
    r"|有罪歴|受刑歴|服役歴|非行歴|補導歴|保護処分歴|犯罪被害|被害歴|信条|宗教|信仰|支持政党|思想|人種"
    r"|被差別部落|出自|medical history|diagnosis|disability|criminal record|religion|allergies"
)
#: What stands behind a label on a form without any mark: 身体障害者手帳 2級.
_GRADE = r"第?[1-7一-七][級種]|要介護[1-5]|要支援[12]|区分[1-6]"
_LABELLED = re.compile(
    rf"(?<![一-龯々ァ-ヺーA-Za-z])(?P<label>{_LABELS})(?:\([^()\n]{{0,12}}\))?"
    r"(?:[ ]{0,2}[:=][ ]{0,2}|\][ ]{0,2}|】[ ]{0,2}|(?P<prose>[はが])"
    rf"|[ ]{{1,2}}(?={_GRADE}))"
    r"(?P<value>[^\s:。;|\n\t「」【】\[\]<>][^。;|\n\t【】\[\]]{0,79})",
    re.IGNORECASE,
)
#: Words that prose is written about; only a colon makes them labels.
_WRITTEN = frozenset(
    {"思想", "信条", "宗教", "信仰", "人種", "アレルギー", "出自", "障がい", "家族歴"}
)
#: Where the next label begins; behind a grade and a space stands something else.
_NEXT = re.compile(
    r"[、,・ ／/]\s{0,2}(?=[^、,\s:=]{1,12}\s?[:=])|[」』}]|[ ]{2}|(?<=[1-7一-七]級)[ ]"
)
_SPOKEN_END = re.compile(
    r"(?:です|でした|であり|である|であった|だった|とのこと|と診断|の診断|があ[りる]|あり|を|で|のため"
    r"|なので|が|に).*\Z",
    re.DOTALL,
)
#: What says nothing of anybody: none, unknown, asked for, not asked for, and yes or no alone.
_NOTHING = re.compile(
    r"(?i)\s*(?:特に|特記事項|該当|とくに|これと言って)?(?:な[しいく]|無[しいく]?|ナシ|ありません|ない"
    r"|ございません|不明|未(?:記入|回答|入力|確認|登録|診|受診|実施|検査)|非該当|対象外|問わ|問いま|記入"
    r"|入力|選択|任意|必須|不要|不問|同上|その他|確認|については|に関する|に関わ|とは|の有無|何ですか"
    r"|以下|下記|別紙|参照|n/?a|none|nil|null|unknown|no known|not |no\b)"
)
_ASKED = re.compile(r"ますか|ですか|\?|してください|して下さい|ください|場合は|個人情報|要配慮")
_LETTER = re.compile(r"[A-Za-zぁ-ゖァ-ヺ一-龯]")
_BLANK = re.compile(
    r"(?i)[\s\d.,:/%+°~〜〇×○△□◯・-]*|\s*(?:true|false|yes|no|y|n|有無|いいえ|はい|回|件|個|名"
    r"|[0-9]+(?:回|件|個|名|人|円|日|年|月|歳|cm|kg|mmhg))\s*"
    r"|(?:[12][0-9]{3}|明治|大正|昭和|平成|令和)[-/年元0-9月日. :]{1,16}"
)
_LONGEST = 400


class SpecialCareRecognizer(Recognizer):
    """Finds ``糖尿病`` in ``既往歴：糖尿病``."""

    ENTITY = Entity.SPECIAL_CARE
    KIND = "special_care"
    STRENGTH = Strength.WEAK
    CONTEXT = ("既往歴", "病歴", "障害者手帳", "犯罪歴", "前科", "宗教", "信条", "人種", "健診結果")
    HEADERS = (
        *("病歴", "既往歴", "既往症", "現病歴", "持病", "罹患歴", "通院歴", "入院歴", "手術歴"),
        *("治療歴", "服薬歴", "家族歴", "感染症歴", "傷病名", "傷病", "病名", "主病名", "副病名"),
        *("診断名", "診断", "診断結果", "疾患", "疾患名", "疾病", "疾病名", "症状", "所見", "治療"),
        *("治療内容", "手術", "投薬", "投薬内容", "処方", "処方薬", "処方内容", "服薬", "服用薬"),
        *("常用薬", "薬歴", "アレルギー", "アレルギー名", "アレルギー歴", "検査結果", "健診結果"),
        *("健康診断結果", "健康診断所見", "検診結果", "総合判定", "ストレスチェック結果"),
        *(
            "障害",
            "障がい",
            "障害名",
            "障害内容",
            "障害種別",
            "障害区分",
            "障害程度",
            "障害程度区分",
        ),
        *("障害支援区分", "障害等級", "障害者手帳", "障害者手帳等級", "身体障害者手帳", "療育手帳"),
        *("精神障害者保健福祉手帳", "手帳等級", "手帳種別", "障害者区分", "等級", "級", "難病"),
        *("要介護度", "介護度", "要介護認定", "犯罪歴", "犯歴", "前科", "前歴", "逮捕歴", "有罪歴"),
        *("非行歴", "補導歴", "犯罪被害", "犯罪被害歴", "信条", "思想", "思想信条", "宗教", "信仰"),
        *("宗派", "支持政党", "人種", "民族", "社会的身分", "被差別部落", "ワクチン接種歴"),
        *("medicalhistory", "diagnosis", "diagnoses", "disease", "illness", "disability"),
        *("disabilitygrade", "medication", "medications", "prescription", "prescriptions"),
        *("treatment", "allergy", "allergies", "symptom", "symptoms", "healthcheckresult"),
        *("criminalrecord", "criminalhistory", "conviction", "religion", "creed", "race"),
        *("ethnicity", "surgery", "byoreki", "kioreki", "shobyomei", "shogaitokyu"),
    )
    PREFILTER = f"(?i:{_LABELS})"

    def find(self, folded: Folded, doc: Doc | None = None) -> Iterator[Finding]:
        """Find what stands behind a label, up to the end of its clause."""
        for match in _LABELLED.finditer(folded.text):
            start, end = match.span("value")
            end = _end(folded.text, start, end, prose=bool(match["prose"]))
            value = folded.text[start:end]
            if match["prose"] and match["label"] in _WRITTEN:
                continue
            if end > start and self.fits(value) and not _ASKED.search(match["value"]):
                score = 0.7 if match["prose"] else 0.85
                yield self._found(folded, start, end, score, "pattern", "context 見出し")

    def fits(self, value: str) -> bool:
        """Tell whether the value says something: words, not なし, a number, a day or yes and no."""
        value = value.strip()
        if not value or len(value) > _LONGEST or not _LETTER.search(value):
            return False
        return not _NOTHING.match(value) and not _BLANK.fullmatch(value)

    def knows(self, value: str) -> bool:
        """Tell nothing: only a heading tells."""
        return False

    def normal(self, text: str) -> str:
        """Return the folded text."""
        return strip(fold(text).text)


def _end(text: str, start: int, end: int, *, prose: bool) -> int:
    """Return where the clause ends: before the next label, and in prose before the verb."""
    following = _NEXT.search(text[start:end], 1)
    end = start + following.start() if following else end
    if prose:
        spoken = _SPOKEN_END.search(text[start:end], 1)
        end = start + spoken.start() if spoken else end
    return start + len(text[start:end].rstrip(" 、,"))
