"""How often to try, how long to wait, when to ask a person instead: shared by all stages, as pure as they are."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.stage import Role, Stage
from workflows.facts import Effect, Facts
from workflows.standing import Asking, Doing, Duty, Party, Said, Standing, Waiting, say

OPEN = ("intended", "sent", "unknown")
ESCALATES_TO = {
    Role.COUNSELLOR: Role.SUPERVISOR,
    Role.PROTECTION_OFFICER: Role.SUPERVISOR,
    Role.MEDICAL_OFFICER: Role.SUPERVISOR,
    Role.MOVEMENT_OFFICER: Role.SUPERVISOR,
    Role.SHELTER_PARTNER: Role.COUNSELLOR,
    Role.SUPERVISOR: Role.OPERATIONS,
}


def ask(facts: Facts, role: Role, question: str, why: Said, *, within: str = "answer", subject: str = "") -> Asking:
    """Ask a role. When its time is over the question goes to the next role, and is asked anew each period."""
    limit = facts.rules.time(within)
    asked_at = facts.asked.get((question, subject), facts.now)
    periods = max(0, (facts.now - asked_at) // limit)
    asked = ESCALATES_TO.get(role, Role.OPERATIONS) if periods else role
    then = say("then.escalate", role=ESCALATES_TO.get(role, Role.OPERATIONS).value)
    return Asking(asked, question, why, asked_at + (periods + 1) * limit, then, subject)


def duty(
    facts: Facts,
    stage: Stage,
    role: Role,
    question: str,
    why: Said,
    *,
    opens_at: datetime | None = None,
    within: str = "answer",
    subject: str = "",
    holds_closure: bool = True,
) -> Duty:
    """The same beside the stages, from an instant on."""
    asking = ask(facts, role, question, why, within=within, subject=subject)
    return Duty(stage, asking, opens_at or facts.now, holds_closure)


def attempt(facts: Facts, action: str, subject: str, why: Said, on: Party) -> Standing | None:
    """Do it, or wait before trying again, or ask a person; None when the newest try is settled.

    A settled try is confirmed, rejected or absent: what follows from that is the stage's to decide.
    """
    effect = facts.effect(action, subject)
    if effect is None or effect.state == "void":
        return Doing(action, subject, why, generation=1 if effect is None else effect.generation + 1)
    if effect.state not in OPEN:
        return None
    if is_stuck(facts, effect):
        return ask(facts, Role.OPERATIONS, "effect_outcome", say("effect.unknown"), within="effect", subject=effect.id)
    if effect.next_try_at and effect.next_try_at > facts.now:
        code = "effect.unknown" if effect.state != "intended" else "partner.unavailable"
        return Waiting(on, say(code), effect.next_try_at, say("then.try_again"))
    return Doing(action, subject, why, generation=effect.generation)


def again(facts: Facts, action: str, subject: str, why: Said, on: Party) -> Standing | None:
    """The same for something that may be tried anew after a clear no or a proven absence."""
    effect = facts.effect(action, subject)
    if effect and effect.state in ("rejected", "absent"):
        return Doing(action, subject, why, generation=effect.generation + 1)
    return attempt(facts, action, subject, why, on)


def is_stuck(facts: Facts, effect: Effect) -> bool:
    """Unknown for longer than a person should have to wait to hear of it (G15: 15 minutes), or tried too often."""
    unsure = effect.state in ("sent", "unknown")
    return effect.attempts >= (facts.rules.number("attempts") if not unsure else facts.rules.number("lookups"))


def look(facts: Facts, action: str, subject: str, since: datetime, why: Said) -> Doing | None:
    """Read a partner's books once a day while its word is awaited: the word itself may have been lost (F14)."""
    days = (facts.now - since) // facts.rules.time("partner_look")
    effect = facts.effect(action, f"{subject}.{days}")
    if days < 1 or (effect and (effect.state != "intended" or effect.attempts)):
        return None  # one try a day: what cannot be read today is read tomorrow
    return Doing(action, f"{subject}.{days}", why)


def until_look(facts: Facts, since: datetime, until: datetime) -> datetime:
    """The next look, or the end of the wait if that is sooner."""
    day = facts.rules.time("partner_look")
    return min(until, since + ((facts.now - since) // day + 1) * day)


def message(facts: Facts, action: str, subject: str, why: Said) -> Standing | None:
    """Send a neutral message inside the person's safe hours (S19); None when sent, refused or no channel is safe."""
    if facts.contact_hours is None or is_settled(facts, action, subject):
        return None
    effect = facts.effect(action, subject)
    if effect and effect.state in ("sent", "unknown"):
        return None  # a gateway that cannot be asked: at most once, so it is not sent again
    opens = next_safe_instant(facts.now, facts.contact_hours)
    if opens > facts.now:
        return Waiting(Party.DATE, say("message.safe_hours"), opens, say("then.send"))
    return attempt(facts, action, subject, why, Party.PERSON)


def is_settled(facts: Facts, action: str, subject: str) -> bool:
    """Whether the newest try ended with a clear outcome."""
    effect = facts.effect(action, subject)
    return effect is not None and effect.state not in (*OPEN, "void")


def next_safe_instant(now: datetime, hours: tuple[str, int, int]) -> datetime:
    """The first instant from now on inside local hours ``(zone, from, to)``."""
    zone, opens, closes = hours
    local = now.astimezone(ZoneInfo(zone))
    if opens <= local.hour < closes:
        return now
    day = local.date() if local.hour < opens else local.date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, opens, tzinfo=ZoneInfo(zone)).astimezone(now.tzinfo)
