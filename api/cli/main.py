"""The command ``sila``."""

import asyncio
import base64
import json
import secrets
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from api.cli import demo as demo_run
from api.cli.country import country_app
from api.cli.deadlines import check_app, deadlines
from api.cli.enquiry import enquiry
from api.cli.file import file_app, reopen_case
from api.cli.heard import called, retrafficking
from api.cli.money import money_app
from api.cli.partners import partner_app
from api.cli.place import Occupied, Place
from api.cli.process import process_app
from api.cli.registry import staff_app
from api.cli.running import start
from api.cli.shelters import shelter_app
from api.cli.use import DATA, DataOption, stop, use
from api.status import status_of
from api.views import explanation
from models.clock import ClockOffset
from models.database import Database
from models.event import verify
from models.migrate import upgrade
from models.settings import RecordSettings
from models.staff import Staff
from models.stage import Role
from models.vault import Keyring
from workflows import commands
from workflows.house import House
from workflows.inputs import CaseIn
from workflows.lease import UnknownCase
from workflows.name_search import index_missing
from workflows.open_case import open_case

app = typer.Typer(help="Sıla: voluntary return and reintegration, step by step.", no_args_is_help=True)
case_app = typer.Typer(help="Start, show, withdraw and explain cases.", no_args_is_help=True)
clock_app = typer.Typer(help="The demo clock.", no_args_is_help=True)
events_app = typer.Typer(help="The chain of events.", no_args_is_help=True)
app.add_typer(case_app, name="case")
app.add_typer(clock_app, name="clock")
app.add_typer(events_app, name="events")
app.add_typer(money_app, name="money")
app.add_typer(staff_app, name="staff")
app.add_typer(partner_app, name="partner")
app.add_typer(process_app, name="process")
app.add_typer(country_app, name="country")
app.add_typer(shelter_app, name="shelter")
app.command()(enquiry)
app.add_typer(check_app, name="check")
app.add_typer(file_app, name="file")
app.command("deadlines")(deadlines)
case_app.command("reopen")(reopen_case)
case_app.command("called")(called)
case_app.command("retrafficking")(retrafficking)

DEMO = Path(".sila/demo")
DESK = Staff(handle="console", roles=[role.value for role in Role])


@app.command()
def up(data: DataOption = DATA, port: int = 4200, stock: bool = False) -> None:
    """Start everything on this machine and stay until Ctrl-C."""
    place = Place(data)
    try:
        with start(place, prefect_port=port, stock=stock, watched=True) as stack:
            typer.echo(f"API        {place.api_url}/docs\nPrefect    http://127.0.0.1:{stack.port}")
            typer.echo(f"API keys   {place.keys_file}\nStop with Ctrl-C.")
            raise typer.Exit(stack.wait())
    except Occupied as error:
        raise stop(str(error)) from None


@app.command()
def demo(
    data: Annotated[Path, typer.Option("--data", help="Folder that holds everything.")] = DEMO,
    fresh: Annotated[bool, typer.Option("--fresh", help="Empty the folder first.")] = False,
    leave: Annotated[bool, typer.Option("--exit", help="End when all cases have ended.")] = False,
    stock: Annotated[bool, typer.Option("--stock", help="Use Prefect's own process worker.")] = False,
) -> None:
    """A dozen people travel from the first interview to the last check-in, a year in minutes."""
    try:
        raise typer.Exit(demo_run.run(data, leave=leave, stock=stock, fresh=fresh))
    except (Occupied, demo_run.Unfinished) as error:
        raise stop(str(error)) from None


@app.command()
def simulate(
    years: Annotated[int, typer.Option(min=1, max=1_000_000, help="Case-years to live.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same lives.")] = 7,
) -> None:
    """Many lives drawn by chance through the real commands, decisions and ledger; the invariants are checked."""
    from api.cli.simulate.report import report  # noqa: PLC0415 - only this command needs the simulators
    from api.cli.simulate.run import run  # noqa: PLC0415

    total, seconds = run(years, seed)
    raise typer.Exit(0 if report(total, seconds, seed) else 1)


@app.command()
def key() -> None:
    """Make a master key for SILA_MASTER_KEYS."""
    typer.echo("k1:" + base64.b64encode(secrets.token_bytes(32)).decode())


