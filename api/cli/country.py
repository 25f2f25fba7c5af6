"""``sila country``: hold every return to a place, lift that by two people, list whom it touches, assess a place."""

from datetime import datetime
from typing import Annotated

import typer
from sqlmodel import Session

from api.cli.registry import find
from api.cli.use import DATA, DataOption, stop, use
from models.staff import Staff
from workflows.commands import Refused, country
from workflows.house import House

country_app = typer.Typer(help="Places of return: holds, and their standing risk.", no_args_is_help=True)
Area = Annotated[str | None, typer.Option("--area", help="Only this area; without it the whole country.")]
By = Annotated[str, typer.Option("--by", help="Your own handle; a hold is lifted by two different people.")]


@country_app.command("hold")
def hold(
    place: str,
    reason: Annotated[str, typer.Option(help="armed_conflict, public_health, disaster, border_closed …")],
    source: Annotated[str, typer.Option(help="Who says so, and where.")],
    by: By,
    area: Area = None,
    data: DataOption = DATA,
) -> None:
    """Nobody is sent there from now on; tickets are kept and asked about, nothing is cancelled by itself."""
    house = use(data)
    try:
        turned = country.hold(house, place, area, reason, source, somebody(house, by))
    except Refused as error:
        raise stop(error.remedy) from None
    typer.echo(f"Returns to {named(place, area)} are held; {turned.told} cases are told.")
    show(house, place, area)


@country_app.command("lift")
def lift(
    place: str,
    reason: Annotated[str, typer.Option(help="What has changed.")],
    by: By,
    area: Area = None,
    data: DataOption = DATA,
) -> None:
    """Say that a place can be opened; it is open when two different people have said so."""
    house = use(data)
    try:
        turned = country.lift(house, place, area, reason, somebody(house, by))
    except Refused as error:
        raise stop(error.remedy) from None
    if turned.done:
        typer.echo(f"Returns to {named(place, area)} are possible again; {turned.told} cases are told.")
    else:
        typer.echo("Your word is recorded. A second person must say so too.")


@country_app.command("list")
def list_holds(
    place: Annotated[str | None, typer.Argument(help="Show the open cases towards this country, held or not.")] = None,
    area: Area = None,
    data: DataOption = DATA,
) -> None:
    """What is held, since when, why, and which open cases that touches."""
    house = use(data)
    if place:
        return show(house, place, area)
    with house.database.reading() as session:
        rows = country.holds(session)
    if not rows:
        typer.echo("No place is held.")
    for row, words in rows:
        lifting = f"; {' and '.join(words)} would lift it" if words else ""
        since = row.at.strftime("%Y-%m-%d %H:%M UTC")
        typer.echo(f"{named(row.country, row.area)}: {row.reason}, since {since}, by {row.by} ({row.source}){lifting}")
        show(house, row.country, row.area)
    return None


@country_app.command("assess")
def assess(
    place: str,
    level: Annotated[str, typer.Option(help="low, medium, high or critical, whoever returns there.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day on which it holds.")],
    source: Annotated[str, typer.Option(help="Who says so, and where.")],
    by: By,
    area: Area = None,
    data: DataOption = DATA,
) -> None:
    """Record the standing risk of a place."""
    house = use(data)
    try:
        country.assess_country(house, place, area, level, until.date(), source, somebody(house, by))
    except Refused as error:
        raise stop(error.remedy) from None
    typer.echo(f"{named(place, area)} is assessed {level} until {until.date()}.")


def show(house: House, place: str, area: str | None) -> None:
    """The open cases towards a place, one a line: reference, area, what is booked."""
    with house.database.reading() as session:
        rows = country.affected(session, place, area)
    for row in rows:
        typer.echo(f"  {row.ref}  {row.ticket or 'no ticket'}  {row.area}")
    typer.echo(f"  {len(rows)} open cases, {sum(row.ticket is not None for row in rows)} of them with a booking")


def somebody(house: House, handle: str) -> Staff:
    """An active member of staff."""
    with house.database.reading() as session:
        staff = known(session, handle)
    if staff is None:
        raise stop(f"There is no active {handle}: `sila staff add` makes one.")
    return staff


def known(session: Session, handle: str) -> Staff | None:
    """By handle, while active."""
    staff = find(session, handle)
    return staff if staff and staff.active else None


def named(place: str, area: str | None) -> str:
    """A place in words."""
    return f"{area} ({place})" if area else place
