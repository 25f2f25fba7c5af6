"""What leaving costs and what may stop it: told in time, asked in time, and every clock of the law beside the case."""

from collections.abc import Iterable

from models.stage import Role, Stage, Track
from workflows import gates
from workflows.facts import Facts, Traveller
from workflows.facts.papers import Removal, Stay
from workflows.gates.exit_clearance import ban_months, edges, not_told
from workflows.patience import duty, no_later
from workflows.standing import Duty, say

ANSWERED = ("taken", "remote", "not_needed")


def duties(facts: Facts) -> Iterable[Duty]:
    """While somebody may still leave: the choice is made knowing the ban (domain.md §7.6)."""
    if facts.departed or facts.track in (Track.IN_PLACE, Track.NONE):
        return
    if facts.papers.held:
        yield duty(
            facts, Stage.EXIT_CLEARANCE, Role.MOVEMENT_OFFICER, "exit_hold", say("exit.held"), holds_closure=False
        )
    if facts.is_victim and facts.track is Track.RETURN:
        yield from statement(facts)
    adults = [person for person in facts.people if not person.is_child(facts.today)]
    for person in adults if facts.screening else ():
        yield from stay_of(facts, person)
        yield from removal_of(facts, person)


def statement(facts: Facts) -> Iterable[Duty]:
    """A witness who leaves unheard lets the exploiter go: asked, and not a condition (domain.md §1.7)."""
    if facts.papers.of(facts.principal.id).statement not in ANSWERED:
        yield duty(
            facts, Stage.EXIT_CLEARANCE, Role.PROTECTION_OFFICER, "statement", say("exit.statement"),
            within="statement", subject=facts.principal.id, holds_closure=False,
        )  # fmt: skip


def stay_of(facts: Facts, person: Traveller) -> Iterable[Duty]:
    """Until when they may stay is asked first; then they are told, and each edge is seen coming."""
    stay = facts.papers.of(person.id).stay
    if stay is None:
        yield duty(
            facts, Stage.EXIT_CLEARANCE, Role.COUNSELLOR, "legal_stay", say("exit.stay_unknown"), subject=person.id,
            holds_closure=False,
        )  # fmt: skip
        return
    untold = not_told(facts, person)
    if untold:
        yield duty(
            facts, Stage.EXIT_CLEARANCE, Role.COUNSELLOR, "ban_told", untold, subject=person.id, holds_closure=False
        )
    yield from coming_edge(facts, person, stay)


def coming_edge(facts: Facts, person: Traveller, stay: Stay) -> Iterable[Duty]:
    """A task a fortnight before the overstay reaches a longer ban, while there is time to leave sooner.

    Of several edges the nearest that nobody has seen yet; the next one follows when this is seen or past.
    """
    today, seen = facts.now.date(), facts.papers.of(person.id).seen
    now = ban_months(facts, stay, today)
    for band, edge in edges(facts, stay):
        subject = f"{person.id}.{band.from_months}"
        if edge > today and band.ban_months > now and subject not in seen:
            starts = gates.start_of(edge, facts)
            coming = duty(
                facts, Stage.EXIT_CLEARANCE, Role.MOVEMENT_OFFICER, "band_edge",
                say("exit.edge", on=edge.isoformat(), months=band.ban_months),
                opens_at=starts - facts.rules.time("band_edge_warning"), subject=subject, holds_closure=False,
            )  # fmt: skip
            yield no_later(coming, starts, facts.now)
            return


def removal_of(facts: Facts, person: Traveller) -> Iterable[Duty]:
    """The days to appeal and the days to leave, each with its own end."""
    removal = facts.papers.of(person.id).removal
    if removal is None:
        return
    appeal_ends = gates.end_of(removal.appeal_until, facts)
    if not removal.appeal and appeal_ends > facts.now:
        why = say("exit.appeal", on=removal.appeal_until.isoformat())
        appeal = duty(
            facts, Stage.EXIT_CLEARANCE, Role.PROTECTION_OFFICER, "removal_appeal", why, within="urgent",
            subject=person.id,
        )  # fmt: skip
        yield no_later(appeal, appeal_ends, facts.now)
    yield from leave_period(facts, person, removal)


def leave_period(facts: Facts, person: Traveller, removal: Removal) -> Iterable[Duty]:
    """Leaving later than the days given ends their protection: seen days ahead, or as soon as the flight is later."""
    subject = f"{person.id}.leave"
    if removal.leave_until is None or removal.appeal == "appealed" or subject in facts.papers.of(person.id).seen:
        return
    end = gates.end_of(removal.leave_until, facts)
    is_later = facts.travel_day > removal.leave_until
    leaving = duty(
        facts, Stage.EXIT_CLEARANCE, Role.MOVEMENT_OFFICER, "band_edge",
        say("exit.leave_period", on=removal.leave_until.isoformat()),
        opens_at=facts.now if is_later else end - facts.rules.time("leave_warning"), subject=subject,
        holds_closure=False,
    )  # fmt: skip
    yield no_later(leaving, end, facts.now)
