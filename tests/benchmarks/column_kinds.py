"""Kinds of made-up tables: customers, patients, orders, sensors, and what columns each may have.

A kind names whom or what its rows are about (``None`` where people differ), in three registers,
what such tables are called, its usual columns and those that only some have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scanners.finding import About


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table; ``subject`` and ``names`` in Japanese, English and romaji."""

    name: str
    about: About | None
    subject: tuple[str, str, str]
    names: tuple[str, ...]
    always: Sequence[str]
    some: Sequence[str]


def _kind(name: str, about: About | None, subject: str, names: str, always: str, some: str) -> Kind:
    ja, en, ro = subject.split()
    return Kind(name, about, (ja, en, ro), tuple(names.split()), always.split(), some.split())


_P, _O, _T = About.PERSON, About.ORGANISATION, About.THING

#: Positive kinds: somebody's data stands in them, or an office's.
KINDS = (
    _kind("customers", _P, "顧客 customer kokyaku",
          "顧客マスタ customers m_customer 顧客一覧.csv",
          "key name",
          "kana gender birth age email mobile phone postal address recent_day rank amount "
          "status note flag job prefecture staff_name card moment"),
    _kind("customers split", _P, "お客様 client okyaku",
          "client_list お客様情報 t_client",
          "key surname given",
          "surname_kana given_kana gender_code birth email phone postal address "
          "recent_day category flag score moment"),
    _kind("employees", _P, "社員 employee shain",
          "社員名簿 employees m_shain 従業員データ.xlsx",
          "key name",
          "kana birth gender department title hired my_number pension employment "
          "bank_account holder licence phone address postal email amount other_name "
          "other_phone"),
    _kind("payroll", _P, "従業員 emp jugyoin", "給与 payroll 年末調整", "key name my_number",
          "kana birth pension employment bank_account holder amount department address other_name"),
    _kind("applicants", _P, "応募者 applicant oubosha",
          "応募者一覧 applicants entry_list",
          "name email",
          "kana birth age gender phone mobile postal address recent_day status licence "
          "note score staff_name order_no"),
    _kind("patients", _P, "患者 patient kanja", "患者 patients 患者基本情報", "key name birth",
          "kana gender age phone postal address diagnosis elderly care staff_name "
          "recent_day other_phone other_name"),
    _kind("residents", _P, "住民 resident jumin", "住民台帳 residents 異動者リスト",
          "name birth address",
          "kana gender resident_code my_number postal other_name recent_day age care"),
    _kind("students", _P, "学生 student gakusei", "学籍簿 students 名簿.csv", "key name grade",
          "kana class gender birth other_name other_phone address postal email score"),
    _kind("members", _P, "会員 member kaiin", "会員 members shop_member", "key email",
          "name kana birth gender_code mobile password rank recent_day moment quantity "
          "postal address flag status"),
    _kind("foreign staff", _P, "スタッフ worker staff",
          "技能実習生 workers 在留管理",
          "romaji residence_card country",
          "name kana birth gender recent_day address mobile firm hired"),
    _kind("drivers", _P, "ドライバー driver unten", "運転者台帳 drivers", "name licence",
          "kana birth mobile recent_day department address key flag"),
    _kind("travellers", _P, "旅客 traveler ryokaku",
          "渡航者 travelers passenger_list",
          "romaji passport",
          "birth gender country email mobile recent_day order_no amount"),
    _kind("card users", _P, "契約者 subscriber keiyakusha", "契約者一覧 subscribers 引落",
          "name card",
          "holder email mobile postal address recent_day amount status order_no bank_account"),
    _kind("survey", _P, "回答者 respondent kaitosha", "アンケート回答 survey", "moment gender age",
          "name email prefecture job score note postal category"),
    _kind("event", _P, "参加者 attendee sankasha", "参加者名簿 attendees", "name email",
          "kana firm department mobile recent_day flag note seven"),
    _kind("alumni", _P, "卒業生 alumnus sotsugyosei", "同窓会名簿 alumni", "name address postal",
          "kana phone hired email birth note firm"),
    _kind("contacts", _P, "担当者 contact tanto",
          "名刺 business_cards 取引先担当者",
          "firm name department",
          "title email phone mobile office_address office_postal kana recent_day note"),
    _kind("suppliers", _O, "仕入先 supplier shiire",
          "仕入先マスタ suppliers 取引先",
          "firm office_phone office_address",
          "staff_name office_postal office_email corporate_no founded recent_day "
          "firm_kana status rank amount"),
    _kind("stores", _O, "店舗 store tenpo",
          "店舗一覧 stores m_shop",
          "store_name office_phone office_address",
          "office_postal lat staff_name founded flag quantity status"),
    _kind("orders", None, "顧客 customer kokyaku",
          "受注 orders t_order 注文データ",
          "order_no key_ref recent_day amount",
          "other_name other_phone postal address status quantity product_name staff_name jan note"),
    _kind("bookings", None, "会員 member kaiin",
          "予約 bookings reservation",
          "order_no key_ref moment",
          "name mobile quantity amount status staff_name email note"),
    _kind("access log", _T, "ユーザー user user",
          "access_log ログイン履歴 audit",
          "moment client_ip path",
          "user_agent http_status email uuid host quantity"),
    _kind("accounts", _P, "ユーザー user user", "users アカウント app_user", "key email password",
          "name moment client_ip flag status recent_day mobile"),
    _kind("gym", _P, "利用者 user riyosha", "利用者台帳 gym_members 施設利用", "name mobile birth",
          "kana gender age postal address recent_day other_name other_phone amount score"),
    _kind("tenants", _P, "入居者 tenant nyukyosha", "入居者一覧 tenants", "name phone",
          "kana birth firm amount other_name other_phone bank_account recent_day contact"),
    _kind("donors", _P, "寄付者 donor kifusha", "寄付者 donors", "name amount recent_day",
          "kana address postal email phone my_number"),
)  # fmt: skip

