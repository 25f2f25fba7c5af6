"""Free to leave, and told what follows from overstaying."""

from datetime import date, datetime, time, timedelta

from workflows.facts import Facts
from workflows.standing import Said, say


def exit_(facts: Facts) -> Said | None:
    """Leave to exit on the travel day, and the person was told what follows from overstaying."""
    word = facts.exit
    if word is None or word.valid_until < facts.travel_day:
        return say("exit.not_cleared")
    if not word.cleared:
        return say("exit.held")
    return None if word.told else say("exit.not_told")


def end_of(day: date, facts: Facts) -> datetime:
    """The last instant of a day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=facts.now.tzinfo)
