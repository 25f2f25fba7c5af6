"""``sila case called`` and ``sila case retrafficking``: somebody is heard of again."""

from collections.abc import Callable
from typing import Annotated

import typer
from pydantic import ValidationError

from api.cli.file import DESK
from api.cli.use import DATA, DataOption, stop, use
from workflows import heard
from workflows.commands import Refused, UnknownCase
from workflows.heard import Heard
from workflows.inputs.follow_up import CalledIn, RetraffickingIn


def called(
    ref: str,
    unsafe: Annotated[bool, typer.Option(help="They say that they are not safe.")] = False,
    data: DataOption = DATA,
) -> None:
    """The person calls: an open case notes it, a closed one opens again. Prints the case in which it goes on."""
    said = CalledIn(safe=False if unsafe else None)
    tell(ref, lambda: heard.person_called(use(data), ref, said, DESK))


def retrafficking(
    ref: str,
    source: Annotated[str, typer.Option(help="person, partner, family, staff, authority or other.")],
    data: DataOption = DATA,
) -> None:
    """Signs of new exploitation: prints the case in which it goes on. No authority is told by this."""
    try:
        said = RetraffickingIn.model_validate({"source": source})
    except ValidationError:
        raise stop("source: person, partner, family, staff, authority or other.") from None
    tell(ref, lambda: heard.retrafficking_suspected(use(data), ref, said, DESK))


def tell(ref: str, work: Callable[[], Heard]) -> None:
    """Its reference, or why not."""
    try:
        typer.echo(work().ref)
    except Refused as error:
        raise stop(error.remedy) from None
    except UnknownCase:
        raise stop(f"There is no case {ref}.") from None
