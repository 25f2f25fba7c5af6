"""``sila shelter``: the units that implementing partners run, and what need went unmet."""

from typing import Annotated

import typer

from api.cli.use import DATA, DataOption, stop, use
from models.queries.shelter import shortfall
from workflows.commands import Refused
from workflows.commands.shelter import open_unit
from workflows.pathways import CURRENT, rules_of
from workflows.pathways.tables.shelter import BedKind

BY = "console"
shelter_app = typer.Typer(help="Shelter units and their beds.", no_args_is_help=True)


@shelter_app.command("add")
def add_unit(
    code: Annotated[str, typer.Argument(help="A code that says nothing of the place: letters, digits, hyphen.")],
    partner: Annotated[str, typer.Option(help="The implementing partner that runs it.")],
    bed: Annotated[list[str], typer.Option(help="Kind and number, for example women:4; once for each kind.")],
    data: DataOption = DATA,
) -> None:
    """Add a unit. Its address is asked for, not given on the command line, and is never shown again here."""
    if not code.replace("-", "").isalnum() or len(code) > 16:
        raise stop("A code has at most 16 letters, digits and hyphens.")
    beds = counted(bed)
    address = typer.prompt("Address (kept sealed)", hide_input=True)
    house = use(data)
    with house.database.unit_of_work() as session:
        try:
            open_unit(session, code, partner, address, beds, BY, house.clock.now())
        except Refused as refused:
            raise stop(refused.remedy) from None
    typer.echo(f"{code} has {sum(beds.values())} beds and is run by {partner}.")


@shelter_app.command("unmet")
def unmet(data: DataOption = DATA) -> None:
    """How often a need could not be met, by reason."""
    with use(data).database.reading() as session:
        for (need, reason), count in sorted(shortfall(session).items()):
            typer.echo(f"{count:5}  {need}  {reason}")


def counted(said: list[str]) -> dict[str, int]:
    """``women:4`` as a kind and a number. Stops with a message that says what is wrong."""
    known, beds = [row.code for row in rules_of(*CURRENT).rows(BedKind)], {}
    for one in said:
        kind, _, number = one.partition(":")
        if kind not in known or not number.isdigit() or not 0 < int(number) < 500:
            raise stop(f"--bed {one}: write kind and number, for example women:4; kinds are {', '.join(known)}.")
        beds[kind] = int(number)
    return beds
