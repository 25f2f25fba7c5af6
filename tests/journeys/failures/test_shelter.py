"""A shelter that was without a line for a night: what was written there arrives late, once, and overwrites nothing."""

from datetime import timedelta
from typing import Any

from sqlmodel import select

from api.cli.cast import Life
from models.queries.shelter import standing_word
from models.shelter import ShelterEntry, Stay, StayEnd
from models.stage import Role, Track
from tests.journeys.house import Living

HOUSE, OFFICER = Role.SHELTER_PARTNER, Role.PROTECTION_OFFICER
HOUR = timedelta(hours=1)


def rows(alone: Living, kind: Any) -> list[Any]:
    """All rows of a kind."""
    with alone.house.database.reading() as session:
        return list(session.exec(select(kind)).all())


def risk(alone: Living) -> Any:
    """What stands on the sheet about the risk."""
    with alone.house.database.reading() as session:
        stay = session.exec(select(Stay)).one()
        return session.info["vault"].open(standing_word(session, stay.id, "risk_level", newest=False), "value")


def test_failure_offline_shelter(alone: Living) -> None:
    ref = alone.begin(Life("", "stays", "UG", "Kampala", "Grace", "Nakato", "Grace", screening="actual",
                           waives_reflection=True, tracks=["in_place"]))  # fmt: skip
    alone.unanswered = {"shelter", "shelter_decision", "shelter_incident_review", "reintegration_plan"}
    alone.until(ref, "reintegration.shelter")
    person, night = alone.facts(ref).principal.id, alone.clock.now() - 8 * HOUR

    # Eight hours without a line: the device kept the admission, an incident, and two words on the sheet.
    admission = {
        "person": person,
        "unit": "H-1",
        "client_id": "device7-001",
        "admitted_at": night,
        "already_there": True,
    }
    for _ in range(2):  # the line breaks in the middle of the answer, so the device sends again
        alone.say(ref, "admission", admission, HOUSE)
    (stay,) = alone.facts(ref).shelter.stays
    assert stay.looked_at == night, "its own time, not that of its arrival"

    said = {"stay": stay.id, "field": "risk_level"}
    alone.say(
        ref,
        "shelter_field",
        {**said, "client_id": "office-1", "value": "high", "written_at": night + 5 * HOUR},
        OFFICER,
    )
    late = {**said, "client_id": "device7-002", "value": "low", "written_at": night + 7 * HOUR}  # the device saw none
    line = {"stay": stay.id, "client_id": "device7-003", "kind": "incident", "serious": True,
            "happened_at": night + 3 * HOUR, "text": "A car waited at the corner until three."}  # fmt: skip
    for kind, body in (("shelter_field", late), ("shelter_entry", line)) * 2:
        alone.say(ref, kind, body, HOUSE)

    assert len(rows(alone, Stay)) == len(rows(alone, ShelterEntry)) == 1
    assert rows(alone, ShelterEntry)[0].happened_at == night + 3 * HOUR
    assert risk(alone) == "high", "the last to write does not win on risk"
    assert {"shelter.contested", "shelter.incident"} <= alone.codes(ref)
    assert "one of them must stand" in alone.explained(ref)

    (contested,), (incident,) = alone.facts(ref).shelter.contested, alone.facts(ref).shelter.incidents
    alone.say(ref, "shelter_decision", {"about": contested, "stands": "other"}, Role.SUPERVISOR)
    alone.say(ref, "shelter_incident_review", {"about": incident}, OFFICER)
    assert not {"shelter.contested", "shelter.incident"} & alone.codes(ref)
    alone.until(ref, "reintegration.no_plan")  # the bed is the answer to the question for a place

    # Free to leave at any time, and to choose again.
    alone.say(ref, "stay_end", {"client_id": "device7-004", "stay": stay.id}, HOUSE)
    assert rows(alone, StayEnd)[0].reason is None
    alone.say(ref, "track_choice", {"track": "return"}, Role.COUNSELLOR)
    assert (alone.case(ref).track, alone.case(ref).journey) == (Track.RETURN, 2)
    assert len(rows(alone, Stay)) == 1, "what was stays written"
