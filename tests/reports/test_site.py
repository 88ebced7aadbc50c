"""The static report is complete, safe, offline, and every link in it leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html
from lxml.html import HtmlElement

from reports.business import Business
from reports.holdings import HeldDataset, Tables, holdings
from reports.site import build
from reports.site.address import anchor, paginate
from reports.site.diagram import MOST_BOXES, Edge, draw
from reports.site.drawing import STYLE
from tests.reports import sample

Pages = dict[str, HtmlElement]
_HOSTILE = "<script>alert(1)</script>=HYPERLINK"
_LOADING = {"src", "srcset", "action", "formaction", "data", "poster", "background", "style"}


def _parsed(folder: Path) -> Pages:
    return {file.name: html.parse(file).getroot() for file in sorted(folder.glob("*.html"))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the sample's report."""
    out = tmp_path_factory.mktemp("report") / "ja"
    business = sample.business()
    return build(
        sample.inventory(), out, made=sample.MADE, business=business, seal=sample.SEAL
    ).parent


@pytest.fixture(scope="module")
def pages(folder: Path) -> Pages:
    """Parse its pages."""
    return _parsed(folder)


def _text(element: HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def _row(page: HtmlElement, dataset: str, entity: str) -> HtmlElement:
    [row] = page.xpath(f'//tr[@id="{anchor(("crm", dataset))}-e-{entity}"]')
    return row


def test_it_has_a_page_for_every_source(folder: Path) -> None:
    """One folder: the map, each source, what was not read, links, style, register."""
    assert {file.name for file in folder.iterdir()} == {
        "index.html",
        "source-crm.html",
        "source-shop.html",
        "source-share.html",
        "coverage.html",
        "links.html",
        "style.css",
        "個人データ取扱台帳.xlsx",
    }


def test_every_link_leads_somewhere(folder: Path, pages: Pages) -> None:
    """A file in the folder, and where an anchor is named, an element that has it."""
    for name, page in pages.items():
        for address in page.xpath("//@href"):
            file, _, fragment = unquote(address).partition("#")
            assert (folder / (file or name)).is_file(), address
            if fragment:
                assert pages[file or name].xpath(f'//*[@id="{fragment}"]'), address


def test_ids_are_valid_and_single(pages: Pages) -> None:
    """Each id stands once on its page and needs no escaping; each reference to one resolves."""
    for page in pages.values():
        ids = page.xpath("//@id")
        assert [one for one, count in Counter(ids).items() if count > 1] == []
        assert all(re.fullmatch(r"[A-Za-z][\w-]*", one) for one in ids)
        assert set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_nothing_refers_outside_and_nothing_runs(pages: Pages, folder: Path) -> None:
    """No script, handler, frame, inline style or address beyond the folder."""
    for page in pages.values():
        assert not page.xpath(
            "//script | //iframe | //object | //embed | //style | //form | //base"
        )
        attributes = {attribute.attrname for attribute in page.xpath("//@*")}
        assert attributes.isdisjoint(_LOADING)
        assert not [name for name in attributes if name.startswith("on")]
        assert not [a for a in page.xpath("//@href") if ":" in a or a.startswith("//")]
    css = (folder / "style.css").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(|https?:", css)


def test_hostile_names_are_only_text(pages: Pages) -> None:
    """A dataset called <script> is shown, not run."""
    page = pages["source-share.html"]
    assert [one for one in page.xpath("//h3") if _HOSTILE in _text(one)]
    raw = html.tostring(page, encoding="unicode")
    assert "<script" not in raw


def test_every_page_is_titled_and_in_the_readers_language(pages: Pages) -> None:
    """What a screen reader says first: language, title, one h1, landmarks, a way past the menu."""
    titles = set()
    for name, page in pages.items():
        assert page.get("lang") == "ja"
        assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1
        assert page.xpath('//body/a[@class="skip"]/@href') == ["#main"]
        assert page.xpath('//nav//a[@aria-current="page"]/@href') in ([name], [])
        titles.add(page.findtext(".//title"))
    assert len(titles) == len(pages)


def test_headings_skip_no_level(pages: Pages) -> None:
    """A reader who moves by headings meets no gap."""
    for page in pages.values():
        levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3 | //h4")]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_tell_their_headings(pages: Pages) -> None:
    """Every table has a caption and scoped headings; narrow ones name each value."""
    for page in pages.values():
        for table in page.xpath("//table"):
            assert _text(table.find("caption"))
            assert all(th.get("scope") for th in table.xpath(".//th"))
        for table in page.xpath('//table[contains(@class,"cards")]'):
            assert all(td.get("data-label") for td in table.xpath(".//tbody//td"))


def test_the_map_leads_to_the_sources(pages: Pages) -> None:
    """A cell of the map leads to the column of that kind on the source's page."""
    heat = pages["index.html"].xpath('//table[@class="heat"]')[0]
    assert [_text(one) for one in heat.xpath(".//tr[@class='entities']/th")][:2] == [
        "情報源",
        "個人番号",
    ]
    assert "source-crm.html#e-JP_MY_NUMBER" in heat.xpath(".//td/a/@href")


def test_every_field_is_shown_with_its_reasons(pages: Pages) -> None:
    """All 80 fields stand on the pages of their sources, with what a reviewer needs."""
    rows = [
        row
        for page in pages.values()
        for row in page.xpath("//table[contains(@class,'fields')]/tbody/tr")
    ]
    assert len(rows) == sample.inventory().fields.num_rows == 80
    text = _text(_row(pages["source-crm.html"], "employees", "JP_MY_NUMBER"))
    for word in (
        "個人番号",
        "842／842",
        "0.99",
        "列名「個人番号」",
        "998／1,000",
        "1＊＊＊＊＊",
        "f_",
    ):
        assert word in text


def test_a_changed_field_says_what_it_was(pages: Pages) -> None:
    """A reviewer's change doesn't hide what the scan had found."""
    assert "走査時の判定" in _text(pages["source-crm.html"].find("body"))


def test_datasets_say_who_answers_for_them(pages: Pages) -> None:
    """Owner, purposes in words, class, contractor and retention come from the settings."""
    [article] = pages["source-crm.html"].xpath(
        f'//article[@aria-labelledby="{anchor(("crm", "inquiries"))}"]'
    )
    owner, purpose, contractor = (
        "カスタマーサクセス部",
        "お問い合わせへの回答のため",
        "みほんコールセンター",
    )
    for word in (owner, purpose, contractor, "顧客", "誰でも閲覧可", "40,118"):
        assert word in _text(article)


def test_what_was_not_read_is_said_up_front(pages: Pages) -> None:
    """The first page counts it and says what it means; its own page lists every part."""
    assert "個人データがないことを意味しません" in _text(pages["index.html"].find("body"))
    rows = pages["coverage.html"].xpath("//table[contains(@class,'parts-unread')]/tbody/tr")
    assert len(rows) == 6
    text = _text(pages["coverage.html"].find("body"))
    for word in ("給与2019.zip", "来場者_20260401.csv", "8.6%以下", "不明", "申込書（2015年以前）"):
        assert word in text


def test_times_are_japans(pages: Pages) -> None:
    """17:05 in UTC is five past two the next morning."""
    text = _text(pages["index.html"].find("body"))
    assert "2026-11-19 02:05" in text
    assert "2026-11-20 10:30" in text


def test_sealed_names_are_masked(folder: Path, tmp_path: Path) -> None:
    """Neither with the key nor without is a name that tells a person shown or left in a file."""
    build(sample.inventory(), tmp_path, made=sample.MADE)
    with_key = (folder / "source-share.html").read_text(encoding="utf-8")
    assert "採＊＊＊/見＊＊＊.docx" in with_key
    for file in [*folder.glob("*.html"), *tmp_path.glob("*.html")]:
        text = file.read_text(encoding="utf-8")
        assert "見本花子" not in text
        assert '"enc"' not in html.fromstring(text).text_content()


def test_rules_reach_datasets_with_sealed_names(pages: Pages) -> None:
    """A rule for a folder holds for a file in it whose name is masked."""
    [article] = [
        one
        for one in pages["source-share.html"].xpath("//article")
        if "見＊＊＊.docx" in _text(one)
    ]
    assert "選考後6か月" in _text(article)


def test_links_are_drawn_and_listed(pages: Pages) -> None:
    """The diagram shows what isn't rejected; the table shows all."""
    page = pages["links.html"]
    [picture] = page.xpath('//*[local-name()="svg"]')
    assert len(picture.xpath('./*[local-name()="path"]')) == 7
    assert "public.reviews" not in _text(picture)
    assert len(page.xpath("//table/tbody/tr")) == 8


def test_an_empty_inventory_says_what_to_do(tmp_path: Path) -> None:
    """Before the first scan the report leads to it."""
    build(Tables.empty(), tmp_path, made=sample.MADE)
    text = _text(_parsed(tmp_path)["index.html"])
    for command in ("shozai init", "shozai sources", "shozai scan", "shozai report"):
        assert command in text


def test_a_source_never_scanned_is_named(tmp_path: Path) -> None:
    """Named in the settings, missing from the inventory: said so."""
    build(Tables.empty(), tmp_path, made=sample.MADE, business=sample.business())
    pages = _parsed(tmp_path)
    assert "一度も走査されていません" in _text(pages["index.html"])
    assert "source-crm.html" in pages


def test_english_pages_have_no_japanese_words(tmp_path: Path) -> None:
    """English by a switch: every word but names, masked samples and the settings' own text."""
    bare = replace(sample.inventory(), fields=Tables.empty().fields, links=Tables.empty().links)
    build(bare, tmp_path, made=sample.MADE, language="en")
    pages = _parsed(tmp_path)
    assert (tmp_path / "register.xlsx").is_file()
    for name in ("index.html", "links.html"):
        assert pages[name].get("lang") == "en"
        assert not re.search(r"[ぁ-んァ-ヶ一-龠]", _text(pages[name]))


def test_former_pages_of_ours_are_removed_and_others_left(tmp_path: Path) -> None:
    """A source that is gone leaves no page behind; a stranger's file is not touched."""
    build(sample.inventory(), tmp_path, made=sample.MADE)
    (tmp_path / "source-mine.html").write_text("mine", encoding="utf-8")
    build(Tables.empty(), tmp_path, made=sample.MADE)
    assert not (tmp_path / "source-crm.html").exists()
    assert (tmp_path / "source-mine.html").exists()


def test_the_same_inventory_gives_the_same_pages(folder: Path, tmp_path: Path) -> None:
    """Nothing but what is given gets into the report: no clock, no chance."""
    build(
        sample.inventory(), tmp_path, made=sample.MADE, business=sample.business(), seal=sample.SEAL
    )
    for file in folder.iterdir():
        assert file.read_bytes() == (tmp_path / file.name).read_bytes(), file.name


def test_a_long_source_is_laid_out_on_several_pages() -> None:
    """Pages stay short enough to open, nothing falls between them, and anchors stay."""
    held = [one for one in holdings(sample.inventory()) if one.source == "crm"]
    addresses = paginate(held, ["crm"], lines=30)
    laid = [one.key for page in addresses.pages for one in page.held]
    assert len(addresses.pages) > 2
    assert sorted(laid) == sorted(one.key for one in held)
    whole = paginate(held, ["crm"]).of_dataset(("crm", "orders"))
    assert str(whole).split("#")[1] == str(addresses.of_dataset(("crm", "orders"))).split("#")[1]


@pytest.mark.parametrize("names", [["CRM", "crm"], ["名簿", "1"], ["../x", "a/b"], ["a-p2", "a"]])
def test_file_names_are_safe_and_different(names: list[str]) -> None:
    """Whatever a source is called, its page has a name of its own on every file system."""
    files = [page.file for page in paginate((), names).pages]
    assert len({file.casefold() for file in files}) == len(names)
    assert all(re.fullmatch(r"source-[a-z0-9_-]+\.html", file) for file in files)


def test_references_in_a_circle_are_drawn() -> None:
    """Tables that refer to each other, or to themselves, don't send the drawing in circles."""
    a, b = ("crm", "a"), ("crm", "b")
    drawn = draw([Edge(a, b, True), Edge(b, a, True), Edge(a, a, True)], lambda key: key[1])
    assert drawn is not None
    assert len(drawn.boxes) == 2
    assert len(drawn.lines) == 3


def test_references_point_left() -> None:
    """A table stands right of everything it refers to."""
    edges = [Edge(("s", f"t{n + 1}"), ("s", f"t{n}"), True) for n in range(5)]
    drawn = draw(edges, lambda key: key[1])
    assert drawn is not None
    by_name = {box.text: box.x for box in drawn.boxes}
    assert [by_name[f"t{n}"] for n in range(6)] == sorted(by_name.values())


def test_a_tangle_is_not_drawn() -> None:
    """Too many tables for a picture: the table alone."""
    edges = [Edge(("s", str(n)), ("s", "hub"), True) for n in range(MOST_BOXES)]
    assert draw(edges, lambda key: key[1]) is None
    assert draw([], lambda key: key[1]) is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme: str) -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 or more for text, in the light and in the dark."""
    colours = _colours(scheme)
    for front, back in _pairs():
        assert _contrast(colours[front], colours[back]) >= 4.5, (front, back)


def _pairs() -> Iterator[tuple[str, str]]:
    for ground in ("paper", "raised", "sunken"):
        yield from ((text, ground) for text in ("ink", "dim", "ai", "shu", "ok"))
    yield "shu", "shu-soft"
    for ramp in "as":
        yield from (("on-heat", f"{ramp}{level}") for level in (1, 2, 3, 4))
        yield from (("on-heat-strong", f"{ramp}{level}") for level in (5, 6))


def _colours(scheme: str) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", STYLE.read_text(encoding="utf-8"), re.DOTALL)
    chosen = blocks[:1] if scheme == "light" else blocks[:2]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", "".join(chosen)))


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_business_without_settings_is_reported_too(tmp_path: Path) -> None:
    """`shozai scan PATH` needs no settings, nor does its report; what is unset is marked so."""
    build(sample.inventory(), tmp_path, made=sample.MADE, business=Business())
    assert "未設定" in _text(_parsed(tmp_path)["source-crm.html"])


def test_holdings_know_every_dataset(pages: Pages) -> None:
    """Datasets in which nothing was found are named as well."""
    held: tuple[HeldDataset, ...] = holdings(sample.inventory())
    ids = {one for page in pages.values() for one in page.xpath("//@id")}
    assert {anchor(one.key) for one in held} <= ids
