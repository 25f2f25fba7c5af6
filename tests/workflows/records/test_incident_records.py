"""What is recorded about incidents: what follows at once, what is refused and how, who may."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import select

from models.consent import Consent
from models.database import Database
from models.event import verify
from models.incident import AuthorityDisclosure, Incident
from models.question import Question
from models.stage import Role, Stage, Track
from tests.journeys.light import Light
from workflows import commands
from workflows.standing import Asking, Blocked

DAY = timedelta(days=1)
CONSENT = {"text_version": "police-1", "text_hash": "0" * 64, "language": "en"}


@pytest.fixture
def case(database: Database) -> Light:
    """One case, screened."""
    light = Light(database)
    light.push()
    return light


def rows(case: Light, kind: type[Any]) -> list[Any]:
    """Every row of a kind."""
    with case.house.database.reading() as session:
        return list(session.exec(select(kind)).all())


def refused(case: Light, kind: str, body: dict[str, Any], role: Role) -> str:
    """The code of a refusal."""
    with pytest.raises(commands.Refused) as refusal:
        case.say(kind, body, role)
    return refusal.value.code


def test_a_detention_suspends_and_a_release_resumes(case: Light) -> None:
    case.say("detained", {"place": "removal_centre"})
    assert case.case().suspended_at == case.house.clock.now()
    assert isinstance(case.stands(Stage.INTAKE), Blocked)
    case.later(2 * DAY)
    case.say("released", {})
    assert case.case().suspended_at is None
    assert isinstance(case.stands(Stage.INTAKE), Asking)


def test_the_time_of_an_open_question_stands_still(case: Light) -> None:
    asked = next(iter(rows(case, Question)))
    before = asked.until - case.house.clock.now()
    case.say("detained", {"place": "police"})
    case.push()
    paused = next(row for row in rows(case, Question) if row.id == asked.id)
    assert paused.paused_at is not None
    assert paused.voided_at is None
    case.later(40 * DAY)
    case.say("released", {})
    case.push()
    again = next(row for row in rows(case, Question) if row.id == asked.id)
    assert (again.paused_at, again.role) == (None, asked.role)
    assert again.until - case.house.clock.now() == before


def test_two_suspensions_need_two_ends(case: Light) -> None:
    case.say("detained", {"place": "police"})
    case.say("suspended", {"reason": "legal"}, Role.SUPERVISOR)
    case.say("released", {})
    assert case.case().suspended_at is not None
    case.say("resumed", {}, Role.SUPERVISOR)
    assert case.case().suspended_at is None


def test_what_did_not_begin_cannot_end(case: Light) -> None:
    assert refused(case, "released", {}, Role.COUNSELLOR) == "not_so"
    assert refused(case, "resumed", {}, Role.SUPERVISOR) == "not_so"
    assert refused(case, "authority_grant", {}, Role.COUNSELLOR) == "not_so"


def test_a_refusal_says_what_is_asked_instead(case: Light) -> None:
    with pytest.raises(commands.Refused, match=r"The case waits for: .*\(counsellor\)"):
        case.say("lawyer_called", {"about": "1"}, Role.PROTECTION_OFFICER)
    case.say("suspended", {"reason": "legal"}, Role.SUPERVISOR)
    with pytest.raises(commands.Refused, match="suspended"):
        case.say("lawyer_called", {"about": "1"}, Role.PROTECTION_OFFICER)


def test_only_a_supervisor_suspends(case: Light) -> None:
    assert refused(case, "suspended", {"reason": "legal"}, Role.COUNSELLOR) == "role"


def test_a_step_is_recorded_only_when_it_is_asked_for(case: Light) -> None:
    assert refused(case, "lawyer_called", {"about": "1"}, Role.PROTECTION_OFFICER) == "not_asked"
    case.say("detained", {"place": "police"})
    case.say("lawyer_called", {"about": "1"}, Role.PROTECTION_OFFICER)
    assert refused(case, "lawyer_called", {"about": "1"}, Role.PROTECTION_OFFICER) == "not_asked"


def test_an_authority_is_told_nothing_without_consent(case: Light) -> None:
    with pytest.raises(ValidationError):
        case.say("authority_disclosure", {"recipient": "police", "what": "status"}, Role.PROTECTION_OFFICER)
    assert rows(case, AuthorityDisclosure) == []
    body = {"recipient": "police", "what": "status", "consent": CONSENT}
    case.say("authority_disclosure", body, Role.PROTECTION_OFFICER)
    told = rows(case, AuthorityDisclosure)[0]
    consent = next(row for row in rows(case, Consent) if row.id == told.consent_id)
    assert (consent.recipient, consent.purpose) == ("police", "authority")


def test_a_death_freezes_and_is_recorded_once(case: Light) -> None:
    body = {"person": str(case.people()[0].id)}
    case.say("deceased", body)
    assert (case.case().track, case.case().journey) == (Track.NONE, 2)
    assert refused(case, "deceased", body, Role.COUNSELLOR) == "known"
    case.push()
    asked = {row.kind for row in rows(case, Question) if row.voided_at is None and row.answered_at is None}
    assert asked == {"duty_officer_informed", "family_notice", "consular_notice"}


def test_the_details_are_sealed(case: Light) -> None:
    case.say("protection_alert", {"details": "seen near the shelter"})
    row = rows(case, Incident)[0]
    assert b"shelter" not in row.details
    with case.house.database.reading() as session:
        assert verify(session)[1] == []


def test_a_reversal_ends_the_journey_and_a_grant_opens_the_way(case: Light) -> None:
    case.say("authority_reversal", {})
    assert case.case().journey == 2
    assert case.facts().incidents.reversal is not None
    case.say("authority_grant", {})
    assert case.facts().incidents.reversal is None


def test_a_breach_takes_the_case_from_the_partner_who_has_the_data(case: Light) -> None:
    with pytest.raises(ValidationError, match="recipient"):
        case.say("breach", {"what": "wrong_recipient"})
    partner = case.case().partner
    assert partner
    case.say("breach", {"what": "wrong_recipient", "recipient": partner})
    assert case.case().partner is None
    assert partner not in case.facts().may_share_with


def test_a_breach_is_not_found_in_the_future(case: Light) -> None:
    later = (case.house.clock.now() + DAY).isoformat()
    case.say("breach", {"what": "lost_device", "found_at": later})
    assert rows(case, Incident)[0].happened_at == case.house.clock.now()
