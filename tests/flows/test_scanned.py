"""What `scan` says it found is what its data map counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flows import scanned, tables, template, wiring
from flows.gather import gather
from flows.job import Job
from flows.reading import read
from flows.run import Scanned
from flows.settings import load
from reports.datamap import by_source
from reports.holdings import holdings

FIRMS = "法人名,代表電話\n" + "".join(
    f"株式会社{name}商事,03-3216-{number}\n"
    for number, name in enumerate(("丸山", "東西", "北斗", "海山", "大空"), 1111)
)
PEOPLE = "氏名,メール\n山田太郎,taro@mori.co.jp\n佐藤花子,hanako@mori.co.jp\n"


def test_findings_of_firms_are_told_apart(tmp_path: Path) -> None:
    """Persons' findings are as many as the map's total; firms' stand beside them."""
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "share" / "firms.csv").write_text(FIRMS, encoding="utf-8")
    config = tmp_path / "shozai.toml"
    template.write(config, template.source("share", "file:share"))
    job = _scanned(config)
    total = by_source(holdings(tables.of(job.inventory.view()))).total.places
    others = job.contents.findings - total
    assert job.contents.others == others > 0
    said = scanned._counts(Scanned("share", job.contents, 1.0))
    assert f", {total} findings (+{others} of organisations or things) in 1.0 s" in said
    assert said.startswith("2 datasets, 7 rows, ")
    alone = replace(job.contents, fields=(), rows=1, datasets=job.contents.datasets[:1])
    assert scanned._counts(Scanned("share", alone, 1.0)).startswith("1 dataset, 1 row, ")


def _scanned(config: Path) -> Job:
    settings = load(config)
    inventory = wiring.inventory(settings)
    source = wiring.source(settings, settings.source[0], inventory.tokens.digest_key)
    job = Job(source, inventory)
    with source, job.begun():
        job.survey()
        job.contents = gather(job, [read(job, unit) for unit in job.plan.units])
        job.contents.commit(job.scan)
    return job
