"""What every subcommand of ``sila`` shares: the folder, the house, and how to stop with a remedy."""

import os
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from api.cli.place import Place
from workflows.house import House, open_house

DATA = Path(".sila")
DataOption = Annotated[Path, typer.Option("--data", help="Folder that holds everything of one machine.")]


def use(data: Path) -> House:
    """The house of the environment, or of a folder that ``sila up`` made."""
    place = Place(data)
    if "SILA_MASTER_KEYS" not in os.environ and place.exists():
        os.environ.update(place.environment())
    try:
        return open_house()
    except ValidationError:
        raise typer.BadParameter(
            "no SILA_MASTER_KEYS is set: run `sila up` first, or set it from .env.example"
        ) from None


def stop(text: str) -> typer.Exit:
    """Say what is wrong and leave with 2."""
    typer.echo(text, err=True)
    return typer.Exit(2)
