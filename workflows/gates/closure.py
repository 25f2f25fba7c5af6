"""Closing has a stage of its own; here is what it means: which reason fits, who must agree, how long files are kept."""

from datetime import date, datetime

from models.stage import Track
from workflows.calendars import add_months, local_day
from workflows.facts import Facts
from workflows.facts.rules import Rules
from workflows.gates.follow_up import is_lost
from workflows.pathways.tables.closure import ClosureReason, Keeping
from workflows.pathways.tables.deadlines import OfficeHours
from workflows.standing import Said


def all_settled(facts: Facts) -> Said | None:
    """Closing has a stage of its own that looks at the others."""
    return None


def reason_row(rules: Rules, reason: str) -> ClosureReason | None:
    """What the rules say about a reason."""
    return next((row for row in rules.rows(ClosureReason) if row.reason == reason), None)


def fits(facts: Facts, row: ClosureReason) -> bool:
    """Whether the reason is one for this case: a death has its own, and only it; silence is not completion."""
    if facts.incidents.deceased or row.only_when == "deceased":
        return facts.incidents.deceased and row.only_when == "deceased"
    if row.only_when == "followed":
        return False
    if row.only_when == "lost" or row.not_when == "lost":
        return is_lost(facts) is (row.only_when == "lost")
    return row.only_when == "always" or facts.incidents.suspension is not None


def needs_second(facts: Facts, row: ClosureReason) -> bool:
    """Whether a second person must agree: for a victim always."""
    return row.four_eyes or facts.is_victim


def to_be_closed(facts: Facts) -> bool:
    """A supervisor looked at the suspended case and said so."""
    held = facts.incidents.suspension
    return held is not None and facts.incidents.outcome("suspension_review", held.subject) == "close"


def kept_as(facts: Facts) -> str:
    """Which kind of file it is."""
    if facts.is_victim:
        return "victim"
    supported = facts.departed or facts.track is Track.IN_PLACE
    return "supported" if supported else "unsuccessful"


def erase_on(rules: Rules, kind: str, closed_at: datetime) -> date:
    """The day on which the file of a case that ended then is erased."""
    years = next(row.years for row in rules.rows(Keeping) if row.kept_as == kind)
    return add_months(local_day(closed_at, zone(rules)), 12 * years)


def zone(rules: Rules) -> str:
    """Where the office is."""
    return next((row.zone for row in rules.rows(OfficeHours)), "UTC")
