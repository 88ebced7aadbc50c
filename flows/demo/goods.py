"""商品 (goods): what the company sells, with numbers that look like people's and aren't.

Product codes have twelve digits, as a 個人番号 has, and one in ten passes its check digit. Order
numbers have twelve digits too and all of them pass.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.demo import codes
from flows.demo.chance import spread


@dataclass(frozen=True, slots=True)
class Product:
    """An article: key, 12-digit code, JAN, name and price in yen."""

    id: int
    code: str
    jan: str
    name: str
    price: int


_NAMES = """
さくら餅詰合せ 青葉緑茶 木目込みノート 花子シリーズ便箋 太郎の木馬 檜の菜箸 松本民芸家具(椅子)
小林式ストーブ 千代紙セット 福田ブランド手袋 大島紬ポーチ 有田焼マグ 美咲ワンピース 森の石鹸
南部鉄急須 高橋農園りんごジュース 今治タオル 山形さくらんぼ缶詰 桐箱 京子の漬物
"""
PRODUCTS = tuple(
    Product(
        id=number,
        code=f"{spread(number, 12, 400_000_000_321):012}",
        jan=codes.jan(number),
        name=name,
        price=300 + number * 370 % 9_000,
    )
    for number, name in enumerate(_NAMES.split(), 1)
)


def order_number(number: int) -> str:
    """Return an order number: twelve digits, the last the check digit of a 個人番号."""
    return codes.my_number(number + 5_000_000)
