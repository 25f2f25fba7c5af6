"""``sila money``: whether the books balance, and what should be looked at."""

import typer

from api.cli.use import DATA, DataOption, use
from models.queries.money import anomalies, check_books

money_app = typer.Typer(help="The books of what was approved and paid.", no_args_is_help=True)


@money_app.command("check")
def check(data: DataOption = DATA) -> None:
    """Check that the books balance, and list what looks like fraud. Ends with 1 when they do not balance."""
    with use(data).database.reading() as session:
        count, wrong = check_books(session)
        odd = anomalies(session)
    for line in wrong:
        typer.echo(line, err=True)
    for line in odd:
        typer.echo(f"look at   {line}")
    typer.echo(f"{count} entries; the books {'do not balance' if wrong else 'balance'}; {len(odd)} things to look at.")
    raise typer.Exit(1 if wrong else 0)


@money_app.callback()
def money() -> None:
    """The books of what was approved and paid."""
