"""What a suspension, a death, a reversal or a missing owner holds up, and what goes on regardless."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.stage import MAP, Stage, Track
from tests.factories import DAY, NOW, a_booking, a_handover, a_person, an_effect, facts
from workflows import facts as f
from workflows.decide import decide, decide_stage
from workflows.standing import Asking, Blocked, Doing, Done, NotNeeded, Waiting, reason_of

PERSON = a_person().id


def an_incident(kind: str, number: int = 1, **over: object) -> f.Incident:
    """Something that happened yesterday."""
    known: dict[str, object] = {"at": NOW - DAY, "happened_at": NOW - DAY, "person": PERSON}
    return f.Incident(number, kind, **{**known, **over})  # type: ignore[arg-type]


def after(*kinds: str, **more: object) -> f.Incidents:
    """Incidents of these kinds that have not ended."""
    return f.Incidents(rows=tuple(an_incident(kind, number) for number, kind in enumerate(kinds, 1)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["detained", "absconded", "suspended"])
def test_a_suspended_case_does_not_go_on(kind: str) -> None:
    standing = decide_stage(facts(incidents=after(kind)), Stage.FLIGHT_BOOKING)
    assert isinstance(standing, Blocked)
    assert standing.opened_by
    assert not standing.gates
    assert reason_of(standing).code == f"incidents.{kind}"


def test_what_is_done_stays_done_while_the_case_stands_still() -> None:
    assert isinstance(decide_stage(facts(incidents=after("detained")), Stage.HEALTH), Done)


def test_a_recorded_end_lets_it_go_on() -> None:
    ended = f.Incidents(rows=(an_incident("detained", ended_at=NOW - DAY / 2),))
    assert decide_stage(facts(incidents=ended), Stage.FLIGHT_BOOKING) == decide_stage(facts(), Stage.FLIGHT_BOOKING)


def test_s6_recalls_and_cancellations_pass_while_suspended() -> None:
    known = facts(journey=2, bookings=(a_booking(),), incidents=after("suspended"))
    assert getattr(decide_stage(known, Stage.FLIGHT_BOOKING), "action", "") == "cancel_booking"
    assert getattr(decide_stage(known, Stage.PARTNER_HANDOVER), "action", "") == "recall_handover"


def test_s6_a_bed_is_asked_for_even_so() -> None:
    known = facts(withdrawn_at=NOW, incidents=after("detained"))
    assert getattr(decide_stage(known, Stage.COUNSELLING), "question", "") == "bed_and_transport"


def test_what_became_of_something_sent_is_found_out_even_so() -> None:
    known = facts(effects=(an_effect(state="unknown", next_try_at=None),), incidents=after("detained"))
    assert isinstance(decide_stage(known, Stage.FLIGHT_BOOKING), Doing)
    asleep = facts(effects=(an_effect(state="unknown", next_try_at=NOW + DAY),), incidents=after("detained"))
    assert isinstance(decide_stage(asleep, Stage.FLIGHT_BOOKING), Waiting)


def test_somebody_in_the_air_is_met() -> None:
    flown = {"boarding": "boarded", "departed_at": NOW - DAY / 8, "bookings": (a_booking(departs_at=NOW - DAY / 8),)}
    told = an_effect(action="send_arrival", subject=f"h1.1.{NOW - DAY / 8:%Y%m%d%H%M}")
    known = facts(**flown, effects=(told,), incidents=after("suspended"))
    assert isinstance(decide_stage(known, Stage.PARTNER_HANDOVER), Waiting)


def test_a_reversal_closes_the_way_back_and_nothing_else() -> None:
    known = facts(incidents=after("authority_reversal"))
    for stage in (stage for stage, row in MAP.items() if row.returning):
        assert not isinstance(decide_stage(known, stage), Doing | Asking | Waiting), stage
    stays = facts(track=Track.IN_PLACE, incidents=after("authority_reversal"), handovers=())
    assert isinstance(decide_stage(stays, Stage.REINTEGRATION), Asking)


def test_nothing_is_done_for_somebody_who_died() -> None:
    standings = decide(facts(incidents=after("deceased", deceased=True)))
    for stage, standing in standings.items():
        if stage is not Stage.CLOSURE:
            assert isinstance(standing, NotNeeded), stage


def test_f35_nothing_goes_out_for_an_owner_who_left() -> None:
    standing = decide_stage(facts(incidents=f.Incidents(owner_gone=True)), Stage.FLIGHT_BOOKING)
    assert getattr(standing, "question", "") == "case_owner"
    recall = facts(journey=2, incidents=f.Incidents(owner_gone=True))
    assert getattr(decide_stage(recall, Stage.PARTNER_HANDOVER), "action", "") == "recall_handover"


@pytest.mark.parametrize(
    ("spans", "paused"),
    [
        ([(2, 1)], 1),
        ([(2, None)], 2),
        ([(5, 2), (4, 3)], 3),
        ([(5, 3), (4, 1)], 4),
        ([(20, 15)], 0),
        ([(12, 9)], 1),
    ],
)
def test_clocks_stand_for_as_long_as_the_case_was_suspended(spans: list[tuple[int, int | None]], paused: int) -> None:
    rows = tuple(
        an_incident("suspended", number, at=NOW - begin * DAY, ended_at=None if end is None else NOW - end * DAY)
        for number, (begin, end) in enumerate(spans, 1)
    )
    assert f.Incidents(rows=rows).paused(NOW - 10 * DAY, NOW) == paused * DAY


KINDS = ("detained", "absconded", "suspended", "authority_reversal")


@given(st.lists(st.sampled_from(KINDS), max_size=3), st.booleans(), st.integers(1, 3), st.sampled_from(list(Track)))
def test_s10_whatever_happened_a_stopped_case_takes_no_forward_step(
    kinds: list[str], gone: bool, journey: int, track: Track
) -> None:
    known = facts(
        incidents=after(*kinds, owner_gone=gone), journey=journey, track=track, bookings=(a_booking(),),
        handovers=(a_handover(),),
    )  # fmt: skip
    standings = decide(known)
    back = ("cancel_booking", "recall_handover", "withdraw_application")
    if known.incidents.suspension:
        acting = [standing.action for standing in standings.values() if isinstance(standing, Doing)]
        assert set(acting) <= set(back)
    assert standings == decide(known)


def test_time_before_a_pause_is_not_given_again() -> None:
    pause = f.Incidents(rows=(an_incident("suspended", at=NOW - 2 * DAY, ended_at=NOW - DAY),))
    assert pause.paused(NOW - timedelta(hours=12), NOW) == timedelta()