#: Kinds without anybody's data; what is flagged in them is wrong.
NEGATIVES = (
    _kind("products", _T, "商品 product shohin",
          "商品マスタ products",
          "product_code product_name amount",
          "jan category quantity recent_day flag lot status founded moment rank"),
    _kind("inventory", _T, "在庫 stock zaiko",
          "在庫 inventory_snapshot",
          "product_code quantity shelf",
          "lot jan recent_day store_name moment amount seven"),
    _kind("sensors", _T, "設備 device setsubi", "sensor_readings 計測", "moment sensor reading",
          "status lat quantity row_no level score stamp"),
    _kind("server log", _T, "サーバー server server", "app_log システムログ",
          "moment level message",
          "host uuid http_status path quantity stamp"),
    _kind("journal", _T, "仕訳 journal shiwake",
          "仕訳帳 journal_entries",
          "recent_day account_title amount",
          "order_no department note ten row_no twelve currency"),
    _kind("municipalities", _O, "自治体 municipality jichitai",
          "市区町村マスタ municipalities",
          "municipality_code municipality",
          "prefecture lat quantity row_no founded"),
    _kind("cloud bill", _T, "請求 billing seikyu",
          "cloud_bill aws_cost",
          "aws_account service amount",
          "recent_day currency quantity uuid sixteen"),
    _kind("numbers", _T, "管理 control kanri", "台帳 ledger", "twelve seven ten",
          "sixteen stamp recent_day status amount row_no product_code"),
    _kind("timetable", _O, "路線 route rosen", "駅一覧 stations", "station route",
          "lat quantity row_no founded city_name"),
    _kind("companies", _O, "企業 company kigyo", "法人一覧 companies", "corporate_no firm",
          "founded amount quantity prefecture firm_kana category"),
    _kind("sales", _T, "売上 sales uriage",
          "売上明細 daily_sales",
          "recent_day store_name product_name quantity amount",
          "jan order_no category stamp flag"),
    _kind("assets", _T, "資産 asset shisan", "固定資産 assets", "seven product_name founded",
          "amount shelf department status lot quantity"),
)  # fmt: skip
