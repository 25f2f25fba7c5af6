"""Every stage's main path, refusals and silences, as a table: facts in, one word out."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.stage import Stage, Track
from tests.factories import DAY, NOW, a_booking, a_channel, a_child, a_handover, a_person, an_effect, facts
from workflows import facts as f
from workflows.decide import decide, decide_stage
from workflows.standing import Standing, reason_of

OFFER = f.Offer("o1", 1, Decimal(300), NOW + DAY / 24, 0, True)
TOLD = an_effect(action="send_arrival", subject=f"h1.1.{NOW - 3 * DAY:%Y%m%d%H%M}")

OPENED = an_effect(action="open_incident", subject="h1.partner_silent")


def a_look(what: str) -> f.Effect:
    """The partner's books were read."""
    return an_effect(action="look_up_handover", subject=f"h1.{what}")


NEAR = a_booking(departs_at=NOW + 2 * DAY, arrives_at=NOW + 2 * DAY + DAY / 8)
GONE = {"boarding": "boarded", "departed_at": NOW - DAY, "bookings": (a_booking(departs_at=NOW - DAY),)}
THERE = {**GONE, "arrived_at": NOW - DAY / 2, "handovers": (a_handover(status="received"),)}
INSTALMENT = f.Instalment("i1", (NOW - DAY).date(), True, None, NOW - DAY)

