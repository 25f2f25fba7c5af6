"""Offers a case to a partner, without identity."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from integrations.partner import Preview
from models.case import Case
from models.effect import Effect
from models.handover import Handover
from workflows.actions.people import age_band, opened, people_of, principal_of, subject_row
from workflows.actions.risk_assessment import GENDERS, case_code, needs_of
from workflows.facts import Facts
from workflows.house import World
from workflows.ledger import Letter, NotNow


def preview(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Stage A: an allow-list that holds no identity (domain.md §1.9)."""
    if case.partner is None:
        raise NotNow("no partner")
    people = [opened(session, person) for person in people_of(session, case)]
    day = max(facts.travel_day, facts.now.date())
    offer = Preview(
        case_code=case_code(effect), country=case.country, area=case.area, needs=needs_of(facts),
        age_bands=tuple(age_band(person["born_on"], facts.now.date()) for person in people),
        genders=tuple(GENDERS[person["sex"]] for person in people),
        languages=(principal_of(session, case).language,), urgency="urgent" if facts.is_vulnerable else "normal",
        arrival_from=day, arrival_to=day + timedelta(days=45), party_size=len(people),
    )  # fmt: skip
    return {"partner": case.partner, "offer": offer}


def offer(world: World, letter: Letter) -> str:
    """Offer it; the partner answers by webhook or at our door."""
    return world.partners[letter.body["partner"]].offer(letter.body["offer"], key=letter.key).reference


def offered(session: Session, case: Case, effect: Effect, letter: Letter, reference: str, now: datetime) -> None:
    """From now on the partner's clock runs."""
    effect.reference = reference
    session.add(
        Handover(
            case_id=case.id, at=now, by="sila", journey=effect.journey, person_id=principal_of(session, case).id,
            generation=int(effect.subject.split(".")[1]), partner=letter.body["partner"], reference=reference,
            status="offered", waiting_since=now,
        )
    )  # fmt: skip


def of_handover(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """The handover an effect is about."""
    handover = subject_row(session, Handover, effect)
    return {"partner": handover.partner, "reference": handover.reference}
