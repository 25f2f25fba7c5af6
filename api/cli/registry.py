"""``sila staff``: who may act, and with which key."""

from datetime import datetime
from typing import Annotated

import typer
from sqlmodel import Session, select

from api.cli.use import DATA, DataOption, stop, use
from models.event import append
from models.handover import Partner
from models.staff import Staff, issue_key
from models.stage import Role
from workflows.commands import Wrong
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
    """Add somebody and show their API key, once."""
    if (Role.RECEIVING_PARTNER in role) != (partner is not None):
        raise stop("The role receiving_partner goes with --partner, and only it does.")
    house = use(data)
    with house.database.unit_of_work() as session:
        if find(session, handle):
            raise stop(f"There is a {handle} already: `sila staff key {handle}` makes another key.")
        if partner and session.get(Partner, partner) is None:
            raise stop(f"There is no partner {partner}: add it first with `sila partner add`.")
        session.add(Staff(handle=handle, roles=[one.value for one in role], partner=partner))
        typer.echo(keyed(session, handle, "staff.added", house.clock.now()))


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
