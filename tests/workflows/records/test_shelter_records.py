"""Shelters by command: beds that suit, one stay at a time, free to leave, nobody else's clients, words in conflict."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from api.cli.cast import Child
from models.base import new_id
from models.database import Database
from models.event import Event
from models.queries.shelter import clients_of, free_beds, shortfall, standing_word
from models.shelter import ShelterAddress, ShelterBed, ShelterEntry, ShelterField, Stay, UnmetNeed
from models.staff import Staff
from models.stage import Role, Stage
from tests.journeys.house import BEGIN
from tests.journeys.light import Light
from workflows import commands
from workflows.commands import NotAllowed, Refused, Wrong
from workflows.commands.shelter import open_unit, read_address
from workflows.duties import duties
from workflows.facts import Facts, Traveller
from workflows.pathways import CURRENT, rules_of
from workflows.pathways.tables.shelter import BedKind
from workflows.records import FACTS
from workflows.records.beds import suits

HOUSE, OFFICER = Role.SHELTER_PARTNER, Role.PROTECTION_OFFICER
HOUR = timedelta(hours=1)
OTHERS = Staff(handle="other_house", roles=["shelter_partner"], partner="umut")
OURS = Staff(handle="shelter_partner", roles=["shelter_partner"], partner="yuva")
COUNSELLOR = Staff(handle="counsellor", roles=["counsellor"])


@pytest.fixture
def light(database: Database) -> Light:
    """A woman who stays, and a house of another partner."""
    light = Light(database)
    light.say("screening", {"result": "actual", "vulnerable": True})
    with database.unit_of_work() as session:
        open_unit(session, "H-2", "umut", "elsewhere", {"women": 1}, "console", light.house.clock.now())
    return light


def client() -> str:
    """An id as a device makes it."""
    return str(uuid4())


def who(light: Light) -> str:
    """The principal."""
    return str(light.people()[0].id)


def enter(light: Light, **over: Any) -> str:
    """Admit the principal. Gives the stay."""
    light.say("admission", {"person": who(light), "client_id": client(), "unit": "H-1", **over}, HOUSE)
    return light.facts().shelter.stays[-1].id


def rows(light: Light, kind: Any) -> list[Any]:
    """All rows of a kind."""
    with light.house.database.reading() as session:
        return list(session.exec(select(kind)).all())


def bed_of(light: Light) -> str | None:
    """The label of the bed that is taken, if one is."""
    return next((bed.label for bed in rows(light, ShelterBed) if bed.occupied_by), None)


def test_a_bed_that_suits_is_taken_and_free_again_when_the_person_leaves_without_a_reason(light: Light) -> None:
    stay = enter(light)
    assert bed_of(light) == "women-1"
    light.say("stay_end", {"client_id": client(), "stay": stay}, HOUSE)
    assert bed_of(light) is None
    assert light.facts().shelter.stays == ()
    with pytest.raises(Refused, match="ended already"):
        light.say("stay_end", {"client_id": client(), "stay": stay})


def test_anybody_of_the_house_or_a_counsellor_lets_somebody_go_at_any_time(light: Light) -> None:
    light.say("coercion_flag", {"sign": "family_demand"})
    stay = enter(light)
    light.withdraw()
    light.say("stay_end", {"client_id": client(), "stay": stay, "left_at": light.house.clock.now()}, Role.COUNSELLOR)
    assert light.facts().shelter.stays == ()


def test_nobody_leaves_before_they_came_and_nobody_is_in_two_beds(light: Light) -> None:
    stay = enter(light)
    with pytest.raises(Wrong, match="before they came"):
        light.say("stay_end", {"client_id": client(), "stay": stay, "left_at": light.house.clock.now() - HOUR}, HOUSE)
    with pytest.raises(Refused, match="H-1 already"):
        enter(light)


def test_what_a_device_sends_twice_is_kept_once(light: Light) -> None:
    writing = client()
    first = enter(light, client_id=writing)
    assert enter(light, client_id=writing) == first
    assert len(rows(light, Stay)) == 1
    line = {
        "client_id": client(),
        "stay": first,
        "kind": "note",
        "happened_at": light.house.clock.now(),
        "text": "slept",
    }
    for _ in range(3):
        light.say("shelter_entry", line, HOUSE)
    assert len(rows(light, ShelterEntry)) == 1


def test_a_full_house_says_what_to_do_and_the_shortfall_is_counted(light: Light) -> None:
    with light.house.database.unit_of_work() as session:
        for bed in session.exec(select(ShelterBed)).all():
            bed.occupied_by = new_id()
    with pytest.raises(Refused, match="unmet_need") as refused:
        enter(light)
    assert (refused.value.code, refused.value.status) == ("no_bed", 409)
    light.say("unmet_need", {"person": who(light), "need": "shelter", "reason": "no_bed"}, HOUSE)
    with pytest.raises(Wrong, match="say why"):
        light.say("unmet_need", {"person": who(light), "need": "shelter", "reason": "excluded"}, HOUSE)
    light.say("unmet_need", {"person": who(light), "need": "shelter", "reason": "excluded",
                             "exclusions": ["gender_identity"], "detail": "turned away at the door"}, HOUSE)  # fmt: skip
    with light.house.database.reading() as session:
        assert shortfall(session) == {("shelter", "no_bed"): 1, ("shelter", "excluded"): 1}
    assert light.facts().shelter.unmet


def test_somebody_who_slept_there_already_is_written_down_bed_or_no_bed(light: Light) -> None:
    with light.house.database.unit_of_work() as session:
        for bed in session.exec(select(ShelterBed)).all():
            bed.occupied_by = new_id()
    night = light.house.clock.now() - 9 * HOUR
    enter(light, already_there=True, admitted_at=night)
    stay, need = rows(light, Stay)[0], rows(light, UnmetNeed)[0]
    assert (stay.bed_id, stay.admitted_at, need.reason) == (None, night, "over_capacity")


@pytest.mark.parametrize(
    ("sex", "born", "principal", "kinds"),
    [
        ("F", date(1990, 1, 1), True, ["women", "any", "family"]),
        ("M", date(1990, 1, 1), True, ["men", "any", "family"]),
        ("X", date(1990, 1, 1), True, ["any", "family"]),
        ("F", date(2012, 1, 1), True, ["child", "family"]),  # a child alone
        ("M", date(2020, 1, 1), False, ["women", "child", "family"]),  # a small boy with his mother
        ("M", date(2014, 3, 2), False, ["child", "family"]),  # twelve today
        ("M", date(2014, 3, 3), False, ["women", "child", "family"]),  # twelve tomorrow
        ("F", date(2008, 3, 2), False, ["women", "any", "family"]),  # eighteen today
    ],
)
def test_beds_suit_by_sex_age_and_company(sex: str, born: date, principal: bool, kinds: list[str]) -> None:
    person = Traveller("p", principal, born)
    table = rules_of(*CURRENT).rows(BedKind)
    assert [kind.code for kind in table if suits(kind, person, sex, date(2026, 3, 2))] == kinds


def test_a_family_goes_in_together_or_not_at_all(database: Database) -> None:
    light = Light(database, children=[Child("A", "A", 30), Child("B", "B", 150)])
    light.say("screening", {"result": "none", "vulnerable": True})
    with database.unit_of_work() as session:
        for bed in session.exec(select(ShelterBed)).all():
            bed.occupied_by = new_id() if bed.kind in ("child", "family") else None
    with pytest.raises(Refused, match="No bed"):
        light.say("shelter", {"place": "bed"}, HOUSE)
    assert [bed for bed in rows(light, ShelterBed) if bed.kind == "women" and bed.occupied_by] == []
    assert light.facts().supports == frozenset()


def test_a_partner_deals_with_its_own_houses_only(light: Light) -> None:
    stay = enter(light)
    body = FACTS["stay_end"].model.model_validate({"client_id": client(), "stay": stay})
    with pytest.raises(NotAllowed, match="another partner"):
        commands.record(light.house, light.ref, FACTS["stay_end"], body, OTHERS)
    with pytest.raises(NotAllowed, match="another partner"):
        enter(light, unit="H-2")


def test_a_partner_sees_its_own_clients_and_nobody_sees_them_without_a_reason(light: Light) -> None:
    enter(light)
    with light.house.database.reading() as session:
        assert [ref for _, ref in clients_of(session, OURS)] == [light.ref]
        assert [ref for _, ref in clients_of(session, COUNSELLOR)] == [light.ref]
        for stranger in (OTHERS, Staff(handle="x", roles=["shelter_partner"]), Staff(handle="m", roles=["operations"]),
                         Staff(handle="r", roles=["receiving_partner"], partner="yuva")):  # fmt: skip
            assert clients_of(session, stranger) == []
        assert set(free_beds(session, OTHERS)) == {("H-2", "women")}
        assert free_beds(session, OURS)[("H-1", "women")] == 3


def test_an_address_is_read_by_relation_and_the_reading_is_written_down_first(light: Light) -> None:
    for reader, ref in ((COUNSELLOR, light.ref), (OTHERS, light.ref), (Staff(handle="o", roles=["operations"]), "")):
        with pytest.raises(NotAllowed):
            read_address(light.house, reader, "H-1", ref)
    with pytest.raises(NotAllowed):
        read_address(light.house, COUNSELLOR, "nowhere", light.ref)
    enter(light)
    assert read_address(light.house, COUNSELLOR, "H-1", light.ref) == "an invented street"
    assert read_address(light.house, OURS, "H-1", "") == "an invented street"
    kinds = [
        (event.subject, event.kind, event.by)
        for event in rows(light, Event)
        if event.kind.startswith("shelter.address")
    ]
    assert kinds == [
        ("U:H-1", "shelter.address_read", "counsellor"),
        ("U:H-1", "shelter.address_read", "shelter_partner"),
    ]
    stored = [row.address for row in rows(light, ShelterAddress)]
    assert all(b"street" not in sealed and b"elsewhere" not in sealed for sealed in stored)


def test_no_other_file_touches_the_vault_of_addresses() -> None:
    root = Path(__file__).parents[3]
    code = [path for room in ("api", "workflows") for path in (root / room).rglob("*.py")]
    users = {path.relative_to(root).as_posix() for path in code if "ShelterAddress" in path.read_text(encoding="utf-8")}
    assert users == {"workflows/commands/shelter.py"}


def test_assistance_is_capped_for_each_person_and_line(light: Light) -> None:
    food = {"person": who(light), "line": "food", "currency": "TRY", "given_on": "2026-03-02"}
    light.say("direct_assistance", {**food, "client_id": client(), "amount": "11000"}, HOUSE)
    with pytest.raises(Refused, match=r"1000\.00 TRY are left"):
        light.say("direct_assistance", {**food, "client_id": client(), "amount": "1000.01"}, HOUSE)
    last = {**food, "client_id": client(), "amount": "1000.00"}
    light.say("direct_assistance", last, HOUSE)
    light.say("direct_assistance", last, HOUSE)  # sent twice, kept once: else it would be over the cap
    with pytest.raises(Wrong, match="rent"):
        light.say("direct_assistance", {**food, "line": "gambling", "client_id": client(), "amount": "1"}, HOUSE)
    with pytest.raises(Wrong, match="TRY"):
        light.say("direct_assistance", {**food, "currency": "EUR", "client_id": client(), "amount": "1"}, HOUSE)


def word(light: Light, stay: str, field: str, value: str, at: int, replaces: str | None, role: Role = HOUSE) -> str:
    """One word on the sheet. Gives its id."""
    writing = client()
    light.say("shelter_field", {"client_id": writing, "stay": stay, "field": field, "value": value, "replaces": replaces,
                                "written_at": BEGIN + at * HOUR}, role)  # fmt: skip
    return str(next(row.id for row in rows(light, ShelterField) if row.client_id == writing))


def stands(light: Light, field: str, *, newest: bool = False) -> Any:
    """The value that stands."""
    with light.house.database.reading() as session:
        stay = session.exec(select(Stay)).one()
        row = standing_word(session, stay.id, field, newest=newest)
        return session.info["vault"].open(row, "value") if row else None


@pytest.mark.parametrize("field", ["consent_to_share", "risk_level"])
def test_the_last_to_write_never_wins_on_consent_or_risk(light: Light, field: str) -> None:
    stay = enter(light)
    first = word(light, stay, field, "careful", 0, None)
    word(light, stay, field, "more careful", 1, first, Role.COUNSELLOR)
    late = word(light, stay, field, "never mind", 5, first)  # written offline upon what stood before
    assert stands(light, field) == "more careful"
    assert late in light.facts().shelter.contested
    asked = [duty.asking for duty in duties(light.facts()) if duty.asking.question == "shelter_decision"]
    assert [(one.role, one.subject) for one in asked] == [(OFFICER, late)]
    with pytest.raises(Refused, match="must decide"):
        light.say("shelter_decision", {"about": late, "stands": "this"}, OFFICER, by="counsellor")
    light.say("shelter_decision", {"about": late, "stands": "this"}, OFFICER)
    assert stands(light, field) == "never mind"
    assert light.facts().shelter.contested == ()


def test_a_conflict_decided_for_the_other_changes_nothing(light: Light) -> None:
    stay = enter(light)
    first = word(light, stay, "risk_level", "high", 0, None)
    late = word(light, stay, "risk_level", "low", 3, None, Role.COUNSELLOR)
    light.say("shelter_decision", {"about": late, "stands": "other"}, OFFICER)
    assert stands(light, "risk_level") == "high"
    word(light, stay, "risk_level", "medium", 4, first)
    assert stands(light, "risk_level") == "medium"


def test_of_other_fields_the_later_writing_stands_whenever_it_arrives(light: Light) -> None:
    stay = enter(light)
    word(light, stay, "room", "3", 5, None)
    word(light, stay, "room", "2", 1, None)  # older, and arrives later
    assert stands(light, "room", newest=True) == "3"
    word(light, stay, "diet", "no nuts", 0, None)  # another field is in nobody's way
    assert light.facts().shelter.contested == ()
    with pytest.raises(Wrong, match="risk_level"):
        word(light, stay, "star_sign", "x", 0, None)


def test_a_serious_incident_is_looked_into_by_another(light: Light) -> None:
    line = {"client_id": client(), "stay": enter(light), "happened_at": BEGIN, "text": "a man at the door"}
    light.say("shelter_entry", {**line, "kind": "visitor", "serious": True}, HOUSE)
    assert light.facts().shelter.incidents == ()
    light.say("shelter_entry", {**line, "client_id": client(), "kind": "incident", "serious": True}, HOUSE)
    (incident,) = light.facts().shelter.incidents
    with pytest.raises(Refused, match="Somebody else"):
        light.say("shelter_incident_review", {"about": incident}, OFFICER, by="shelter_partner")
    light.say("shelter_incident_review", {"about": incident}, OFFICER)
    assert light.facts().shelter.incidents == ()


def test_a_stay_is_reviewed_every_three_months_and_holds_the_closing(light: Light) -> None:
    def asked(facts: Facts) -> list[str]:
        return [d.asking.subject for d in duties(facts) if d.asking.question == "stay_review" and d.is_open(facts.now)]

    stay = enter(light)
    light.later(timedelta(days=90) - HOUR)
    assert asked(light.facts()) == []
    light.later(HOUR)
    assert asked(light.facts()) == [stay]
    light.say("stay_review", {"about": stay, "still_needed": True}, HOUSE)
    assert asked(light.facts()) == []
    light.later(timedelta(days=90))
    light.say("stay_review", {"about": stay, "still_needed": False}, HOUSE)
    assert light.facts().shelter.stays == ()


def test_switching_tracks_both_ways_keeps_the_bed_and_the_history(light: Light) -> None:
    light.say("counselling_session", {"options": ["return"], "language": "tr"})
    for track in ("in_place", "return", "in_place"):
        light.say("track_choice", {"track": track})
    enter(light)
    light.say("track_choice", {"track": "return"})
    assert light.facts().shelter.houses(who(light))
    assert light.case().journey == 4
    assert light.stands(Stage.REINTEGRATION) is not None