@app.command()
def migrate() -> None:
    """Bring the database to the newest form."""
    settings = RecordSettings()
    upgrade(settings.database_url)
    index_missing(Database.from_settings(settings))
    typer.echo("The database is up to date.")


@app.command()
def deploy(tick_seconds: int = 60, stock: bool = False, door: str = "") -> None:
    """Register the flows with Prefect; with --door, where its server reaches our API, its automations too."""
    from workflows.automations import automate  # noqa: PLC0415 - Prefect takes a second to import
    from workflows.deployments import register  # noqa: PLC0415

    names = asyncio.run(register(kind="process" if stock else "sila", tick_seconds=tick_seconds))
    typer.echo(f"{len(names)} deployments: {', '.join(names)}")
    if door:
        keyring = Keyring.parse(RecordSettings().master_keys.get_secret_value())
        typer.echo(f"automations: {', '.join(asyncio.run(automate(door.rstrip('/'), keyring)))}")


@app.command()
def worker(
    pool: str = "sila",
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many runs at a time.")] = None,
    processes: Annotated[int | None, typer.Option(min=0, help="Each carries one run; 0: threads.")] = None,
    health: bool = False,
) -> None:
    """Run flows in warm processes; with --health, port 8080 tells at /health whether it still asks for work."""
    from workflows import worker as warm  # noqa: PLC0415 - Prefect takes a second to import

    warm.main(pool, limit, processes, health=health)


@case_app.command("start")
def case_start(file: Path, data: DataOption = DATA) -> None:
    """Start a case from a JSON file."""
    try:
        said = CaseIn.model_validate_json(file.read_text(encoding="utf-8"))
        typer.echo(open_case(use(data), said, DESK))
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False)]
        raise stop("\n".join(lines)) from None
    except (commands.Refused, OSError) as error:
        raise stop(str(error)) from None


@case_app.command("show")
def case_show(ref: str, data: DataOption = DATA) -> None:
    """The status of a case as JSON."""
    try:
        typer.echo(json.dumps(status_of(use(data), ref, "en"), indent=2, default=str))
    except UnknownCase:
        raise stop(f"There is no case {ref}.") from None


@case_app.command("withdraw")
def case_withdraw(ref: str, data: DataOption = DATA) -> None:
    """The person withdraws, in one step."""
    try:
        commands.withdraw(use(data), ref, DESK)
    except (commands.Refused, UnknownCase) as error:
        raise stop(str(error)) from None
    typer.echo("Withdrawn. What was sent is being recalled.")


@app.command("explain")
@case_app.command("explain")
def case_explain(ref: str, language: str = "en", data: DataOption = DATA) -> None:
    """A case in plain words, in English (en) or Turkish (tr)."""
    try:
        typer.echo("\n".join(explanation(use(data), ref, language)))
    except UnknownCase:
        raise stop(f"There is no case {ref}.") from None


@clock_app.command("show")
def clock_show(data: DataOption = DATA) -> None:
    """What time it is in the house."""
    typer.echo(use(data).clock.now().isoformat(timespec="seconds"))


@clock_app.command("advance")
def clock_advance(days: float, data: DataOption = DATA) -> None:
    """Move the demo clock forward by so many days; only where SILA_DEMO is true."""
    house = use(data)
    if not RecordSettings().demo:
        raise stop("Only the demo clock can be moved: this house runs on real time.")
    if days <= 0:
        raise stop("Time goes forward only: give a number of days above 0.")
    move_clock(house, timedelta(days=days))
    typer.echo(house.clock.now().isoformat(timespec="seconds"))


def move_clock(house: House, by: timedelta) -> None:
    """Move the demo clock for every process."""
    with house.database.unit_of_work() as session:
        row = session.get(ClockOffset, 1) or ClockOffset(id=1)
        row.seconds += int(by.total_seconds())
        session.add(row)


@events_app.command("verify")
def events_verify(data: DataOption = DATA) -> None:
    """Check that no event was altered, removed or moved."""
    with use(data).database.reading() as session:
        count, breaks = verify(session)
    for line in breaks:
        typer.echo(line, err=True)
    typer.echo(f"{count} events; the chain {'is broken' if breaks else 'holds'}.")
    raise typer.Exit(1 if breaks else 0)


if __name__ == "__main__":
    sys.exit(app())
