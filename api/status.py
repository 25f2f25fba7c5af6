"""The status of a case: told from what was noted when it came to rest, or decided anew where that may have changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from api.views import closed_as, duty_view, htcds, is_followed, listed, stage_view
from models.case import Case
from models.queries import status
from models.queries.status import Seen
from models.stage import Stage
from workflows import glance
from workflows.advance import awaited
from workflows.decide import decide
from workflows.duties import duties
from workflows.gather import gather
from workflows.house import House
from workflows.lease import UnknownCase
from workflows.standing import Duty, Standing


class Stands(NamedTuple):
    """Where a case stands, what must be seen to beside, and who is in it."""

    standings: dict[Stage, Standing]
    beside: list[Duty]
    people: list[dict[str, Any]]


def status_of(house: House, ref: str, language: str) -> dict[str, Any]:
    """A case as it stands at this instant. Raises UnknownCase."""
    now = house.clock.now()
    with house.database.reading() as session:
        found = status.seen(session, ref)
        if found is None:
            raise UnknownCase(ref)
        return read(session, found, now, language)


def read(session: Session, found: Seen, now: datetime, language: str) -> dict[str, Any]:
    """From the notes while they hold; else from all that was written down."""
    rows, still = status.notes(session, found.case)
    stands = (noted(found, rows, now) if still else None) or anew(session, found.case, now)
    return view(found, stands, rows, now, language)


def noted(found: Seen, rows: Sequence[Any], now: datetime) -> Stands | None:
    """As it was decided last; None where that may have changed since."""
    kept = found.case.noted
    if kept is None or found.turning or not glance.holds(found.case, now):
        return None
    standings = glance.standings_of(rows)
    if standings is None:
        return None
    return Stands(standings, [glance.duty_of(one, now) for one in kept["duties"]], kept["people"])


def anew(session: Session, case: Case, now: datetime) -> Stands:
    """Decided now, from its facts."""
    facts = gather(session, case, now)
    return Stands(decide(facts), [duty for duty in duties(facts) if duty.is_open(now)], glance.people(facts))


def view(found: Seen, stands: Stands, rows: Sequence[Any], now: datetime, language: str) -> dict[str, Any]:
    """As it is shown."""
    case, notes = found.case, {row.stage: row for row in rows}
    stages = [
        stage_view(stage, standing, notes.get(stage), now, language) for stage, standing in stands.standings.items()
    ]
    return {
        **listed(case), "at": now, "awaiting": awaited(stands.standings), "stages": stages, "people": stands.people,
        "previous": found.previous, "next": found.next, "kept_as": found.kept_as, "erase_on": found.erase_on,
        "legal_hold": found.held, "duties": [duty_view(duty, language) for duty in stands.beside],
        "htcds": htcds(case, is_followed(stands.standings)), "closed_as": closed_as(case, language),
    }  # fmt: skip
