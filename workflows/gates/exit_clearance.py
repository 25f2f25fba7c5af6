"""Free to leave, and told what follows from overstaying before anything is booked."""

from datetime import date, datetime, time, timedelta

from workflows.calendars import add_months
from workflows.facts import Facts, Traveller
from workflows.facts.papers import Stay
from workflows.pathways.tables.exit_clearance import OverstayBand
from workflows.standing import Said, say


def exit_(facts: Facts) -> Said | None:
    """No court holds anybody, leave to exit on the travel day, and everybody knows the ban that awaits them."""
    if facts.papers.held:
        return say("exit.held")
    word = facts.exit
    if word is None or word.valid_until < facts.travel_day:
        return say("exit.not_cleared")
    if not word.cleared:
        return say("exit.not_free")
    if ban := untold(facts):
        return ban
    known = [person for person in facts.people if facts.papers.of(person.id).stay]
    return None if word.told or known else say("exit.not_told")


def untold(facts: Facts) -> Said | None:
    """Somebody does not know yet what leaving will cost them: told before they choose (domain.md §7.6)."""
    return next((said for person in facts.people if (said := not_told(facts, person))), None)


def not_told(facts: Facts, person: Traveller) -> Said | None:
    """Why somebody must be told, or told again, of the entry ban to expect on the travel day."""
    stay = facts.papers.of(person.id).stay
    if stay is None or person.is_child(facts.travel_day) or not overstay_days(stay, facts.travel_day):
        return None
    expected = ban_months(facts, stay, facts.travel_day)
    if stay.told_months is None:
        return say("exit.ban_not_told", months=expected)
    return say("exit.ban_worse", months=expected, told=stay.told_months) if expected > stay.told_months else None


def overstay_days(stay: Stay, on: date) -> int:
    """How many days somebody will have overstayed on a day."""
    return max(0, (on - stay.ends_on).days) if stay.ends_on else 0


def ban_months(facts: Facts, stay: Stay, on: date) -> int:
    """The entry ban to expect, in months, for somebody who leaves on a day (domain.md §1.7)."""
    return max((band.ban_months for band, edge in edges(facts, stay) if edge <= on), default=0)


def edges(facts: Facts, stay: Stay) -> list[tuple[OverstayBand, date]]:
    """Each band with the first day on which it holds. Counted carefully: calendar months, or 30 days each if sooner."""
    if stay.ends_on is None:
        return []
    end, bands = stay.ends_on, [row for row in facts.rules.rows(OverstayBand) if row.paid == stay.fine_paid]
    return [(band, first_day(end, band.from_months)) for band in bands]


def first_day(end: date, months: int) -> date:
    """The day on which an overstay reaches so many months; the first day of it for none."""
    return min(add_months(end, months), end + timedelta(days=30 * months)) if months else end + timedelta(days=1)


def cleared_until(facts: Facts) -> datetime | None:
    """When to look again at an exit that is clear now: its last day, or the next band of an overstay."""
    if facts.exit is None:
        return None
    stays = [stay for person in facts.people if (stay := facts.papers.of(person.id).stay)]
    days = [start_of(edge, facts) for stay in stays for _, edge in edges(facts, stay)]
    return min([end_of(facts.exit.valid_until, facts), *(day for day in days if day > facts.now)])


def start_of(day: date, facts: Facts) -> datetime:
    """The first instant of a day, in UTC."""
    return datetime.combine(day, time(), tzinfo=facts.now.tzinfo)


def end_of(day: date, facts: Facts) -> datetime:
    """The last instant of a day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=facts.now.tzinfo)
