"""``sila deadlines``, ``sila check`` and ``sila file``: limits, the nightly check, and how long files are kept."""

import time
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from api.cli.use import DATA, DataOption, stop, use
from api.predicted import predicted
from models.deadline import Deadline
from models.queries import deadlines as queries
from workflows import erasure, nightly
from workflows.commands import Refused, UnknownCase
from workflows.explain import shown

BY = "console"
check_app = typer.Typer(help="Checks of the whole house.", no_args_is_help=True)
file_app = typer.Typer(help="Files of closed cases: holds and erasure.", no_args_is_help=True)
out = Console()


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


@file_app.command("erase")
def erase(
    ref: Annotated[str | None, typer.Argument(help="One case; without it everything that is due.")] = None,
    data: DataOption = DATA,
) -> None:
    """Destroy the keys of people whose files' time is over. Numbers stay, and the erasure is noted."""
    try:
        house = use(data)
        if ref:
            erasure.erase_one(house, ref, BY)
        done = [ref] if ref else erasure.erase_due(house, BY)
    except UnknownCase:
        raise stop(f"There is no case {ref}.") from None
    except Refused as error:
        raise stop(error.remedy) from None
    typer.echo(f"{len(done)} files erased." + (f" {' '.join(done)}" if done else ""))


@file_app.command("erase-again")
def erase_again(data: DataOption = DATA) -> None:
    """After a backup was restored: erase again what had been erased."""
    typer.echo(f"{erasure.erase_again(use(data))} keys had come back, and are destroyed.")


@file_app.command("hold")
def hold(
    ref: str, reason: Annotated[str, typer.Option(help="For example prosecution.")], data: DataOption = DATA
) -> None:
    """A proceeding needs the file: it is not erased."""
    try:
        erasure.hold(use(data), ref, reason, BY)
    except UnknownCase:
        raise stop(f"There is no case {ref}.") from None
    typer.echo("The file is kept until the hold is lifted.")


@file_app.command("lift")
def lift(ref: str, data: DataOption = DATA) -> None:
    """The proceeding is over."""
    try:
        typer.echo(f"{erasure.lift(use(data), ref, BY)} holds lifted.")
    except UnknownCase:
        raise stop(f"There is no case {ref}.") from None
