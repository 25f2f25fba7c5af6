"""Withdrawal by command: in every state, in one step, never refused; and what it leaves."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from api.cli.answers.counselling import OPTIONS
from api.cli.cast import CONSENT
from models.consent import Consent, ConsentKind
from models.database import Database
from models.departure import Boarding
from models.effect import Effect, EffectState
from models.event import Event
from models.stage import Role, Stage, Track
from tests.journeys.light import Light
from workflows.commands import Refused, Wrong
from workflows.standing import Asking, NotNeeded, reason_of

HOUR = timedelta(hours=1)
DECLARED: dict[str, Any] = {**CONSENT, "language": "tr"}


@pytest.fixture
def light(database: Database) -> Light:
    """Somebody who has declared to return and lets the partner know."""
    light = Light(database)
    light.say("screening", {"result": "none", "vulnerable": False})
    light.say("counselling_session", {"options": OPTIONS, "language": "tr"})
    light.say("track_choice", {"track": "return"})
    light.say("declaration", {**DECLARED, "person": str(light.people()[0].id)})
    light.say("transfer_consent", {**CONSENT, "recipient": "nadia"})
    return light


def words(light: Light, kind: ConsentKind) -> list[bool]:
    """What was said of a kind, in its order."""
    with light.house.database.reading() as session:
        rows = session.exec(select(Consent).order_by(Consent.at, Consent.id)).all()  # type: ignore[arg-type]
        return [row.given for row in rows if row.kind is kind]


def depart(light: Light) -> None:
    """Boarded and gone."""
    with light.house.database.unit_of_work() as session:
        case = light.case()
        session.add(Boarding(case_id=case.id, journey=case.journey, at=light.house.clock.now(), by="test",
                             outcome="boarded", departed_at=light.house.clock.now(), generation=0))  # fmt: skip


def states(light: Light) -> dict[str, EffectState]:
    """The ledger."""
    with light.house.database.reading() as session:
        return {row.action: row.state for row in session.exec(select(Effect)).all()}


def test_l4_one_step_ends_consents_and_intents_and_begins_anew(light: Light) -> None:
    light.push()
    assert states(light) == {"ask_country_input": EffectState.INTENDED, "invite_to_examination": EffectState.INTENDED}
    light.withdraw()
    assert set(states(light).values()) == {EffectState.VOID}
    assert (light.case().journey, light.case().track) == (2, Track.UNDECIDED)
    assert words(light, ConsentKind.DECLARATION) == [True, False]
    assert words(light, ConsentKind.TRANSFER) == [True, False]
    assert words(light, ConsentKind.DATA) == [True]


def test_a_second_press_of_the_button_arranges_no_second_bed(light: Light) -> None:
    light.withdraw()
    light.say("bed_and_transport", {})
    first = light.case().withdrawn_at
    light.later(HOUR)
    light.withdraw()
    assert (light.case().journey, light.case().withdrawn_at) == (2, first)
    light.say("track_choice", {"track": "return"})
    light.withdraw()
    assert light.case().journey == 3
    assert light.stands(Stage.COUNSELLING).question == "bed_and_transport"  # type: ignore[union-attr]


def test_a_later_change_of_track_asks_for_no_second_bed(light: Light) -> None:
    light.withdraw()
    light.say("bed_and_transport", {})
    light.say("counselling_session", {"options": OPTIONS, "language": "tr"})
    for track in ("return", "in_place"):
        light.say("track_choice", {"track": track})
    assert getattr(light.stands(Stage.COUNSELLING), "question", "") != "bed_and_transport"


def test_f33_after_departure_it_is_accepted_and_ends_sharing(light: Light) -> None:
    depart(light)
    light.withdraw()
    assert light.case().journey == 1, "the journey has been made"
    assert words(light, ConsentKind.TRANSFER) == [True, False]
    assert words(light, ConsentKind.DECLARATION) == [True]
    light.withdraw()
    assert words(light, ConsentKind.TRANSFER) == [True, False], "nothing is taken back twice"
    assert light.facts().may_share_with == frozenset()
    standing = light.stands(Stage.PARTNER_HANDOVER)
    assert reason_of(standing).code == "handover.not_shared"


def test_l4_a_closed_case_can_be_withdrawn_from(light: Light) -> None:
    with light.house.database.unit_of_work() as session:
        case = session.merge(light.case())
        case.closed_at = light.house.clock.now()
    light.withdraw()
    assert words(light, ConsentKind.TRANSFER) == [True, False]


def test_taking_back_the_consent_to_keep_data_is_withdrawing(light: Light) -> None:
    light.say("data_consent", {**CONSENT, "given": False})
    assert light.case().journey == 2
    bed = light.stands(Stage.COUNSELLING)
    assert isinstance(bed, Asking)
    assert bed.question == "bed_and_transport"
    light.say("bed_and_transport", {})
    light.say("counselling_appointment", {"about": light.facts().withdrawal, "declined": True})
    light.say("withdrawal_note", {"about": light.facts().withdrawal, "third_party_present": "no"})
    assert isinstance(light.stands(Stage.INTAKE), NotNeeded), "nobody is pressed to give it again"
    assert getattr(light.stands(Stage.CLOSURE), "question", "") == "closure"
    light.say("data_consent", CONSENT)
    assert getattr(light.stands(Stage.COUNSELLING), "question", "") == "counselling_session"


def test_one_recipient_alone_can_be_taken_back_even_one_whose_agreement_has_ended(light: Light) -> None:
    light.say("transfer_consent", {**CONSENT, "recipient": "tariq"})
    light.later(timedelta(days=40_000))
    light.say("transfer_consent", {**CONSENT, "recipient": "nadia", "given": False})
    assert light.facts().may_share_with == {"tariq"}
    assert light.case().track is Track.RETURN, "the journey goes on"
    with pytest.raises(Wrong, match="no agreement"):
        light.say("transfer_consent", {**CONSENT, "recipient": "nadia"})


def test_counselling_is_offered_within_48_hours(light: Light) -> None:
    light.withdraw()
    about, now = light.facts().withdrawal, light.house.clock.now()
    with pytest.raises(Refused, match="wants none"):
        light.say("counselling_appointment", {"about": about, "on": now + 48 * HOUR + HOUR / 60})
    with pytest.raises(ValueError, match="say declined"):
        light.say("counselling_appointment", {"about": about})
    with pytest.raises(Wrong, match="newest withdrawal"):
        light.say("counselling_appointment", {"about": "withdrawal:earlier", "declined": True})
    light.say("counselling_appointment", {"about": about, "on": now + 48 * HOUR})
    assert ("appointment", about) in light.facts().supports


@pytest.mark.parametrize(("who", "flags"), [("yes", 1), ("no", 0), ("unknown", 0)])
def test_a_third_party_at_the_withdrawal_is_noted_and_is_a_sign_of_coercion(light: Light, who: str, flags: int) -> None:
    light.withdraw()
    light.say("withdrawal_note", {"about": light.facts().withdrawal, "third_party_present": who}, Role.MOVEMENT_OFFICER)
    assert len(light.facts().voluntariness.open_flags) == flags


def test_nobody_arranges_a_bed_for_a_withdrawal_that_was_not(light: Light) -> None:
    with pytest.raises(Refused, match="Nobody has withdrawn"):
        light.say("bed_and_transport", {})


def test_what_happened_is_in_the_chain(light: Light) -> None:
    light.withdraw()
    with light.house.database.reading() as session:
        kinds = {event.kind for event in session.exec(select(Event)).all()}
    assert "withdrawn" in kinds
