"""Offers a case to a partner, without identity: the preview is frozen, with its hash, before it leaves."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from integrations.partner import Preview
from models.case import Case
from models.database import vault_of
from models.effect import Effect
from models.handover import Handover
from models.handover_state import after
from workflows.actions.people import age_band, opened, people_of, principal_of, subject_row
from workflows.actions.risk_assessment import GENDERS, case_code, needs_of
from workflows.facts import Facts
from workflows.house import World
from workflows.ledger import Letter, NotNow


def preview(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Stage A: an allow-list that holds no identity (domain.md §1.9); as it was frozen, if it was sent before."""
    row = draft_of(session, effect)
    if row is not None:
        return {"partner": row.partner, "offer": Preview.model_validate(vault_of(session).open(row, "preview"))}
    if case.partner is None:
        raise NotNow("no partner")
    people = [opened(session, person) for person in people_of(session, case)]
    day = max(facts.travel_day, facts.now.date())
    offer = Preview(
        case_code=case_code(effect), country=case.country, area=case.area, needs=needs_of(facts),
        age_bands=tuple(age_band(person["born_on"], facts.now.date()) for person in people),
        genders=tuple(GENDERS[person["sex"]] for person in people),
        languages=(principal_of(session, case).language,), urgency=urgency_of(facts),
        arrival_from=day, arrival_to=day + arrival_window(facts), party_size=len(people),
    )  # fmt: skip
    return {"partner": case.partner, "offer": offer}


def urgency_of(facts: Facts) -> Any:
    """As somebody of protection or counselling said; else urgent for the vulnerable."""
    return facts.reception.urgency or ("urgent" if facts.is_vulnerable else "normal")


def arrival_window(facts: Facts) -> timedelta:
    """For how many days after the first possible one an acceptance holds."""
    return facts.rules.time("arrival_window")


def draft_of(session: Session, effect: Effect) -> Handover | None:
    """The handover that this effect offers, once its preview was frozen."""
    query = select(Handover).where(
        Handover.case_id == effect.case_id, Handover.journey == effect.journey, col(Handover.back).is_(False)
    )
    return session.exec(query.where(Handover.generation == generation_of(effect))).first()


def generation_of(effect: Effect) -> int:
    """Which offer of its journey."""
    return int(effect.subject.split(".")[1])


def freeze(session: Session, case: Case, effect: Effect, letter: Letter, now: datetime) -> None:
    """The draft, in the transaction that marks the offer sent. A draft that never reached the partner gives way."""
    if draft_of(session, effect) is not None:
        return
    partner, said = letter.body["partner"], letter.body["offer"]
    for old in session.exec(select(Handover).where(Handover.case_id == case.id, Handover.partner == partner)).all():
        if old.status == "draft":
            not_taken(old, "superseded", now)
    session.flush()
    row = Handover(
        case_id=case.id, at=now, by="sila", journey=effect.journey, person_id=principal_of(session, case).id,
        generation=generation_of(effect), partner=partner, reference="", status="draft", urgency=said.urgency,
        preview_sha256=said.seal(), arrival_from=said.arrival_from, arrival_to=said.arrival_to, waiting_since=now,
    )  # fmt: skip
    vault_of(session).seal(row, preview=said.model_dump(mode="json"))
    session.add(row)


def offer(world: World, letter: Letter) -> str:
    """Offer it; the partner answers by webhook or at our door."""
    return world.partners[letter.body["partner"]].offer(letter.body["offer"], key=letter.key).reference


def offered(session: Session, case: Case, effect: Effect, letter: Letter, reference: str, now: datetime) -> None:
    """From now on the partner's clock runs."""
    effect.reference, row = reference, draft_of(session, effect)
    if row is not None and after(row.status, "offered"):
        row.status, row.reference, row.offered_at, row.waiting_since = "offered", reference, now, now


def refused(session: Session, case: Case, effect: Effect, code: str, now: datetime) -> None:
    """The partner's system did not take it: nothing lies there."""
    row = draft_of(session, effect)
    if row is not None and row.status == "draft":
        not_taken(row, code, now)


def not_taken(row: Handover, code: str, now: datetime) -> None:
    """A draft that came to nothing."""
    row.status, row.reason, row.ended_at = "not_taken", code, now


def of_handover(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """The handover an effect is about."""
    handover = subject_row(session, Handover, effect)
    return {"partner": handover.partner, "reference": handover.reference}
