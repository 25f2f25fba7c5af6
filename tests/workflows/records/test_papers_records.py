"""Papers on record: what is refused and how it is said, what is kept sealed, and what follows from it."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import select

from api.cli.cast import TEXT_HASH
from models import clearance
from models.database import Database, vault_of
from models.event import Event
from models.stage import Role, Stage
from models.travel_document import Custody, TravelDocument
from tests.journeys.light import BEGIN, Light
from workflows import gates
from workflows import inputs as i
from workflows.commands import NotAllowed, Refused, Wrong
from workflows.duties import duties
from workflows.explain import explain
from workflows.standing import Blocked

TODAY = BEGIN.date()
TOLD = {"text_version": "ban-1", "text_hash": TEXT_HASH, "language": "tr"}
MEDICAL, MOVEMENT, PROTECTION = Role.MEDICAL_OFFICER, Role.MOVEMENT_OFFICER, Role.PROTECTION_OFFICER


@pytest.fixture
def light(database: Database) -> Light:
    """A case of somebody who is no victim."""
    light = Light(database)
    light.say("screening", {"result": "none", "vulnerable": False})
    return light


def who(light: Light) -> str:
    """The principal."""
    return str(light.people()[0].id)


def of(light: Light) -> Any:
    """Their papers."""
    return light.facts().papers.of(who(light))


def kinds(light: Light) -> set[str]:
    """What is asked beside the stages now."""
    facts = light.facts()
    return {duty.asking.question for duty in duties(facts) if duty.is_open(facts.now)}


def stay(light: Light, days: int, payer: str = "person") -> None:
    """They overstayed by so many days."""
    light.say("legal_stay", {"person": who(light), "ends_on": TODAY - timedelta(days=days), "fine_payer": payer})


# --- documents -------------------------------------------------------------------------------------------------------

GERMAN = ["P<D<<ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36D<<7408122F3204153ZE184226B<<<<<16"]


def passport(**over: Any) -> dict[str, Any]:
    """A passport with its zone."""
    known = {"kind": "passport", "country": "DEU", "number": "L898902C3", "expires_on": "2032-04-15", "mrz": GERMAN}
    return {**known, **over}


def test_f48_names_come_from_the_zone_and_stay_sealed(light: Light) -> None:
    light.say("travel_document", {"person": who(light), "document": passport()})
    with light.house.database.reading() as session:
        row = session.exec(select(TravelDocument).where(TravelDocument.country == "DEU")).one()
        vault = vault_of(session)
        assert (vault.open(row, "given_names"), vault.open(row, "family_name")) == ("ANNA MARIA", "ERIKSSON")
        assert vault.open(row, "zone") == GERMAN
        assert b"ERIKSSON" not in (row.family_name or b"")


@pytest.mark.parametrize(
    ("over", "word"),
    [
        ({"mrz": [GERMAN[0], GERMAN[1].replace("L898902C3", "L898902O3")]}, "check digit of number"),
        ({"number": "L898902C4"}, "document number"),
        ({"expires_on": "2032-04-16"}, "day of expiry"),
        ({"country": "GEO"}, "issuer"),
        ({"mrz": ["P<D<<ERIKSSON"]}, "copy them as printed"),
        ({"mrz": ["V" + GERMAN[0][1:], GERMAN[1]]}, "visa"),
        ({"mrz": None, "issued_on": "2033-01-01"}, "issued_on"),
        ({"mrz": None, "family_name": ""}, "family_name"),
    ],
)
def test_a_zone_that_contradicts_what_was_typed_is_refused(over: dict[str, Any], word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        i.DocumentIn.model_validate(passport(**over))


def test_f48_another_name_is_a_question_to_a_person_and_is_never_corrected(light: Light) -> None:
    light.say("travel_document", {"person": who(light), "document": passport()})
    (paper,) = [one for one in light.facts().principal.documents if one.country == "DE"]
    assert (paper.printed, paper.name) == (True, "differs")
    said = gates.trouble(light.facts(), light.facts().principal, paper)
    assert said
    assert said.code == "documents.name"
    with pytest.raises(Refused, match="not asked for"):
        light.say("document_name", {"about": paper.id, "theirs": True}, MOVEMENT)  # another passport serves already


def test_a_laissez_passer_serves_once_whatever_was_ticked(light: Light) -> None:
    paper = {"kind": "laissez_passer", "country": "UZB", "number": "LP123", "expires_on": TODAY + timedelta(days=60)}
    light.say("travel_document", {"person": who(light), "document": paper})
    known = {one.kind: one.single_journey for one in light.facts().principal.documents}
    assert known == {"passport": False, "laissez_passer": True}


def test_custody_is_a_log_and_a_withheld_document_is_a_marker(light: Light) -> None:
    (paper,) = light.facts().principal.documents
    for holder in ("house", "trafficker", "authority"):
        light.say("document_custody", {"person": who(light), "document": paper.id, "holder": holder})
        assert light.facts().principal.documents[0].holder == holder
        assert light.facts().papers.withheld is (holder == "trafficker")
    with light.house.database.reading() as session:
        rows = session.exec(select(Custody)).all()
        assert len(rows) == 3
        assert all(b"trafficker" not in (row.holder or b"") for row in rows)


def test_a_document_nobody_has_seen_can_be_withheld_and_not_handed_over(light: Light) -> None:
    light.say("document_custody", {"person": who(light), "holder": "employer"})
    assert light.facts().papers.withheld
    assert len(light.facts().principal.documents) == 1
    with pytest.raises(ValidationError, match="name the document"):
        light.say("document_custody", {"person": who(light), "holder": "house"})


@pytest.mark.parametrize("kind", ["nationality_evidence", "document_collected", "expiry_seen"])
def test_what_is_not_asked_for_is_refused(light: Light, kind: str) -> None:
    (paper,) = light.facts().principal.documents
    bodies: dict[str, dict[str, Any]] = {
        "nationality_evidence": {"person": who(light), "proofs": []},
        "document_collected": {"about": paper.id},
        "expiry_seen": {"about": paper.id, "plan": "renew"},
    }
    with pytest.raises(Refused, match="not asked for now"):
        light.say(kind, bodies[kind], Role.SUPERVISOR)


def test_nobody_is_called_stateless_whom_no_consulate_has_refused(light: Light) -> None:
    with pytest.raises(Refused, match="apply for a document first"):
        light.say("statelessness", {"person": who(light), "outcome": "stateless"}, PROTECTION)


def test_only_a_movement_officer_reads_a_ticket_and_only_of_this_case(light: Light) -> None:
    with pytest.raises(NotAllowed):
        light.say("ticket_name", {"about": f"{who(light)}.1", "family_name": "KARIMOVA"})
    for about in ("nobody.1", "0190b6a0-0000-7000-8000-000000000001.1"):
        with pytest.raises(Wrong, match="not found in this case"):
            light.say("ticket_name", {"about": about, "family_name": "KARIMOVA"}, MOVEMENT)


# --- health ----------------------------------------------------------------------------------------------------------


def fit(light: Light, **over: Any) -> None:
    """A medical officer's word."""
    days = {"valid_from": TODAY, "valid_until": TODAY + timedelta(days=120)}
    light.say("health_clearance", {"person": who(light), "fit": True, **days, **over}, MEDICAL)


