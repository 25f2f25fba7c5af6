"""Asks the receiving partner about a place, without saying who asks to go there."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from integrations.partner import CountryQuestion
from models.case import Case
from models.database import vault_of
from models.effect import Effect
from models.risk_assessment import CountryInput
from workflows.actions.partner_find import find
from workflows.actions.people import age_band, opened, people_of, principal_of
from workflows.facts import Facts
from workflows.house import World
from workflows.ledger import Action, Letter, NotNow

GENDERS = {"F": "woman", "M": "man", "X": "other"}


def prepare(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Age bands, genders and the area: what a partner needs to know a place is safe for such people."""
    if case.partner is None:
        raise NotNow("no partner")
    people = [opened(session, person) for person in people_of(session, case)]
    question = CountryQuestion(
        case_code=case_code(effect),
        country=case.country,
        area=case.area,
        age_bands=tuple(age_band(person["born_on"], facts.now.date()) for person in people),
        genders=tuple(GENDERS[person["sex"]] for person in people),
        needs=needs_of(facts),
    )
    return {"partner": case.partner, "question": question}


def case_code(effect: Effect) -> str:
    """A code of its own for each recipient and use, so that two systems cannot be joined by it (T16)."""
    return "P-" + effect.key[:12].upper()


def needs_of(facts: Facts) -> tuple[str, ...]:
    """Needs in words that reveal no history."""
    needs = ["accompanied_child"] if any(person.is_child(facts.today) for person in facts.people) else []
    return tuple(needs + (["safe_accommodation"] if facts.is_vulnerable else []))


def send(world: World, letter: Letter) -> str:
    """Ask; the answer comes by webhook."""
    return world.partners[letter.body["partner"]].ask_country_input(letter.body["question"], key=letter.key)


def record(session: Session, case: Case, effect: Effect, letter: Letter, answer: str, now: datetime) -> None:
    """From now on the partner's clock runs; what it was asked is kept as it was asked."""
    effect.reference, said = answer, letter.body["question"].model_dump(mode="json")
    row = CountryInput(
        case_id=case.id, at=now, by="sila", journey=effect.journey, reference=answer, partner=letter.body["partner"],
        person_id=principal_of(session, case).id, question_sha256=letter.body["question"].seal(),
    )  # fmt: skip
    vault_of(session).seal(row, question=said)
    session.add(row)


ACTIONS = (Action("ask_country_input", prepare, send, record, find, repeats=True),)
