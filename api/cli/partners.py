"""``sila partner``: who receives people where, how reliably, and what happens when a partner leaves."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from zoneinfo import available_timezones

import iso3166
import typer
from sqlmodel import select

from api.cli.use import DATA, DataOption, stop, use
from integrations.messaging.mail import address
from models.event import append
from models.handover import Partner
from models.queries.partners import Reliability, load, reliability
from workflows.inputs.words import a_phone
from workflows.partner_leaves import leave
from workflows.partner_link import keep_contact

BY, LONGEST_NAME = "console", 120
LANGUAGES = ("tr", "en", "ar", "fa", "ru", "fr", "uz", "ur")
WAYS = ("api", "link", "account")
partner_app = typer.Typer(help="Receiving partners.", no_args_is_help=True)
Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day of the agreement.")]


@partner_app.command("add")
def add_partner(
    code: str,
    country: Annotated[list[str], typer.Option(help="Two letters, for example GE; once for each country.")],
    until: Day,
    area: Annotated[
        list[str] | None, typer.Option(help="Where it works; once for each area. None: everywhere.")
    ] = None,
    zone: Annotated[str, typer.Option(help="Its time zone, for example Asia/Tbilisi.")] = "Europe/Istanbul",
    opens: Annotated[int, typer.Option(min=0, max=23, help="The hour at which its office opens.")] = 9,
    closes: Annotated[int, typer.Option(min=1, max=24, help="The hour at which it closes.")] = 17,
    manager: Annotated[str | None, typer.Option(help="The role address of its management.")] = None,
    name: Annotated[str | None, typer.Option(help="How people know it; kept when it is not said again.")] = None,
    capacity: Annotated[int | None, typer.Option(min=1, help="How many people it can take at a time.")] = None,
    data: DataOption = DATA,
) -> None:
    """Add a receiving partner, or renew its agreement."""
    house = use(data)
    now = house.clock.now()
    name = said_name(name)
    check(country, until.date(), zone, (opens, closes), now.date())
    with house.database.unit_of_work() as session:
        known = session.get(Partner, code)
        session.merge(
            Partner(
                code=code, countries=country, agreement_until=until.date(), areas=area or [], zone=zone, opens=opens,
                closes=closes, manager=manager, capacity=capacity, paused_until=None, stopped_at=None,
                way=known.way if known else "api", name=name or (known.name if known else None),
            )
        )  # fmt: skip
        append(session, "partners", "partner.agreed", BY, now, partner=code, countries=country, until=str(until.date()))
    typer.echo(
        f"{code} works in {', '.join(country)} until {until.date()}. Its address belongs into SILA_PARTNER_URLS."
    )


def said_name(name: str | None) -> str | None:
    """A name on one line. Raises Exit."""
    said = " ".join((name or "").split())
    if len(said) > LONGEST_NAME or not said.isprintable():
        raise stop(f"--name: at most {LONGEST_NAME} letters.")
    return said or None


@partner_app.command("contact")
def keep_partner_contact(
    code: str,
    email: Annotated[str, typer.Option(help="Where links go.")],
    phone: Annotated[str, typer.Option(help="Where codes go: + and country code. Never where the links go.")],
    language: Annotated[str, typer.Option(help="In which the partner reads: tr en ar fa ru fr uz ur.")] = "en",
    way: Annotated[str, typer.Option(help="link: on a phone; account: signed in; api: its own system.")] = "link",
    data: DataOption = DATA,
) -> None:
    """Write down a partner's focal contact, and how it works with us."""
    if language not in LANGUAGES:
        raise stop(f"Unknown language: use one of {', '.join(LANGUAGES)}.")
    if way not in WAYS:
        raise stop(f"Unknown way: use one of {', '.join(WAYS)}.")
    house = use(data)
    with house.database.unit_of_work() as session:
        row = session.get(Partner, code)
        if row is None:
            raise stop(f"There is no partner {code}: `sila partner list` shows them.")
        try:
            keep_contact(session, code, language, address(email), a_phone(phone))
        except ValueError as error:
            raise stop(f"{error}.") from None
        row.way = way
        append(session, "partners", "partner.contact", BY, house.clock.now(), partner=code, way=way)
    typer.echo(f"{code} is told by {'links' if way == 'link' else way}: links go to its e-mail, codes to its phone.")


def check(countries: list[str], until: date, zone: str, hours: tuple[int, int], today: date) -> None:
    """Say what cannot be right."""
    unknown = [one for one in countries if one not in iso3166.countries_by_alpha2]
    if unknown:
        raise stop(f"Unknown country {', '.join(unknown)}: use ISO 3166, two capitals, for example GE.")
    if until <= today:
        raise stop("The agreement has ended by then: give a day to come.")
    if zone not in available_timezones():
        raise stop(f"Unknown time zone {zone}: use the IANA name, for example Asia/Tbilisi.")
    if hours[0] >= hours[1]:
        raise stop("The office must close after it opens.")


@partner_app.command("list")
def list_partners(data: DataOption = DATA) -> None:
    """All partners: where, until when, how many people they have, how they answer."""
    house = use(data)
    with house.database.reading() as session:
        known, taken = reliability(session), load(session)
        for one in sorted(session.exec(select(Partner)).all(), key=lambda one: one.code):
            typer.echo(line(one, known.get(one.code, Reliability()), taken.get(one.code, 0), house.clock.now().date()))


def line(one: Partner, said: Reliability, taken: int, today: date) -> str:
    """A partner in one line."""
    state = "left" if one.stopped_at else "agreement ended" if one.agreement_until < today else "active"
    if state == "active" and one.paused_until and today <= one.paused_until:
        state = f"paused until {one.paused_until}"
    share = f"{Decimal(100) * said.share:.0f} %"
    people = f"{taken} of {one.capacity}" if one.capacity else str(taken)
    return (
        f"{one.code}: {', '.join(one.countries)}; {state}; agreement until {one.agreement_until}; people {people}; "
        f"answers: {said.in_time} in time, {said.late} late, {said.silent} never ({share} in time)"
    )


@partner_app.command("pause")
def pause_partner(code: str, until: Day, data: DataOption = DATA) -> None:
    """Offer a partner nobody up to a day; what it has accepted stays."""
    house = use(data)
    with house.database.unit_of_work() as session:
        row = session.get(Partner, code)
        if row is None:
            raise stop(f"There is no partner {code}: `sila partner list` shows them.")
        row.paused_until = until.date()
        append(session, "partners", "partner.paused", BY, house.clock.now(), partner=code, until=str(until.date()))
    typer.echo(f"{code} is offered nobody until {until.date()}.")


@partner_app.command("stop")
def stop_partner(code: str, data: DataOption = DATA) -> None:
    """A partner leaves the programme: it sees nothing from now on, and each of its people needs another partner."""
    refs = leave(use(data), code, BY)
    if refs is None:
        raise stop(f"There is no partner {code}: `sila partner list` shows them.")
    typer.echo(f"{code} can see nothing any more. Cases that need another partner: {', '.join(refs) or 'none'}.")
