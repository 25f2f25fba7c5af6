"""When people are asked how they are, by which channel, and what happens when nothing comes back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.stage import Role, Stage, Track
from tests.factories import DAY, NOW, RULES, a_channel, an_effect, facts
from workflows import facts as f
from workflows.calendars import add_months
from workflows.decide import decide_stage
from workflows.facts.contact import Attempt, Contact, Loss, Messaged
from workflows.gates.follow_up import due_at, missing, schedule
from workflows.pathways.tables.follow_up import CheckInPoint, PlaceZone
from workflows.standing import Asking, Doing, Done, Standing, Waiting, reason_of

POINTS = {row.code: row for row in RULES.rows(CheckInPoint)}
VICTIM = f.Screening(NOW - 90 * DAY, "actual", True, False)
MAIL = a_channel(id="c2", kind="email")


def there(**over: Any) -> f.Facts:
    """Arrived eight days ago, with one safe number."""
    known = {
        "boarding": "boarded", "departed_at": NOW - 9 * DAY, "arrived_at": NOW - 8 * DAY,
        "intake": f.Intake(channels=(a_channel(),)),
    }  # fmt: skip
    return facts(**{**known, **over})


def stands(known: f.Facts) -> Standing:
    """Where follow-up stands."""
    return decide_stage(known, Stage.FOLLOW_UP)


def sent(channel: str, days: float, point: str = "week_1", **over: Any) -> Messaged:
    """A message that went out so many days ago."""
    return Messaged(point, channel, NOW - days * DAY, frozenset({channel}), **over)


def tried(days: float, channel: str = "phone", result: str = "no_answer", **over: Any) -> Attempt:
    """An attempt so many days ago."""
    return Attempt(f"a{days}", NOW - days * DAY, channel, result, "week_1", **over)


def test_everybody_is_asked_five_times_and_a_victim_eight_times() -> None:
    codes = [row.code for row, _ in schedule(there())]
    assert codes == ["week_1", "month_1", "month_3", "month_6", "month_12"]
    codes = [row.code for row, _ in schedule(there(screening=VICTIM))]
    assert codes == ["week_1", "week_2", "week_3", "month_1", "month_2", "month_3", "month_6", "month_12"]
    assert all(row.safety_question for row in POINTS.values())


def test_f44_points_are_counted_from_the_arrival_and_never_from_one_another() -> None:
    arrived = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
    days = [
        due_at(POINTS[code], arrived, "Asia/Tbilisi").date().isoformat() for code in ("month_1", "month_2", "month_3")
    ]
    assert days == ["2026-02-28", "2026-03-31", "2026-04-30"]


@given(st.integers(0, 8 * 365 * 24).map(lambda hours: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours)), st.sampled_from(["Asia/Tbilisi", "Africa/Casablanca",
       "Europe/Chisinau", "Asia/Kathmandu"]))  # fmt: skip
def test_f44_every_point_has_the_same_local_time_and_they_follow_one_another(arrived: datetime, zone: str) -> None:
    dues = [due_at(row, arrived, zone) for row in RULES.rows(CheckInPoint)]
    assert sorted(dues) == dues
    local = [due.astimezone(ZoneInfo(zone)) for due in dues]
    begun = arrived.astimezone(ZoneInfo(zone))
    months = [row for row in RULES.rows(CheckInPoint) if row.unit == "months"]
    expected = [add_months(begun.date(), row.offset) for row in months]
    assert [one.date() for one, row in zip(local, POINTS.values(), strict=True) if row.unit == "months"] == expected


def test_s18_a_point_is_not_due_before_its_instant_and_is_at_it() -> None:
    due = there().arrived_at + timedelta(weeks=1)  # type: ignore[operator]
    before = there(now=due - timedelta(seconds=1))
    assert isinstance(stands(before), Waiting)
    assert isinstance(stands(there(now=due)), Doing)


def test_zones_of_places_are_real() -> None:
    zones = {row.zone for row in RULES.rows(PlaceZone)}
    assert zones <= available_timezones()


def test_in_place_the_same_schedule_counts_from_the_choice() -> None:
    known = facts(track=Track.IN_PLACE, choice_at=NOW - 6 * DAY)
    standing = stands(known)
    assert isinstance(standing, Waiting)
    assert standing.until == NOW + DAY


def test_s19_the_message_keeps_to_the_safe_hours_at_the_place() -> None:
    """Noon in Türkiye is already evening in Tashkent."""
    late = NOW.replace(hour=17)
    at = a_channel(from_hour=9, to_hour=21)
    known = there(now=late, intake=f.Intake(channels=(at,)), contact=Contact(zone="Asia/Tashkent"))
    assert reason_of(stands(known)).code == "message.safe_hours"
    assert isinstance(stands(there(now=late, intake=f.Intake(channels=(at,)))), Doing)


def test_s19_hours_that_were_said_for_a_place_stay_those_of_the_place() -> None:
    said = a_channel(from_hour=9, to_hour=21, zone="Africa/Lagos")
    known = there(now=NOW.replace(hour=17), intake=f.Intake(channels=(said,)), contact=Contact(zone="Asia/Tashkent"))
    assert isinstance(stands(known), Doing)


@pytest.mark.parametrize(("days", "kind"), [(6.99, Waiting), (7, Doing), (8, Doing)])
def test_after_a_week_without_an_answer_the_next_safe_channel_is_used(days: float, kind: type) -> None:
    known = there(arrived_at=NOW - 15 * DAY, intake=f.Intake(channels=(a_channel(), MAIL)),
                  contact=Contact(messaged=(sent("c1", days),)))  # fmt: skip
    standing = stands(known)
    assert isinstance(standing, kind)
    if isinstance(standing, Doing):
        assert standing.subject == "1.week_1.c2"


def test_f23_a_refused_message_does_not_cost_a_week() -> None:
    known = there(
        intake=f.Intake(channels=(a_channel(), MAIL)), contact=Contact(messaged=(sent("c1", 0.1, went=False),))
    )
    assert isinstance(standing := stands(known), Doing)
    assert standing.subject.endswith(".c2")


def test_f23_no_channel_is_written_to_twice_at_a_point() -> None:
    """The same address confirmed anew is the same address."""
    twice = Messaged("week_1", "old", NOW - 8 * DAY, frozenset({"old", "c1"}))
    known = there(arrived_at=NOW - 16 * DAY, contact=Contact(messaged=(twice,)))
    assert isinstance(standing := stands(known), Asking)
    assert standing.question == "check_in"


def test_f24_a_stale_number_is_not_written_to_and_a_person_tries() -> None:
    old = a_channel(verified_at=NOW - RULES.time("contact_confirmed"))
    assert isinstance(standing := stands(there(intake=f.Intake(channels=(old,)))), Asking)
    assert (standing.role, standing.question) == (Role.COUNSELLOR, "check_in")


def test_s19_who_has_no_safe_channel_is_never_written_to() -> None:
    assert isinstance(stands(there(intake=f.Intake())), Asking)


@pytest.mark.parametrize(("days", "kind"), [(2.99, Waiting), (3, Asking)])
def test_attempts_leave_days_between_them(days: float, kind: type) -> None:
    assert isinstance(stands(there(intake=f.Intake(), contact=Contact(attempts=(tried(days),)))), kind)


def test_the_planned_next_attempt_counts() -> None:
    known = there(intake=f.Intake(), contact=Contact(attempts=(tried(1, next_at=NOW + 5 * DAY),)))
    assert isinstance(standing := stands(known), Waiting)
    assert standing.until == NOW + 5 * DAY


def test_after_two_calls_somebody_goes_and_looks_and_then_the_trusted_contact_is_asked() -> None:
    calls = (tried(9), tried(6))
    known = there(intake=f.Intake(), contact=Contact(attempts=calls, trusted=True))
    assert stands(known).question == "follow_up_visit"  # type: ignore[union-attr]
    seen = there(
        intake=f.Intake(), contact=Contact(attempts=(*calls, tried(3, "visit", by_partner=True)), trusted=True)
    )
    assert stands(seen).question == "trusted_attempt"  # type: ignore[union-attr]


ALL = (tried(14), tried(11, "messenger"), tried(8), tried(6, "visit", by_partner=True), tried(3, "trusted_contact"))


def left(*attempts: Attempt, now: datetime = NOW, partner: bool = True, trusted: bool = True) -> set[str]:
    """What the rule still asks for."""
    return set(missing(RULES, attempts, now, partner=partner, trusted=trusted))


def test_the_rule_of_loss_is_met_by_everything_and_by_nothing_less() -> None:
    assert left(*ALL) == set()
    assert left(*ALL, now=NOW - timedelta(seconds=1)) == {"time"}
    assert left(*ALL[:4]) == {"attempts", "trusted_contact"}
    assert left(*ALL[:4], tried(3)) == {"trusted_contact"}
    assert left(*ALL[:4], tried(3), trusted=False) == set()
    assert left(*ALL[:3], tried(6), ALL[4]) == {"visit"}
    assert left(*ALL[:3], tried(6, "visit"), ALL[4]) == {"visit"}, "the visit is the partner's where there is one"
    assert left(*ALL[:3], tried(6, "visit"), ALL[4], partner=False) == set()
    same = (tried(14, "visit", by_partner=True), *(tried(days, "trusted_contact") for days in (11, 8, 6, 3)))
    assert left(*same) == {"channels"}
    assert left() == {"attempts", "channels", "time", "visit", "trusted_contact"}


@given(st.lists(st.sampled_from(ALL), max_size=6))
def test_another_attempt_never_makes_more_missing(attempts: list[Attempt]) -> None:
    """But for the time, which the first of them begins."""
    for attempt in ALL:
        assert left(*attempts, attempt) - {"time"} <= left(*attempts)


def lost(**over: Any) -> f.Facts:
    """Everything was tried."""
    known = {"attempts": ALL, "trusted": True, **over}
    return there(arrived_at=NOW - 20 * DAY, intake=f.Intake(), contact=Contact(**known))


def test_only_a_supervisor_decides_that_somebody_is_out_of_reach() -> None:
    assert isinstance(standing := stands(lost()), Asking)
    assert (standing.role, standing.question) == (Role.SUPERVISOR, "loss_decision")


def test_out_of_reach_is_not_complete() -> None:
    assert isinstance(standing := stands(lost(losses=(Loss(NOW, "unreachable"),))), Done)
    assert standing.because.code == "follow_up.unreachable"


def test_to_go_on_trying_asks_the_supervisor_again_only_after_another_attempt() -> None:
    kept = lost(losses=(Loss(NOW - DAY, "keep_trying"),))
    assert reason_of(stands(kept)).code == "follow_up.try"
    again = lost(losses=(Loss(NOW - DAY, "keep_trying"),), attempts=(*ALL, tried(0)))
    assert reason_of(stands(again)).code == "follow_up.loss"


def test_who_is_heard_of_again_is_no_longer_out_of_reach() -> None:
    known = lost(losses=(Loss(NOW - DAY, "unreachable"),), spoken_at=NOW)
    assert not isinstance(stands(known), Done)


@pytest.mark.parametrize("result", ["reached", "refused"])
def test_a_point_is_over_when_somebody_spoke_with_the_person(result: str) -> None:
    known = there(contact=Contact(attempts=(tried(0.5, result=result),), spoken_at=NOW - DAY / 2))
    assert reason_of(stands(known)).values == (("point", "month_1"),)


def test_points_that_were_passed_over_are_not_asked_later() -> None:
    """Somebody who is found to be a victim after three months is not asked about the second week."""
    said = (f.CheckIn("month_3", True, True),)
    known = there(arrived_at=NOW - 100 * DAY, check_ins=said, screening=VICTIM,
                  handovers=(facts().handovers[0],))  # fmt: skip
    assert reason_of(stands(known)).values == (("point", "month_6"),)


def test_after_a_new_migration_nobody_is_followed() -> None:
    known = there(contact=Contact(remigrated_at=NOW))
    assert reason_of(stands(known)).code == "follow_up.remigrated"


def test_all_points_answered_is_complete() -> None:
    said = tuple(f.CheckIn(code, True, True) for code in POINTS)
    assert reason_of(stands(there(check_ins=said))).code == "follow_up.complete"


def test_an_open_message_is_finished_before_anything_else() -> None:
    open_effect = an_effect(action="send_check_in", subject="1.week_1.c1", state="intended", attempts=0)
    assert isinstance(standing := stands(there(effects=(open_effect,))), Doing)
    assert standing.generation == open_effect.generation
