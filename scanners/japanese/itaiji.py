"""異体字 (itaiji): characters of names written in more than one shape, 髙 and 高, 﨑 and 崎.

Registers keep the shape a family uses; people type the common one. The table serves the matching
key alone, what is shown stays as written. It holds what NFKC leaves apart: JIS variants, old forms
(旧字体) and compatibility ideographs without a mapping. 碕 and 嵜 are not folded to 崎, nor 斉 to
斎: those are other surnames. A row is the common shape and its variants.
"""

from __future__ import annotations

import re

_TABLE = """
高髙 崎﨑 斎齋 斉齊 辺邊邉 沢澤 浜濱濵 広廣 国國 桜櫻 瀬瀨 恵惠 真眞 栄榮 竜龍 島嶋嶌 峰峯 条條
静靜 薮藪籔 富冨 豊豐 柳栁 桑桒 橋𣘺 徳德 吉𠮷 曽曾 渕淵 館舘 清淸 増增 黒黑 万萬 円圓 実實 与與
弥彌 礼禮 寿壽 学學 寛寬 勲勳 鉄鐵 穂穗 来來 関關 槙槇 凛凜 熙煕 遥遙 郎郞 児兒 亜亞 悪惡 圧壓
囲圍 医醫 壱壹 隠隱 営營 衛衞 駅驛 塩鹽 応應 奥奧 横橫 温溫 価價 会會 絵繪 楽樂 巻卷 巌巖 観觀
気氣 帰歸 亀龜 旧舊 挙擧 尭堯 暁曉 継繼 渓溪 経經 芸藝 県縣 倹儉 険險 検檢 顕顯 験驗 厳嚴 恒恆
効效 鉱鑛 済濟 剤劑 桟棧 賛贊 歯齒 釈釋 収收 従從 縦縱 粛肅 緒緖 奨奬 将將 焼燒 乗乘 浄淨 状狀
畳疊 穣穰 譲讓 嬢孃 慎愼 尽盡 図圖 粋粹 酔醉 数數 声聲 専專 浅淺 戦戰 銭錢 禅禪 双雙 荘莊 巣巢
装裝 蔵藏 属屬 続續 対對 体體 滝瀧 単單 団團 弾彈 昼晝 鋳鑄 庁廳 聴聽 転轉 伝傳 灯燈 当當 党黨
稲稻 闘鬪 独獨 届屆 祢禰 脳腦 廃廢 拝拜 売賣 麦麥 発發 抜拔 蛮蠻 払拂 仏佛 変變 弁辨瓣辯 歩步
宝寶 翻飜 毎每 満滿 黙默 訳譯 薬藥 予豫 余餘 誉譽 揺搖 様樣 謡謠 頼賴 覧覽 涼凉 緑綠 塁壘 励勵
霊靈 齢齡 歴歷 恋戀 炉爐 労勞 楼樓 録錄 湾灣 桧檜 蛍螢 鶏鷄 撃擊 暦曆 渋澁澀 釜釡
"""
_FOLD = {variant: row[0] for row in _TABLE.split() for variant in row[1:]}
_VARIANT = re.compile("[" + "".join(_FOLD) + "]")
#: Selectors of a glyph (SVS and IVS), which survive NFKC.
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def fold_itaiji(text: str) -> str:
    """Write every variant in its common shape; one character stays one character."""
    return _VARIANT.sub(lambda match: _FOLD[match[0]], text)


def strip_selectors(text: str) -> tuple[str, list[int] | None]:
    """Drop variation selectors; say where each character left stood, if any was dropped."""
    if not _SELECTOR.search(text):
        return text, None
    kept = [at for at, char in enumerate(text) if not _SELECTOR.match(char)]
    return "".join(text[at] for at in kept), [*kept, len(text)]
