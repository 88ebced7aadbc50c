"""対応メモ (memos): what staff write about a call, free text with people in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from flows.demo import codes
from flows.demo.mark import Phrase, phrase
from flows.demo.values import Values


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """Who called, who took the call, and somebody else who came up."""

    who: Values
    staff: Values
    other: Values
    draws: Random


def memo(call: Call) -> Phrase:
    """Write one of the memos that fit: those without e-mail or mobile for who has none."""
    reachable = call.who.person.mobile and call.who.person.email
    return call.draws.choice(_ANY if not reachable else _ANY + _REACHABLE)(call)


def _late(call: Call) -> Phrase:
    return phrase(
        call.who.surname(), "様より、商品が届かないとのお電話。ご自宅 ", call.who.phone(),
        " に折り返し希望。",
    )  # fmt: skip


def _moved(call: Call) -> Phrase:
    return phrase(
        "転居のご連絡。", call.who.name(""), "様の新住所は〒", call.who.postal_code(), " ",
        call.who.address(), "。\n登録変更済み。",
    )  # fmt: skip


def _third_party(call: Call) -> Phrase:
    return phrase(
        call.who.name(""), "様からのご紹介で", call.other.name(""), "様にもカタログを送付。"
    )


def _staff(call: Call) -> Phrase:
    return phrase("担当の", call.staff.surname(), "が一次対応。在庫を確認し、明日回答予定。")


def _order(call: Call) -> Phrase:
    number = codes.my_number(call.draws.randrange(10**6))
    return phrase("受注番号", number, "の納期についてのお問い合わせ。14時までに回答する。")


def _near_miss(call: Call) -> Phrase:
    label, value = call.draws.choice(sorted(codes.near_misses(call.draws.randrange(10**6)).items()))
    return phrase(label, "は", value, "とのことだが、桁または形式が合わず受付不可。再提出を依頼。")


def _plain(_: Call) -> Phrase:
    return phrase("サイズ交換の手順を案内。返送料は当社負担。2024年4月1日の規約改定も説明した。")


def _mobile(call: Call) -> Phrase:
    return phrase(
        call.who.kana("　"), "様。携帯", call.who.mobile(""), "へ18時以降にご連絡ください。"
    )


def _email(call: Call) -> Phrase:
    return phrase(
        "返信先は", call.who.email(), "です。\n", call.who.name(" "), "様、大変お怒り。至急対応。"
    )


def _identity(call: Call) -> Phrase:
    return phrase(
        "本人確認：氏名=", call.who.name(""), " 電話=", call.who.mobile(), " メール=",
        call.who.email(), "、登録内容と一致。担当 ", call.staff.surname(),
    )  # fmt: skip


_ANY: tuple[Callable[[Call], Phrase], ...] = (
    _late, _moved, _third_party, _staff, _order, _near_miss, _plain,
)  # fmt: skip
_REACHABLE: tuple[Callable[[Call], Phrase], ...] = (_mobile, _email, _identity)
