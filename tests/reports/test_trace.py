"""Traces: from identifiers to one person's records, and never through another's."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.decision import decide
from reports.errors import UnknownId, WrongKey, WrongUse
from reports.location import Sealed
from reports.sought import Sought
from reports.token import Tokens
from reports.trace import Tracer
from scanners.finding import Entity
from tests.reports.town import Town

PERSONS = {
    "customer_id": "SUBJECT_KEY self",
    "name": "PERSON self",
    "kana": "PERSON self",
    "birth": "DATE_OF_BIRTH self",
    "email": "EMAIL_ADDRESS self",
    "phone": "PHONE_NUMBER self",
    "introducer_id": "SUBJECT_KEY mention",
}
TARO = {
    "customer_id": "1",
    "name": "山田太郎",
    "kana": "ヤマダタロウ",
    "birth": "1980-04-01",
    "email": "taro@example.jp",
    "phone": "03-1234-5678",
}
HANAKO = {
    "customer_id": "2",
    "name": "山田花子",
    "kana": "ヤマダハナコ",
    "birth": "1985-12-24",
    "email": "hanako@example.jp",
    "phone": "03-1234-5678",
    "introducer_id": "1",
}
NAMESAKE = {
    "customer_id": "3",
    "name": "山田太郎",
    "kana": "ヤマダタロウ",
    "birth": "1999-01-01",
    "email": "other.taro@example.jp",
    "phone": "090-9999-0000",
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A CRM with keys, a shop without, and a share: everyone is numbered from 1."""
    town = Town(tmp_path_factory.mktemp("town"))
    town.table("crm.customers", PERSONS, [TARO, HANAKO, NAMESAKE])
    town.table(
        "crm.employees",
        {"employee_id": "SUBJECT_KEY self", "name": "PERSON self", "email": "EMAIL_ADDRESS self"},
        [{"employee_id": "1", "name": "佐藤次郎", "email": "sato@corp.example"}],
    )
    town.table(
        "crm.orders",
        {"customer_id": "SUBJECT_KEY self", "staff_id": "SUBJECT_KEY mention"},
        [
            {"customer_id": "1", "staff_id": "1"},
            {"customer_id": "2", "staff_id": "1"},
            {"customer_id": "3", "staff_id": "1"},
        ],
    )
    town.table(
        "crm.inquiries",
        {"customer_id": "SUBJECT_KEY self", "body": "EMAIL_ADDRESS mention"},
        [
            {"customer_id": "1", "body": "taro@example.jp"},
            {"customer_id": "2", "body": "taro@example.jp"},
        ],
    )
    town.link("crm.orders.customer_id", "crm.customers.customer_id")
    town.link("crm.orders.staff_id", "crm.employees.employee_id")
    town.link("crm.inquiries.customer_id", "crm.customers.customer_id")
    town.link("crm.customers.introducer_id", "crm.customers.customer_id")
    town.table(
        "shop.members",
        {
            "member_id": "SUBJECT_KEY self",
            "name": "PERSON self",
            "phone": "PHONE_NUMBER self",
            "birth": "DATE_OF_BIRTH self",
        },
        [
            {"member_id": "1", "name": "鈴木一郎", "phone": "06-1111-2222", "birth": "1970-01-01"},
            {"member_id": "2", "name": "山田太郎", "phone": "03-1234-5678", "birth": None},
            {"member_id": "3", "name": "山田太郎", "phone": None, "birth": "1999-01-01"},
        ],
    )
    town.table("shop.receipts", {"member_id": "SUBJECT_KEY self"}, [{"member_id": "2"}])
    town.link("shop.receipts.member_id", "shop.members.member_id", "discovered")
    town.table(
        "share.mail",
        {"From": "EMAIL_ADDRESS mention"},
        [{"From": "taro@example.jp"}, {"From": ["hanako@example.jp", "sato@corp.example"]}],
    )
    town.table(
        "share.memo", {"text": "PERSON mention"}, [{"text": "山田太郎"}, {"text": "山田花子"}]
    )
    missing = {
        "dataset": "old.zip",
        "partition": 0,
        "status": "failed",
        "reason": "暗号化されています",
    }
    town.commit(share=[missing, {"dataset": "mail", "partition": 0, "status": "read"}])
    return town


def test_unique_identifier_and_links(town: Town) -> None:
    """From an e-mail address, declared keys lead to the person's records, and only theirs."""
    found = town.found(emails=("taro@example.jp",))
    certain = {place for place, tier in found.items() if tier.startswith("certain")}
    assert certain == {"crm.customers/0", "crm.orders/0", "crm.inquiries/0", "share.mail/0"}


