"""行い (deeds): words for what somebody did, and for keys that merely count rows.

Folded, in lower case, without separators, as those of ``scanners.words``.
"""

from __future__ import annotations

_DEEDS = """
    注文 受注 予約 取引 申込 申請 問合せ 問い合わせ お問い合わせ 受付 来店 購入 契約 レシート 領収書
    order reservation booking ticket receipt purchase payment transaction request session visit
    login inquiry access contract
"""
#: Things that somebody did: a record of one holds the data of who did it.
DEEDS = frozenset(_DEEDS.split())
#: Keys that are merely the number of a row.
COUNTERS = frozenset({"no", "num", "連番", "通番", "seq", "sn"})