def test_what_health_needs_leaves_the_vault_only_as_codes(light: Light) -> None:
    due = TODAY + timedelta(days=280 - 7 * 30)  # in the thirtieth week today
    fit(light, due_on=due, medical_escort=True, pre_embarkation=True, notes="told in confidence")
    word = light.facts().principal.fitness
    assert word
    assert word.wants == {"certificate", "pre_embarkation"}
    assert (word.needs_medical_escort, word.prepared, word.barred) == (True, False, False)
    assert due.isoformat() not in repr(light.facts())
    with light.house.database.reading() as session:
        row = session.exec(select(clearance.HealthClearance)).one()
        assert due.isoformat().encode() not in (row.needs or b"")


def test_the_weeks_are_those_of_the_day_that_is_planned(light: Light) -> None:
    fit(light, due_on=TODAY + timedelta(days=280 - 7 * 27))
    word = light.facts().principal.fitness
    assert word
    assert word.wants == frozenset()
    for days, wants, barred in (
        (6, set(), False),
        (7, {"certificate"}, False),
        (62, {"certificate"}, False),
        (63, set(), True),
    ):
        plan = {"origin": "IST", "destination": "TAS", "depart_on": TODAY + timedelta(days=days)}
        light.say("journey_plan", plan, MOVEMENT)
        word = light.facts().principal.fitness
        assert word
        assert (set(word.wants), word.barred) == (wants, barred), days


def test_the_explanation_and_the_events_do_not_tell_why(light: Light) -> None:
    fit(light, due_on=TODAY + timedelta(days=14), notes="told in confidence")
    facts = light.facts()
    for language in ("en", "tr"):
        text = explain(Stage.HEALTH, Blocked((gates.fit(facts),)), language).lower()  # type: ignore[arg-type]
        assert not any(word in text for word in ("pregnan", "gebe", "hamile", "birth", "doğum", "week", "hafta"))
    with light.house.database.reading() as session:
        assert "due" not in repr([event.said for event in session.exec(select(Event)).all()])


