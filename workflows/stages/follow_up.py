"""Follow-up: a neutral message at each point, an answer or a visit, and help at once when somebody is not safe."""

from datetime import datetime

from models.stage import Role, Track
from workflows.facts import Facts
from workflows.patience import ask, message
from workflows.standing import Done, Party, Standing, Waiting, say

POINTS = ("week_1", "month_1", "month_3", "month_6", "month_12")


def decide(facts: Facts) -> Standing:
    """The points in their order, counted from arrival; in place, from the choice."""
    since = facts.choice_at if facts.track is Track.IN_PLACE else facts.arrived_at
    answered = {check_in.point: check_in for check_in in facts.check_ins}
    for point in POINTS:
        if point not in answered:
            return at_point(facts, point, (since or facts.now) + facts.rules.time(point))
        if answered[point].safe is False and point not in facts.reviewed:
            return ask(facts, Role.PROTECTION_OFFICER, "safety_review", say("follow_up.unsafe"), within="emergency",
                       subject=point)  # fmt: skip
    return Done(say("follow_up.complete"))


def at_point(facts: Facts, point: str, due: datetime) -> Standing:
    """Not yet; or send, wait a week for the person, and then somebody goes and looks."""
    if facts.now < due:
        return Waiting(Party.DATE, say("follow_up.not_due", point=point), due, say("then.check_in"))
    sending = message(facts, "send_check_in", f"{facts.journey}.{point}", say("follow_up.send", point=point))
    if sending:
        return sending
    until = due + facts.rules.time("check_in_answer")
    if facts.now < until and facts.contact_hours:
        return Waiting(Party.PERSON, say("follow_up.waiting", point=point), until, say("then.visit"))
    return ask(facts, Role.COUNSELLOR, "check_in", say("follow_up.visit", point=point), subject=point)