def test_name_beside_what_was_learnt(town: Town) -> None:
    """A record without e-mail is probable by name and the telephone learnt on the way."""
    found = town.found(emails=("taro@example.jp",))
    assert found["shop.members/1"] == "probable"
    assert found["shop.receipts/0"] == "probable"


def test_a_relative_who_mentions_the_person(town: Town) -> None:
    """A relative's record that refers to the person is shown for that, not as a conflict."""
    phone = TARO["phone"]
    found = town.found(emails=("taro@example.jp",), names=("山田太郎",), phones=(phone,))
    assert found["crm.customers/1"] == "probable*"


def test_family_is_not_pulled_in(town: Town) -> None:
    """Who shares a telephone with the person, or introduced to them, isn't the person."""
    found = town.found(emails=("taro@example.jp",))
    assert "crm.orders/1" not in found
    assert found["crm.customers/1"] == "probable*"  # introduced by Taro: mentions him
    assert not {"shop.members/0", "crm.customers/2", "crm.orders/2", "share.memo/1"} & found.keys()


def test_mentions_are_shown_and_not_followed(town: Town) -> None:
    """Orders an employee handled are shown as mixed, and lead to no customer."""
    found = town.found(emails=("sato@corp.example",))
    assert found == {
        "crm.employees/0": "certain",
        "crm.orders/0": "probable*",
        "crm.orders/1": "probable*",
        "crm.orders/2": "probable*",
        "share.mail/1": "certain*",
    }


def test_mention_in_anothers_record(town: Town) -> None:
    """Another customer's inquiry that quotes the address is theirs first: probable, mixed."""
    assert town.found(emails=("taro@example.jp",))["crm.inquiries/1"] == "probable*"


def test_equal_keys_without_a_link(town: Town) -> None:
    """Customer 1, member 1 and employee 1 are three people."""
    found = town.found(keys=((town.id("shop.members.member_id"), "1"),))
    assert found == {"shop.members/0": "certain"}
    found = town.found(keys=((town.id("crm.customers.customer_id"), "2"),))
    assert {place for place, tier in found.items() if tier == "certain"} == {
        "crm.customers/1",
        "crm.orders/1",
        "crm.inquiries/1",
    }


def test_name_and_birth_date(town: Town) -> None:
    """Name and birth date make a record probable; a namesake born another day is a conflict."""
    found = town.found(names=("山田 太郎",), birth_dates=("昭和55年4月1日",))
    assert found["crm.customers/0"] == "probable"
    assert found["crm.orders/0"] == "probable"
    assert found["crm.customers/2"] == "conflict"
    assert found["shop.members/2"] == "conflict"
    assert "crm.orders/2" not in found
    assert found["share.memo/0"] == "possible*"


def test_conflict_beats_a_unique_identifier(town: Town) -> None:
    """A record with the given e-mail but another name is a conflict, and not followed."""
    found = town.found(emails=("hanako@example.jp",), names=("佐藤花子",))
    assert found["crm.customers/1"] == "conflict"
    assert "crm.orders/1" not in found


def test_candidates_and_question(town: Town) -> None:
    """A name alone yields candidate persons and the question that tells them apart."""
    trace = town.find(names=("山田太郎",))
    births = [person.tokens(Entity.DATE_OF_BIRTH) for person in trace.persons]
    assert [len(tokens) for tokens in births].count(1) == 3
    assert max(len(tokens) for tokens in births) == 1
    assert trace.ask == "生年月日はいつですか。"
    assert town.find(emails=("sato@corp.example",)).ask == ""


def test_shared_email(tmp_path: Path) -> None:
    """An address at two people is shared: possible, told, and following it joins nobody."""
    town = Town(tmp_path)
    family = "family@example.jp"
    town.table("crm.customers", PERSONS, [TARO | {"email": family}, HANAKO | {"email": family}])
    town.commit()
    trace = town.find(emails=(family,))
    assert {reach.tier.word for reach in trace.matches} == {"possible"}
    assert {step.strength for reach in trace.matches for step in reach.because} == {"shared"}
    assert len(trace.persons) == 2
    found = town.found(emails=(family,), names=("山田花子",))
    assert found == {"crm.customers/1": "probable", "crm.customers/0": "conflict"}


def test_name_in_two_columns(tmp_path: Path) -> None:
    """Family and given name in two columns agree together, and alone say nothing."""
    town = Town(tmp_path)
    columns = {"姓": "PERSON self", "名": "PERSON self", "birth": "DATE_OF_BIRTH self"}
    born = {"birth": "1980-04-01"}
    town.table(
        "shop.members",
        columns,
        [
            {"姓": "山田", "名": "太郎"} | born,
            {"姓": "田中", "名": "太郎"} | born,
            {"姓": "森"} | born,
        ],
    )
    town.commit()
    found = town.found(names=("山田 太郎",), birth_dates=("1980-04-01",))
    assert found["shop.members/0"] == "probable"
    assert found["shop.members/1"] == "probable"  # perhaps a change of surname
    assert "shop.members/2" not in found


