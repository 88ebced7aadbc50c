"""Files that are nothing but features of bodies are told, whether anything reads them or not."""

from __future__ import annotations

import json

import pytest

from flows import template, wiring
from flows.settings import load
from reports.view import View
from tests.flows import small

_GENOME = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\n20\t14370\trs6054257\tG\tA\n"
_CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:山田 太郎\r\nTEL:090-1234-5678\r\nEND:VCARD\r\n"


@pytest.fixture(scope="module")
def fields(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str]]:
    """Scan a folder of a laboratory; return dataset, field and entity of what was found."""
    folder = tmp_path_factory.mktemp("laboratory")
    share = folder / "share"
    share.mkdir()
    (share / "NA12878.bam").write_bytes(b"BAM\1" + bytes(range(256)) * 8)
    (share / "NA12878.vcf").write_text(_GENOME)
    (share / "連絡先.vcf").write_text(_CARD, encoding="utf-8")
    template.write(folder / "shozai.toml", template.source("share", "file:share"))
    small.scan(folder / "shozai.toml")
    inventory = wiring.inventory(load(folder / "shozai.toml"))
    view, seal = inventory.view(), inventory.tokens.seal
    assert {json.loads(seal.unseal(one))["part"] for one in _bodies(view)} == {"name"}
    rows = view["fields"].to_table().to_pylist()
    return {(seal.unseal(row["dataset"]), row["field"], row["entity"]) for row in rows}


def _bodies(view: View) -> list[str]:
    rows = view["locations"].to_table().to_pylist()
    return [row["record"] for row in rows if row["entity"] == "BIOMETRIC"]


@pytest.mark.parametrize("name", ["NA12878.bam", "NA12878.vcf"])
def test_a_file_of_features_is_biometric_as_a_whole(
    fields: set[tuple[str, str, str]], name: str
) -> None:
    """A genome is found by the ending of its name, read or not."""
    assert (name, "name", "BIOMETRIC") in fields


def test_a_card_of_contacts_is_none(fields: set[tuple[str, str, str]]) -> None:
    """What shares the ending and says that it is a card holds contacts, and no body."""
    held = {entity for dataset, _, entity in fields if dataset == "連絡先.vcf"}
    assert "PHONE_NUMBER" in held
    assert "BIOMETRIC" not in held
