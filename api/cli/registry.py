"""``sila staff``: who may act, with which key, and how they sign in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session, select

from api.cli.use import DATA, DataOption, stop, use
from api.settings import DoorSettings
from models.clock import wall
from models.event import append
from models.settings import RecordSettings
from models.staff import Staff, issue_key
from models.stage import Role
from workflows.account import add, disable, enable, enrol, revoke, unlock
from workflows.commands import Wrong
from workflows.demo_account import current_code
from workflows.house import House
from workflows.leaving import leave

BY = "console"
staff_app = typer.Typer(help="Members of staff and their API keys.", no_args_is_help=True)


@staff_app.command("add")
def add_staff(
    handle: str,
    role: Annotated[list[Role], typer.Option(help="What they may do; say it once for each role.")],
    partner: Annotated[str | None, typer.Option(help="The receiving partner whose system this is.")] = None,
    data: DataOption = DATA,
) -> None:
    """Add somebody. Shows their API key, once, and the link with which they set a password and a second factor."""
    house = use(data)
    try:
        with house.database.unit_of_work() as session:
            add(session, handle, role, partner, BY, house.clock.now())
            key = issue_key(session, handle, house.clock.now())
            token = enrol(session, handle, BY, wall())
    except Wrong as error:
        raise stop(error.remedy) from None
    typer.echo(f"{key}\n{link_to(token)}")


@staff_app.command("enrol")
def enrol_staff(handle: str, data: DataOption = DATA) -> None:
    """Show somebody's enrolment link: good once, for two days. Give it to them alone."""
    house = use(data)
    with done(house) as session:
        token = enrol(session, handle, BY, wall())
    typer.echo(link_to(token))


@staff_app.command("key")
def new_key(handle: str, data: DataOption = DATA) -> None:
    """Make one more API key for somebody, and show it once."""
    house = use(data)
    with house.database.unit_of_work() as session:
        if find(session, handle) is None:
            raise stop(f"There is no {handle}.")
        typer.echo(keyed(session, handle, "staff.key_made", house.clock.now()))


@staff_app.command("stop")
def stop_staff(
    handle: str,
    to: Annotated[str | None, typer.Option(help="Who answers for their open cases from now on.")] = None,
    data: DataOption = DATA,
) -> None:
    """Somebody leaves: all their keys end at once, and nothing goes out on their word alone any more."""
    house = use(data)
    with house.database.unit_of_work() as session:
        staff = find(session, handle)
        if staff is None:
            raise stop(f"There is no {handle}.")
        try:
            left = leave(session, staff, BY, house.clock.now(), to)
        except Wrong as error:
            raise stop(error.remedy) from None
    typer.echo(f"{handle} can no longer do anything; {left.keys} keys ended.")
    typer.echo(f"{left.handed_on} cases handed on; {left.flagged} wait for a supervisor to name somebody.")


def find(session: Session, handle: str) -> Staff | None:
    """Somebody by handle."""
    return session.exec(select(Staff).where(Staff.handle == handle)).first()


def keyed(session: Session, handle: str, kind: str, now: datetime) -> str:
    """A new key, with an event that says who got one."""
    key = issue_key(session, handle, now)
    append(session, "staff", kind, BY, now, handle=handle)
    return key


def link_to(token: str) -> str:
    """Where somebody enrols."""
    return f"{DoorSettings().public_url.rstrip('/')}/enrol/{token}"


@contextmanager
def done(house: House) -> Iterator[Session]:
    """One change to an account, or the reason why not."""
    try:
        with house.database.unit_of_work() as session:
            yield session
    except Wrong as error:
        raise stop(error.remedy) from None


def said(change: Callable[[Session, str, str, datetime], None], handle: str, data: Path, text: str) -> None:
    """Do something to an account and say so."""
    with done(use(data)) as session:
        change(session, handle, BY, wall())
    typer.echo(f"{handle}: {text}")


@staff_app.command("unlock")
def unlock_staff(handle: str, data: DataOption = DATA) -> None:
    """Forgive failed tries, so that somebody can sign in at once."""
    said(unlock, handle, data, "may try again at once.")


@staff_app.command("revoke")
def revoke_staff(handle: str, data: DataOption = DATA) -> None:
    """End every session of somebody at once: a lost phone, a shared computer."""
    said(revoke, handle, data, "every session has ended.")


@staff_app.command("disable")
def disable_staff(handle: str, data: DataOption = DATA) -> None:
    """Somebody can neither sign in nor use a key; their cases stay theirs."""
    said(disable, handle, data, "the account is closed; sessions and keys have ended.")


@staff_app.command("enable")
def enable_staff(handle: str, data: DataOption = DATA) -> None:
    """Open a closed account again."""
    said(enable, handle, data, "may sign in again.")


@staff_app.command("code")
def show_code(handle: str, data: DataOption = DATA) -> None:
    """The code that an authenticator app would show: only in a demo, where nobody has one."""
    house = use(data)
    if not RecordSettings().demo:
        raise stop("Codes are shown in a demo only: here, they come from the person's own app.")
    with done(house) as session:
        typer.echo(current_code(session, handle, wall()))
