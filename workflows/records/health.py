"""Records fitness to travel and the papers for a flight."""

from datetime import UTC

from models import clearance
from models.stage import Role
from workflows import gates
from workflows import inputs as i
from workflows.commands import Fact, Recording, Wrong
from workflows.gather import gather
from workflows.records.common import person

PLAIN = {"person", "fit", "valid_from", "valid_until", "notes"}


def health(r: Recording) -> None:
    """Fit to travel, from one day to another, and what the journey needs; only the days are not sealed."""
    row = clearance.HealthClearance(
        **r.row, person_id=person(r).id, valid_from=r.body.valid_from, valid_until=r.body.valid_until
    )
    needs = r.body.model_dump(mode="json", exclude=PLAIN, exclude_defaults=True)
    r.save(row, fit=r.body.fit, needs=needs or None, notes=r.body.notes)


def paper(r: Recording) -> None:
    """A paper for the booked flight; one that is not signed yet is refused."""
    signed_at = (r.body.signed_at or r.now).astimezone(UTC)
    if signed_at > r.now:
        raise Wrong("future", "signed_at: lies in the future; record the paper when it is signed.", "signed_at")
    facts, who = gather(r.session, r.case, r.now), person(r)
    seat = next(gates.seat_of(facts, one) for one in facts.people if one.id == str(who.id))
    row = clearance.FitnessPaper(
        **r.row, person_id=who.id, paper=r.body.paper, signed_at=signed_at, generation=seat.generation if seat else 0
    )
    r.save(row, fit=r.body.fit)


FACTS = (
    Fact("health_clearance", i.HealthIn, (Role.MEDICAL_OFFICER,), health),
    Fact("fitness_paper", i.FitnessPaperIn, (Role.MEDICAL_OFFICER,), paper),
)
