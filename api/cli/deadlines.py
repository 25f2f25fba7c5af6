"""``sila deadlines`` and ``sila check``: who must act until when, over all cases, and the nightly check."""

import time
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from api.cli.use import DATA, DataOption, use
from api.predicted import predicted
from models.deadline import Deadline
from models.queries import deadlines as queries
from workflows import nightly
from workflows.explain import shown

check_app = typer.Typer(help="Checks of the whole house.", no_args_is_help=True)
out = Console(width=160)  # references and codes are never cut, whatever the terminal


def deadlines(
    predicted_: Annotated[bool, typer.Option("--predicted", help="Limits that will break if nobody acts.")] = False,
    missed: Annotated[bool, typer.Option("--missed", help="Only limits that were missed.")] = False,
    owner: Annotated[str | None, typer.Option(help="A role, or partner, consulate, airline, person.")] = None,
    most: Annotated[int, typer.Option(help="How many rows.")] = 100,
    language: str = "en",
    data: DataOption = DATA,
) -> None:
    """Who must act until when, over all cases: references and codes, no names."""
    house = use(data)
    if predicted_:
        rows = [row for page in nightly.pages(house) for row in predicted(house, page, language)][:most]
        show(("at", "case", "stage", "why"), rows)
        return
    with house.database.reading() as session:
        found = queries.page(session, owner=owner, missed=missed, most=most)
        totals = queries.missed_by_owner(session)
    rows = [line(row, ref, language) for row, ref in found]
    show(("until", "case", "stage", "what", "owner", "now with", "missed"), rows)
    for name, (all_, open_) in sorted(totals.items()):
        out.print(f"{shown(name, language)}: {all_} missed, {open_} of them still open", highlight=False)


def line(row: Deadline, ref: str, language: str) -> dict[str, Any]:
    """One deadline: whose it was, and who has it now."""
    return {
        "until": f"{row.until:%Y-%m-%d %H:%M}", "case": ref, "stage": row.stage.value,
        "what": shown(row.kind, language), "owner": shown(row.owner, language), "now with": shown(row.holder, language),
        "missed": f"{row.overdue_at:%Y-%m-%d}" if row.overdue_at else "",
    }  # fmt: skip


def show(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    """A table."""
    table = Table(*columns)
    for row in rows:
        table.add_row(*(str(row[column]) for column in columns))
    out.print(table)


@check_app.command("nightly")
def check_nightly(data: DataOption = DATA) -> None:
    """Decide every open case anew, wake what changed, and find what has no next step (L1)."""
    house, began = use(data), time.monotonic()
    found = nightly.check_all(house)
    took = time.monotonic() - began
    typer.echo(f"{found.seen} open cases decided anew in {took:.1f} s")
    typer.echo(f"{found.changed} stand otherwise than noted, {found.woken} were woken")
    typer.echo(f"{found.breaking} have limits that will break if nobody acts: `sila deadlines --predicted`")
    typer.echo(f"{found.stranded} had no next step (L1)")
    raise typer.Exit(1 if found.stranded else 0)