def test_a_paper_that_is_not_signed_yet_is_refused(light: Light) -> None:
    body = {"person": who(light), "paper": "medif", "fit": True, "signed_at": BEGIN + timedelta(hours=1)}
    with pytest.raises(Wrong, match="when it is signed"):
        light.say("fitness_paper", body, MEDICAL)
    with pytest.raises(NotAllowed):
        light.say("fitness_paper", {**body, "signed_at": BEGIN}, MOVEMENT)


def test_an_unfit_check_closes_the_gate_until_somebody_looks_again(light: Light) -> None:
    fit(light, pre_embarkation=True)
    paper = {"person": who(light), "paper": "pre_embarkation"}
    light.say("fitness_paper", {**paper, "fit": True}, MEDICAL)
    assert gates.fit(light.facts()) is None
    light.say("fitness_paper", {**paper, "fit": False}, MEDICAL)
    closed = gates.fit(light.facts())
    assert closed
    assert closed.code == "health.unfit"
    fit(light, pre_embarkation=True)
    assert gates.fit(light.facts()) is None


# --- exit ------------------------------------------------------------------------------------------------------------


def test_the_choice_to_return_is_refused_until_the_ban_is_told(light: Light) -> None:
    light.say("counselling_session", SESSION)
    stay(light, 100)
    with pytest.raises(Refused, match="Tell the person first"):
        light.say("track_choice", {"track": "return"})
    light.say("ban_told", {"person": who(light), **TOLD})
    light.say("track_choice", {"track": "return"})
    assert light.facts().track.value == "return"


def test_staying_needs_no_telling(light: Light) -> None:
    stay(light, 100)
    light.say("track_choice", {"track": "in_place"})
    assert light.facts().track.value == "in_place"


def test_what_was_told_is_kept_with_its_band_and_its_text(light: Light) -> None:
    stay(light, 100)
    with pytest.raises(Wrong, match="is 1; tell that"):
        light.say("ban_told", {"person": who(light), "months": 0, **TOLD})
    light.say("ban_told", {"person": who(light), "months": 1, **TOLD})
    with light.house.database.reading() as session:
        row = session.exec(select(clearance.BanTold)).one()
        assert (row.months, row.overstay_days, row.travel_on, row.text_hash) == (1, 100, TODAY, TEXT_HASH)


def test_time_makes_it_worse_and_it_is_told_again(light: Light) -> None:
    stay(light, 85)
    light.say("ban_told", {"person": who(light), **TOLD})
    assert gates.untold(light.facts()) is None
    light.later(timedelta(days=5))
    worse = gates.untold(light.facts())
    assert worse
    assert dict(worse.values) == {"months": 1, "told": 0}
    assert "ban_told" in kinds(light)
    light.say("ban_told", {"person": who(light), **TOLD})
    assert gates.untold(light.facts()) is None


def test_nothing_can_be_told_while_the_stay_is_unknown(light: Light) -> None:
    with pytest.raises(Refused, match="until when the person may stay"):
        light.say("ban_told", {"person": who(light), **TOLD})


@pytest.mark.parametrize(("payer", "months"), [("person", 0), ("programme", 0), ("waived", 0), ("nobody", 3)])
def test_a_fine_that_nobody_pays_makes_the_ban_longer(light: Light, payer: str, months: int) -> None:
    stay(light, 10, payer)
    light.say("ban_told", {"person": who(light), "months": months, **TOLD})


def test_a_hold_is_lifted_by_whom_it_came_from_and_outlives_a_journey(light: Light) -> None:
    for authority in ("court", "prosecutor"):
        light.say("exit_hold", {"authority": authority, "lifted": False}, MOVEMENT)
    light.say("exit_hold", {"authority": "court", "lifted": True}, MOVEMENT)
    light.withdraw()
    assert light.facts().papers.held
    light.say("exit_hold", {"authority": "prosecutor", "lifted": True}, MOVEMENT)
    assert not light.facts().papers.held


@pytest.mark.parametrize(("days", "good"), [(14, False), (15, True), (30, True), (31, False), (None, True)])
def test_days_to_leave_are_those_of_the_law(light: Light, days: int | None, good: bool) -> None:
    body = {"person": who(light), "notified_on": TODAY, "leave_days": days}
    if not good:
        with pytest.raises(Wrong, match="between 15 and 30"):
            light.say("removal_decision", body)
        return
    light.say("removal_decision", body)
    assert of(light).removal.leave_until == (TODAY + timedelta(days=days) if days else None)
    assert of(light).removal.appeal_until == TODAY + timedelta(days=7)


