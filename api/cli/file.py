"""``sila file`` and ``sila case reopen``: holds on the files of closed cases, their erasure, and the next episode."""

from typing import Annotated

import typer
from pydantic import ValidationError

from api.cli.use import DATA, DataOption, stop, use
from models.staff import Staff
from models.stage import Role
from workflows import erasure
from workflows.commands import Refused, UnknownCase
from workflows.episodes import reopen
from workflows.inputs.closure import ReopenIn

BY = "console"
DESK = Staff(handle=BY, roles=[role.value for role in Role])
file_app = typer.Typer(help="Files of closed cases: holds and erasure.", no_args_is_help=True)


def reopen_case(
    ref: str,
    reason: Annotated[str, typer.Option(help="person_called, protection, new_application, appeal or other.")],
    data: DataOption = DATA,
) -> None:
    """Open a closed case again: a new episode for the same people, which asks for consent first."""
    try:
        typer.echo(reopen(use(data), ref, ReopenIn.model_validate({"reason": reason}), DESK))
    except ValidationError:
        raise stop("reason: person_called, protection, new_application, appeal or other.") from None
    except Refused as error:
        raise stop(error.remedy) from None
    except UnknownCase:
        raise stop(f"There is no case {ref}.") from None


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
