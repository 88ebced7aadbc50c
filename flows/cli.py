"""The command line: one function a command, each handing over to where the work is.

stdout is the answer, stderr the progress. Exit 0 done; 1 the answer is no; 2 wrong use or
settings; 3 done but incomplete; 4 failed; 130 interrupted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.choices import Decision, Format, Table

app = typer.Typer(
    name="shozai",
    help="Shozai (所在): where each person's data lies, and what to do when they ask.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Config = Annotated[
    Path, typer.Option("--config", envvar="SHOZAI_CONFIG", help="The settings to use.")
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON (its shape: `shozai schema`).")]
Names = Annotated[list[str] | None, typer.Argument(help="Sources by name; all if none is given.")]
_SETTINGS = Path("shozai.toml")


@app.command()
def init(config: Config = _SETTINGS) -> None:
    """Write a commented shozai.toml and a key file, and show the GRANTs for a read-only account."""
    from flows import show, template

    show.initialised(template.write(config))


@app.command()
def demo(
    directory: Annotated[Path, typer.Argument(help="Where to; made if it isn't there.")],
    people: Annotated[int, typer.Option(min=1, help="How many people.")] = 300,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 7,
    database: Annotated[str, typer.Option(help="A PostgreSQL URL to load instead of SQLite.")] = "",
    json: Json = False,
) -> None:
    """Make up a company: databases, files, and the truth about where everyone's data lies."""
    from flows import show, template
    from flows.demo import build

    with show.watching() as watcher:
        company = build(directory, people, seed, database or None, show.steps(watcher))
    template.key_beside(company.settings)
    show.company(company, json=json)


@app.command()
def sources(names: Names = None, config: Config = _SETTINGS, json: Json = False) -> None:
    """Show which sources can be reached, and what is there."""
    from flows import show, sources

    raise typer.Exit(show.sources(sources.check(config, names or []), json=json))


@app.command()
def scan(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE|PATH|URL]...", show_default=False)
    ] = None,
    config: Config = _SETTINGS,
    full: Annotated[bool, typer.Option(help="Read what hasn't changed, too.")] = False,
    allow_unread: Annotated[bool, typer.Option(help="Exit 0 even if not all was read.")] = False,
    replay: Annotated[
        bool, typer.Option(help="Judge anew what was read; read only what must be.")
    ] = False,
    json: Json = False,
) -> None:
    """Read sources and make their inventory anew. A path or URL needs no settings."""
    from flows import scanned

    options = {"full": full, "allow_unread": allow_unread, "replay": replay, "json": json}
    raise typer.Exit(scanned.command(what or [], config, **options))


@app.command()
def status(config: Config = _SETTINGS, json: Json = False) -> None:
    """Show the last scan of every source, and what it did not read."""
    from flows import asking, standing

    raise typer.Exit(standing.status(asking.opened(config), json=json))


@app.command()
def detect(
    text: Annotated[str | None, typer.Argument(help="A text; - reads standard input.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A UTF-8 text file.")] = None,
    json: Json = False,
    jsonl: Annotated[bool, typer.Option(help='{"text":…} a line in, {"findings":…} out.')] = False,
) -> None:
    """Find personal data in a text (by --file or -, as arguments stay in a shell's history)."""
    from flows import detecting

    raise typer.Exit(detecting.detect(text, file, json=json, jsonl=jsonl))


@app.command()
def inventory(
    table: Annotated[Table, typer.Argument(help="Which table.")],
    source: Annotated[str, typer.Option(help="Only this source.")] = "",
    entity: Annotated[str, typer.Option(help="Only this entity, e.g. PERSON.")] = "",
    form: Annotated[Format, typer.Option("--format", help="How to answer.")] = Format.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file.")] = None,
    config: Config = _SETTINGS,
    json: Json = False,
    open_names: Annotated[
        bool, typer.Option("--open", help="Show names of places unmasked (logged).")
    ] = False,
) -> None:
    """Show or export the inventory's tables."""
    from flows import listing

    chosen = Format.JSON if json else form
    wanted = listing.Wanted(table, source, entity, chosen, output, open_names)
    raise typer.Exit(listing.show_table(config, wanted))


@app.command()
def find(
    name: Annotated[list[str] | None, typer.Option(help="Name, as written.")] = None,
    kana: Annotated[list[str] | None, typer.Option(help="Name in kana.")] = None,
    birth_date: Annotated[list[str] | None, typer.Option(help="1985-04-01, S60.4.1…")] = None,
    email: Annotated[list[str] | None, typer.Option(help="E-mail address.")] = None,
    phone: Annotated[list[str] | None, typer.Option(help="Telephone number.")] = None,
    address: Annotated[list[str] | None, typer.Option(help="Postal address.")] = None,
    code: Annotated[list[str] | None, typer.Option(help="ENTITY=VALUE, e.g. a licence.")] = None,
    key: Annotated[
        list[str] | None, typer.Option(help="FIELD_ID=VALUE, a customer number.")
    ] = None,
    former_name: Annotated[list[str] | None, typer.Option(help="Former name (旧姓).")] = None,
    from_: Annotated[str, typer.Option("--from", help="A JSON file with these; - is stdin.")] = "",
    config: Config = _SETTINGS,
    json: Json = False,
    open_names: Annotated[
        bool, typer.Option("--open", help="Show names of places unmasked (logged).")
    ] = False,
) -> None:
    """Find every record of one person, and why each is theirs. Without options it asks."""
    from flows import finding
    from flows.given import Given

    given = Given(name, kana, birth_date, email, phone, address, code, key, former_name, from_)
    raise typer.Exit(finding.find(config, given, json=json, open_names=open_names))


@app.command()
def review(
    id_: Annotated[str, typer.Argument(metavar="ID", help="As `inventory fields` prints it.")],
    decision: Annotated[Decision, typer.Argument(help="Your word on it.")],
    entity: Annotated[str, typer.Argument(help="With `is`: the entity it really is.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    config: Config = _SETTINGS,
    json: Json = False,
) -> None:
    """Confirm or reject what a field was found to hold; later scans keep your word."""
    from flows import reviewing

    reviewing.review(config, reviewing.Word(id_, decision, entity, reason), json=json)


@app.command()
def report(
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder.")] = Path("report"),
    language: Annotated[str, typer.Option("--lang", help="ja or en.")] = "ja",
    config: Config = _SETTINGS,
    json: Json = False,
) -> None:
    """Write the data map and the register (個人データ取扱台帳) as one folder to read offline."""
    from flows import reporting

    reporting.report(config, output, language, json=json)


@app.command()
def schema(
    command: Annotated[str, typer.Argument(help="A command that answers in JSON.")] = "",
) -> None:
    """Print the JSON Schema of a command's --json answer."""
    from flows import answers

    answers.print_schema(command)


def main() -> None:
    """Run a command; every failure is a sentence on stderr and an exit code, never a traceback."""
    from flows.ending import run

    run(app)
