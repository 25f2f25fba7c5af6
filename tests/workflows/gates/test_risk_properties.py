"""Whatever is known of risk, claims, places and children: no ticket is asked for and nobody boards past a closed gate."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.stage import Role, Stage
from tests.factories import DAY, NOW, a_booking, a_child, a_person, facts
from tests.workflows.gates.test_risk_gates import WAR, a_claim, a_look, a_risk
from workflows import facts as f
from workflows.decide import decide
from workflows.duties import duties
from workflows.facts.protection import Protection
from workflows.standing import Asking, Doing

HOURS = st.integers(-80, 80).map(lambda hours: timedelta(hours=hours))
LEVELS = st.sampled_from(["low", "medium", "high", "critical"])
LOOKS = st.builds(
    lambda at, stands, seen: a_look(at=NOW + at, stands=stands, signals_seen=seen),
    HOURS,
    st.booleans(),
    st.integers(0, 3),
)
COUNTRIES = st.none() | st.builds(f.CountryLevel, st.sampled_from(["n", "m"]), LEVELS)
CLAIMS = st.builds(
    lambda kind, status: a_claim(kind=kind, status=status),
    st.sampled_from(["asylum", "refugee_status", "statelessness"]),
    st.sampled_from(["pending", "held", "review", "refused", "withdrawn", "ended", "not_stateless"]),
)


def numbered(claims: list[f.Claim]) -> tuple[f.Claim, ...]:
    """Claims with ids of their own."""
    return tuple(replace(claim, id=f"c{number}") for number, claim in enumerate(claims))


PROTECTIONS = st.builds(
    Protection,
    signals=st.integers(0, 3),
    looks=st.lists(LOOKS, max_size=2).map(tuple),
    country=COUNTRIES,
    held=st.sampled_from([(), (), (WAR,)]),
    claims=st.lists(CLAIMS, max_size=2).map(numbered),
)
RISKS = st.builds(
    lambda valid, level, approved, seen, country: a_risk(
        valid_until=NOW + valid, level=level, approved=approved, signals_seen=seen, country_id=country
    ),
    HOURS, LEVELS, st.sampled_from([True, True, False, None]), st.integers(0, 3), st.sampled_from([None, "n"]),
)  # fmt: skip
CHILDREN = st.sampled_from([(), (a_child(),), (a_child(best_interests=True),), (a_child(best_interests=False),)])
SPENDS = ("hold_seats", "pay_booking", "pay")


def sound(known: f.Facts) -> bool:
    """What must be true of somebody who may be sent, said once more and in other words than the gates say it."""
    risk, protection = known.risk, known.protection
    seen = [risk.signals_seen, *(look.signals_seen for look in protection.looks)] if risk else [0]
    ended = {
        "asylum": ("refused", "withdrawn"),
        "refugee_status": ("ended", "renounced"),
        "statelessness": ("not_stateless",),
    }
    return (
        risk is not None and risk.approved is True and risk.valid_until > known.now and risk.level in ("low", "medium")
        and protection.signals <= max(seen) and all(look.stands for look in protection.looks)
        and not protection.held and all(claim.status in ended[claim.kind] for claim in protection.claims)
        and (protection.country is None or protection.country.level != "critical")
        and all(person.best_interests for person in known.people if not person.principal)
    )  # fmt: skip


@given(PROTECTIONS, RISKS, CHILDREN)
def test_s1_no_ticket_is_asked_for_past_a_closed_gate(
    protection: Protection, risk: f.Risk, children: tuple[f.Traveller, ...]
) -> None:
    known = facts(protection=protection, risk=risk, people=(a_person(), *children))
    standing = decide(known)[Stage.FLIGHT_BOOKING]
    if isinstance(standing, Doing):
        assert standing.action not in SPENDS or sound(known)
        assert sound(known) or standing.action not in ("search_flights",)


@given(PROTECTIONS, RISKS, CHILDREN)
def test_s7_s9_nobody_boards_past_a_closed_gate(
    protection: Protection, risk: f.Risk, children: tuple[f.Traveller, ...]
) -> None:
    near = a_booking(departs_at=NOW + DAY / 24, arrives_at=NOW + DAY / 6, looked_at=NOW)
    ready = replace(a_person(), reconfirmed_at=NOW)
    known = facts(protection=protection, risk=risk, people=(ready, *children), bookings=(near,))
    standing = decide(known)[Stage.DEPARTURE]
    if isinstance(standing, Asking) and standing.question == "boarding":
        assert sound(known)


@given(PROTECTIONS, RISKS, CHILDREN)
def test_l1_what_is_closed_by_protection_has_somebody_who_must_act(
    protection: Protection, risk: f.Risk, children: tuple[f.Traveller, ...]
) -> None:
    """A hold alone waits for the two who lift it; anything else that closes the way is somebody's question."""
    known = facts(protection=replace(protection, held=()), risk=risk, people=(a_person(), *children))
    asked = [standing for standing in decide(known).values() if isinstance(standing, Asking)]
    asked += [duty.asking for duty in duties(known)]
    if not sound(known):
        assert any(one.role in (Role.PROTECTION_OFFICER, Role.SUPERVISOR, Role.COUNSELLOR) for one in asked)
    assert len({(one.question, one.subject) for one in asked}) == len(asked), "nothing is asked twice"