def test_an_appeal_after_its_days_is_not_kept_as_if_it_were_in_time(light: Light) -> None:
    with pytest.raises(Refused, match="no removal decision"):
        light.say("removal_appeal", {"person": who(light), "outcome": "appealed"}, PROTECTION)
    light.say("removal_decision", {"person": who(light), "notified_on": TODAY})
    light.later(timedelta(days=8))
    with pytest.raises(Refused, match="ask legal aid"):
        light.say("removal_appeal", {"person": who(light), "outcome": "appealed"}, PROTECTION)
    light.say("removal_appeal", {"person": who(light), "outcome": "waived"}, PROTECTION)


# --- permits ---------------------------------------------------------------------------------------------------------


def permit(light: Light, kind: str, issued_on: date | None = None, until: date | None = None) -> None:
    """One permit."""
    light.say(
        "victim_permit", {"person": who(light), "kind": kind, "issued_on": issued_on, "valid_until": until}, PROTECTION
    )


def test_permits_come_in_order_and_none_is_longer_than_the_law_allows(light: Light) -> None:
    with pytest.raises(Refused, match="the first permit"):
        permit(light, "extension", TODAY, TODAY + timedelta(days=30))
    with pytest.raises(Wrong, match=f"at most until {TODAY + timedelta(days=30)}"):
        permit(light, "first", TODAY, TODAY + timedelta(days=31))
    permit(light, "first", TODAY, TODAY + timedelta(days=30))
    with pytest.raises(Refused, match="an extension"):
        permit(light, "first", TODAY, TODAY + timedelta(days=30))
    with pytest.raises(Wrong, match="2026-10-01"):
        permit(light, "extension", TODAY, date(2026, 10, 2))
    permit(light, "extension", TODAY, date(2026, 10, 1))
    assert (of(light).permit.count, of(light).permit.valid_until) == (2, date(2026, 10, 1))


def test_no_extension_goes_beyond_three_years(light: Light) -> None:
    permit(light, "first", TODAY, TODAY + timedelta(days=30))
    until = [date(2026, 10, 1), date(2027, 4, 1), date(2027, 10, 1), date(2028, 4, 1), date(2028, 10, 1)]
    for day in until:
        permit(light, "extension", TODAY, day)
    with pytest.raises(Wrong, match="2029-03-02"):
        permit(light, "extension", TODAY, date(2029, 3, 3))
    permit(light, "extension", TODAY, date(2029, 3, 2))
    with pytest.raises(Wrong):
        permit(light, "extension", TODAY, date(2029, 3, 3))


@pytest.mark.parametrize(
    ("ground", "coerced", "objection"),
    [
        ("contact_with_perpetrators", True, True), ("contact_with_perpetrators", False, False),
        ("obligations_not_met", True, True), ("not_a_victim", True, False),
    ],
)  # fmt: skip
def test_coercion_undoes_the_grounds_it_can_have_caused(
    light: Light, ground: str, coerced: bool, objection: bool
) -> None:
    body = {"person": who(light), "on_day": TODAY, "ground": ground, "coerced": coerced}
    with pytest.raises(Refused, match="no permit to cancel"):
        light.say("permit_cancellation", body)
    permit(light, "first", TODAY, TODAY + timedelta(days=30))
    light.say("permit_cancellation", body)
    assert ("permit_objection" in kinds(light)) is objection
    if objection:
        light.later(timedelta(minutes=1))
        light.say("permit_objection", {"person": who(light)}, PROTECTION)
        assert "permit_objection" not in kinds(light)


def test_the_clock_runs_on_when_the_person_withdraws(light: Light) -> None:
    permit(light, "first", TODAY, TODAY + timedelta(days=30))
    light.withdraw()
    assert of(light).permit.valid_until == TODAY + timedelta(days=30)
    light.later(timedelta(days=17))
    assert "victim_permit" in kinds(light)


def test_f49_numbers_out_of_reach_are_refused() -> None:
    one = "0190b6a0-0000-7000-8000-000000000001"
    for field, value in (
        ("fine_estimate", "1e400"),
        ("fine_estimate", "NaN"),
        ("fine_estimate", "-5"),
        ("ends_on", "٢٠٢٦-٠١-٠١"),
    ):
        with pytest.raises(ValidationError):
            i.LegalStayIn.model_validate({"person": one, "ends_on": None, "currency": "TRY", field: value})
    with pytest.raises(ValidationError):
        i.RemovalIn.model_validate({"person": one, "notified_on": "2026-01-01", "leave_days": 2**63})


SESSION: dict[str, Any] = {"options": ["stay", "asylum", "regularisation", "return", "third_country"], "language": "tr"}