TABLE: list[tuple[str, Stage, dict[str, Any], str, str]] = [
    ("data consent first", Stage.INTAKE, {"data_consent": False}, "Asking", "data_consent"),
    ("then screening", Stage.INTAKE, {"screening": None}, "Asking", "screening"),
    ("complete intake", Stage.INTAKE, {}, "Done", "intake.complete"),
    ("nothing before intake", Stage.COUNSELLING, {"screening": None}, "Blocked", "intake.no_screening"),
    ("all options explained", Stage.COUNSELLING, {"session": None}, "Asking", "counselling_session"),
    (
        "coercion closes the gate", Stage.COUNSELLING,
        {"voluntariness": f.Voluntariness(open_flags=("f1",))}, "Asking", "coercion_closing",
    ),
    (
        "a victim has thirty days", Stage.COUNSELLING, {"screening": f.Screening(NOW - DAY, "actual", True, False)},
        "Waiting", "counselling.reflection",
    ),
    ("no choice yet", Stage.COUNSELLING, {"track": Track.UNDECIDED}, "Asking", "track_choice"),
    ("adults sign", Stage.COUNSELLING, {"people": (a_person(declared_at=None),)}, "Asking", "declaration"),
    (
        "an open asylum claim stops", Stage.COUNSELLING, {"screening": f.Screening(NOW, "none", False, True)},
        "Asking", "screening",
    ),
    ("a bed after withdrawal", Stage.COUNSELLING, {"withdrawn_at": NOW}, "Asking", "bed_and_transport"),
    (
        "a bed, whatever gate is closed", Stage.COUNSELLING, {"withdrawn_at": NOW, "data_consent": False},
        "Asking", "bed_and_transport",
    ),
    ("the place is asked about", Stage.RISK_ASSESSMENT, {"risk": None, "country_input": None}, "Doing", "ask_country_input"),
    (
        "its partner may answer", Stage.RISK_ASSESSMENT, {"risk": None, "country_input": f.CountryInput(NOW, None)},
        "Waiting", "risk.country_input",
    ),
    (
        "silence does not stop", Stage.RISK_ASSESSMENT, {"risk": None, "country_input": f.CountryInput(NOW - 6 * DAY, None)},
        "Asking", "risk_assessment",
    ),
    (
        "two people decide", Stage.RISK_ASSESSMENT, {"risk": f.Risk("r", NOW, "low", NOW + DAY, None)},
        "Asking", "risk_approval",
    ),
    (
        "an assessment expires", Stage.RISK_ASSESSMENT, {"risk": f.Risk("r", NOW, "low", NOW, True)},
        "Asking", "risk_assessment",
    ),
    (
        "too high to return", Stage.RISK_ASSESSMENT, {"risk": f.Risk("r", NOW, "high", NOW + DAY, True)},
        "Asking", "track_choice",
    ),
    ("a child is decided for", Stage.RISK_ASSESSMENT, {"people": (a_person(), a_child())}, "Asking", "best_interests"),
    ("cleared risk", Stage.RISK_ASSESSMENT, {}, "Done", "risk.cleared"),
    ("fit", Stage.HEALTH, {}, "Done", "health.cleared"),
    (
        "unfit", Stage.HEALTH, {"people": (a_person(fitness=f.Fitness(False, NOW.date(), NOW.date())),)},
        "Asking", "health_clearance",
    ),
    ("invited first", Stage.HEALTH, {"people": (a_person(fitness=None),), "effects": ()}, "Doing", "invite_to_examination"),
    (
        "only in safe hours", Stage.HEALTH,
        {"people": (a_person(fitness=None),), "effects": (), "contact_hours": ("Europe/Istanbul", 20, 22)},
        "Waiting", "message.safe_hours",
    ),
    ("documents in order", Stage.TRAVEL_DOCUMENTS, {}, "Done", "documents.complete"),
    ("applied for", Stage.TRAVEL_DOCUMENTS, {"people": (a_person(documents=()),)}, "Doing", "lodge_application"),
    (
        "never before the risk gate", Stage.TRAVEL_DOCUMENTS, {"people": (a_person(documents=()),), "risk": None},
        "Blocked", "risk.not_assessed",
    ),
    (
        "an expired passport is none", Stage.TRAVEL_DOCUMENTS,
        {"people": (a_person(documents=(f.Document("passport", date(2026, 3, 10)),)),)}, "Doing", "lodge_application",
    ),
    (
        "the consulate is given time", Stage.TRAVEL_DOCUMENTS,
        {"people": (a_person(documents=(), application=f.Application("lodged", NOW, NOW, 1)),)},
        "Waiting", "documents.waiting",
    ),
    (
        "and looked up", Stage.TRAVEL_DOCUMENTS,
        {"people": (a_person(documents=(), application=f.Application("lodged", NOW - DAY, NOW - DAY, 1)),)},
        "Doing", "look_up_application",
    ),
    (
        "a silent consulate ends with a question", Stage.TRAVEL_DOCUMENTS,
        {"people": (a_person(documents=(), application=f.Application("lodged", NOW - 30 * DAY, NOW, 1)),)},
        "Asking", "travel_document",
    ),
    (
        "refused", Stage.TRAVEL_DOCUMENTS,
        {"people": (a_person(documents=(), application=f.Application("refused", NOW, NOW, 1)),)},
        "Asking", "travel_document",
    ),
    (
        "withdrawn when somebody stays", Stage.TRAVEL_DOCUMENTS,
        {
            "people": (a_person(documents=(), application=f.Application("lodged", NOW, NOW, 1)),),
            "track": Track.IN_PLACE,
        },
        "Doing", "withdraw_application",
    ),
    ("free to leave", Stage.EXIT_CLEARANCE, {}, "Done", "exit.cleared"),
    ("told first", Stage.EXIT_CLEARANCE, {"exit": f.Exit(True, False, date(2026, 12, 31))}, "Asking", "exit_clearance"),
    ("search", Stage.FLIGHT_BOOKING, {}, "Doing", "search_flights"),
    ("hold", Stage.FLIGHT_BOOKING, {"offers": (OFFER,)}, "Doing", "hold_seats"),
    (
        "dear", Stage.FLIGHT_BOOKING, {"offers": (f.Offer("o", 1, Decimal(2000), NOW + DAY, 0, True),)},
        "Asking", "price_approval",
    ),
    ("pay", Stage.FLIGHT_BOOKING, {"bookings": (a_booking(status="held"),)}, "Doing", "pay_ticket"),
    ("ticketed", Stage.FLIGHT_BOOKING, {"bookings": (a_booking(),)}, "Done", "booking.ticketed"),
    ("lapsed", Stage.FLIGHT_BOOKING, {"bookings": (a_booking(status="lapsed"),)}, "Asking", "rebook"),
    (
        "unknown is looked up later", Stage.FLIGHT_BOOKING,
        {"effects": (an_effect(state="unknown", next_try_at=NOW + DAY / 48),)}, "Waiting", "effect.unknown",
    ),
    (
        "unknown for too long is a person's", Stage.FLIGHT_BOOKING, {"effects": (an_effect(state="unknown", attempts=9),)},
        "Asking", "effect_outcome",
    ),
    (
        "a laissez-passer needs the desk", Stage.FLIGHT_BOOKING,
        {"people": (a_person(documents=(f.Document("laissez_passer", date(2026, 5, 1)),)),)}, "Asking", "desk_booking",
    ),
    (
        "the vulnerable need an acceptance", Stage.FLIGHT_BOOKING,
        {"screening": f.Screening(NOW - 40 * DAY, "actual", True, False), "handovers": ()},
        "Blocked", "handover.not_accepted",
    ),
    ("cancelled after withdrawal", Stage.FLIGHT_BOOKING, {"journey": 2, "bookings": (a_booking(),)}, "Doing", "cancel_booking"),
    (
        "consent per partner", Stage.PARTNER_HANDOVER, {"may_share_with": frozenset(), "handovers": ()},
        "Asking", "transfer_consent",
    ),
    ("a consent taken back", Stage.PARTNER_HANDOVER, {"may_share_with": frozenset()}, "Doing", "recall_handover"),
    (
        "given again, it revives nothing", Stage.PARTNER_HANDOVER,
        {"voluntariness": f.Voluntariness(unshared=frozenset({"h1"})), "handovers": (a_handover(status="recalled"),)},
        "Doing", "offer_handover",
    ),
    (
        "an acceptance from before it counts no more", Stage.FLIGHT_BOOKING,
        {
            "voluntariness": f.Voluntariness(unshared=frozenset({"h1"})),
            "screening": f.Screening(NOW - 40 * DAY, "none", True, False),
        },
        "Blocked", "handover.not_accepted",
    ),
    (
        "a traveller is not pressed for consent", Stage.PARTNER_HANDOVER,
        {**GONE, "may_share_with": frozenset(), "handovers": (a_handover(status="recalled"),)}, "Asking", "arrival",
    ),
    (
        "who arrived is left in peace", Stage.PARTNER_HANDOVER,
        {**THERE, "may_share_with": frozenset(), "handovers": (a_handover(status="recalled"),)},
        "Done", "handover.sharing_ended",
    ),
    (
        "paid by ourselves where nothing is shared", Stage.REINTEGRATION,
        {**THERE, "instalments": (INSTALMENT,), "may_share_with": frozenset()}, "Asking", "payment",
    ),
    ("offered", Stage.PARTNER_HANDOVER, {"handovers": ()}, "Doing", "offer_handover"),
    ("partner's time", Stage.PARTNER_HANDOVER, {"handovers": (a_handover(status="offered", waiting_since=NOW),)}, "Waiting", "handover.waiting"),
    (
        "partner's books are read", Stage.PARTNER_HANDOVER, {"handovers": (a_handover(status="offered"),)},
        "Doing", "look_up_handover",
    ),
    (
        "reminded", Stage.PARTNER_HANDOVER, {"handovers": (a_handover(status="offered", waiting_since=NOW - 8 * DAY),), "effects": (a_look("offered.8"),)},
        "Doing", "remind_partner",
    ),
    (
        "another partner after silence", Stage.PARTNER_HANDOVER,
        {"handovers": (a_handover(status="expired", waiting_since=NOW - 14 * DAY, ended_at=NOW - DAY),)},
        "Asking", "receiving_partner",
    ),
    ("asked back", Stage.PARTNER_HANDOVER, {"handovers": (a_handover(status="asked_back"),)}, "Asking", "handover_reply"),
    ("declined", Stage.PARTNER_HANDOVER, {"handovers": (a_handover(status="declined"),)}, "Asking", "receiving_partner"),
    ("identity after acceptance", Stage.PARTNER_HANDOVER, {"handovers": (a_handover(identity_sent=False),)}, "Doing", "send_identity"),
    ("arrival details late", Stage.PARTNER_HANDOVER, {"bookings": (a_booking(),)}, "Waiting", "handover.accepted"),
    ("arrival details in time", Stage.PARTNER_HANDOVER, {"bookings": (NEAR,)}, "Doing", "send_arrival"),
    (
        "the partner is told of another flight", Stage.PARTNER_HANDOVER,
        {"bookings": (NEAR,), "effects": (TOLD,)}, "Doing", "send_arrival",
    ),
    (
        "silence after departure is an incident", Stage.PARTNER_HANDOVER,
        {
            "boarding": "boarded", "departed_at": NOW - 3 * DAY, "effects": (TOLD, a_look("accepted.3"), OPENED),
            "bookings": (a_booking(departs_at=NOW - 3 * DAY, arrives_at=NOW - 3 * DAY),),
        },
        "Asking", "arrival",
    ),
    ("recalled after withdrawal", Stage.PARTNER_HANDOVER, {"journey": 2}, "Doing", "recall_handover"),
    ("not asked too early", Stage.DEPARTURE, {"bookings": (a_booking(),)}, "Waiting", "departure.not_yet"),
    ("asked again", Stage.DEPARTURE, {"bookings": (NEAR,)}, "Asking", "reconfirmation"),
    (
        "an old yes does not count", Stage.DEPARTURE,
        {"bookings": (NEAR,), "people": (a_person(reconfirmed_at=NOW - 5 * DAY),)}, "Asking", "reconfirmation",
    ),
    ("no ticket, no departure", Stage.DEPARTURE, {}, "Blocked", "booking.no_ticket"),
    ("departed", Stage.DEPARTURE, GONE, "Done", "stage.travelled"),
    ("plan", Stage.REINTEGRATION, THERE, "Asking", "reintegration_plan"),
    ("instalment ordered", Stage.REINTEGRATION, {**THERE, "instalments": (INSTALMENT,)}, "Doing", "order_payment"),
    ("shelter in place", Stage.REINTEGRATION, {"track": Track.IN_PLACE}, "Asking", "shelter"),
    ("check-in not due", Stage.FOLLOW_UP, THERE, "Waiting", "follow_up.not_due"),
    (
        "check-in sent", Stage.FOLLOW_UP, {**THERE, "arrived_at": NOW - 8 * DAY, "intake": f.Intake(channels=(a_channel(),))},
        "Doing", "send_check_in",
    ),
]  # fmt: skip