def test_a_reviewers_word_counts(tmp_path: Path) -> None:
    """A rejected field is not searched, and a rejected link is not followed."""
    town = Town(tmp_path)
    town.table("crm.customers", PERSONS, [TARO])
    town.table("crm.orders", {"customer_id": "SUBJECT_KEY self"}, [{"customer_id": "1"}])
    town.link("crm.orders.customer_id", "crm.customers.customer_id", "discovered")
    town.commit()
    link = "l_crm.orders.customer_id"
    assert town.found(emails=("taro@example.jp",))["crm.orders/0"] == "probable"
    decide(town.inventory, link, "confirm", who="officer")
    assert town.found(emails=("taro@example.jp",))["crm.orders/0"] == "certain"
    decide(town.inventory, link, "reject", who="officer")
    assert "crm.orders/0" not in town.found(emails=("taro@example.jp",))
    decide(town.inventory, town.id("crm.customers.email", "EMAIL_ADDRESS"), "reject", who="officer")
    assert town.found(emails=("taro@example.jp",)) == {}


def test_placeholder_is_no_evidence(tmp_path: Path) -> None:
    """A telephone number everybody has doesn't make a namesake probable, and the cut is told."""
    town = Town(tmp_path)
    crowd = [
        {"customer_id": str(at), "name": f"人{at}", "phone": "000-0000-0000"} for at in range(300)
    ]
    taro = TARO | {"phone": "000-0000-0000", "customer_id": "900", "birth": None}
    other = NAMESAKE | {"phone": "000-0000-0000", "customer_id": "901", "birth": None}
    town.table("crm.customers", PERSONS, [*crowd, taro, other])
    town.commit()
    trace = town.find(emails=("taro@example.jp",))
    assert [reach.tier.word for reach in trace.matches] == ["certain", "possible"]
    assert [row["units"] for row in trace.unread] == [302]


def test_json(town: Town) -> None:
    """The answer has exactly the shape the design gives it."""
    answer = town.find(emails=("taro@example.jp",)).json(town.tokens.seal)
    assert list(answer) == ["persons", "matches", "ask", "unread"]
    order = next(match for match in answer["matches"] if match["dataset"] == "orders")
    as_of = order.pop("as_of")
    assert as_of.endswith("Z")
    assert order == {
        "tier": "certain",
        "source": "crm",
        "dataset": "orders",
        "record": {"row": 1},
        "fields": [{"field": "customer_id", "entity": "SUBJECT_KEY", "start": None, "end": None}],
        "hops": 2,
        "because": [
            {
                "from": "request",
                "field": "email",
                "entity": "EMAIL_ADDRESS",
                "via": "token",
                "strength": "unique",
            },
            {
                "from": 'crm customers {"row": 1}',
                "field": "customer_id",
                "entity": "SUBJECT_KEY",
                "via": "link",
                "strength": "unique",
            },
        ],
        "mixed": False,
    }
    assert answer["unread"] == [
        {
            "source": "share",
            "dataset": "old.zip",
            "partition": 0,
            "status": "failed",
            "reason": "暗号化されています",
            "units": None,
            "missed_at_most": None,
        }
    ]


def test_sealed_names_are_masked(tmp_path: Path) -> None:
    """A file named after a person is shown masked unless it is opened."""
    town = Town(tmp_path)
    columns = {"text": "EMAIL_ADDRESS mention"}
    rows = [{"text": "taro@example.jp"}]
    town.table("share.人事/山田太郎.docx", columns, rows, Sealed(dataset=True, records=True))
    town.commit()
    trace = town.find(emails=("taro@example.jp",))
    seal = town.tokens.seal
    assert trace.json(seal)["matches"][0]["dataset"] == "人＊＊＊/山＊＊＊.docx"
    assert trace.json(seal, opened=True)["matches"][0]["dataset"] == "人事/山田太郎.docx"
    assert "山田" not in str(trace)


def test_refusals(town: Town) -> None:
    """What can't be asked is refused in one sentence."""
    with pytest.raises(WrongUse, match="at least one"):
        town.find()
    with pytest.raises(WrongUse, match="JP_NOTHING"):
        town.find(codes=(("JP_NOTHING", "1"),))
    with pytest.raises(UnknownId, match="f_none"):
        town.find(keys=(("f_none", "1"),))
    with pytest.raises(WrongKey, match="crm, share, shop"):
        Tracer(town.inventory.view(), Tokens(bytes(32))).find(Sought(emails=("a@example.jp",)))