def said(standing: Standing) -> set[str]:
    """Everything a row of the table may name: the action, the question, or the reason."""
    return {getattr(standing, "action", ""), getattr(standing, "question", ""), reason_of(standing).code}


@pytest.mark.parametrize(("stage", "over", "kind", "what"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_stage_decides(stage: Stage, over: dict[str, Any], kind: str, what: str) -> None:
    standing = decide_stage(facts(**over), stage)
    assert type(standing).__name__ == kind, standing
    assert what in said(standing)


def test_the_same_facts_give_the_same_answer() -> None:
    assert decide(facts()) == decide(facts())


def test_l1_every_wait_and_question_ends_in_the_future() -> None:
    for _, stage, over, kind, _ in TABLE:
        if kind in ("Waiting", "Asking"):
            until = getattr(decide_stage(facts(**over), stage), "until")  # noqa: B009 - the word is known by its kind
            assert until > NOW


def test_an_unanswered_question_goes_to_the_next_role() -> None:
    late = facts(risk=None, asked={("risk_assessment", ""): NOW - 6 * DAY})
    standing = decide_stage(late, Stage.RISK_ASSESSMENT)
    assert standing.role == "supervisor"  # type: ignore[union-attr]


def test_a_closed_case_takes_no_step() -> None:
    kinds = {type(standing).__name__ for standing in decide(facts(closed=True, bookings=())).values()}
    assert kinds <= {"NotNeeded", "Done", "Doing"}
