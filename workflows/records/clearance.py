"""Records fitness, documents and exit clearance."""

from uuid import UUID

from models import clearance
from models.database import keyring_of
from models.stage import Role
from models.travel_document import TravelDocument
from models.vault import blind_index
from workflows import inputs as i
from workflows.commands import Fact, Recording, Wrong
from workflows.records.common import MOVEMENT, person


def health(r: Recording) -> None:
    """Fit to travel, from one day to another."""
    row = clearance.HealthClearance(
        **r.row, person_id=person(r).id, valid_from=r.body.valid_from, valid_until=r.body.valid_until
    )
    r.save(row, fit=r.body.fit, notes=r.body.notes)


def document(r: Recording) -> None:
    """A travel document that was found or brought."""
    keep_document(r, person(r).id, r.body.document)


def keep_document(r: Recording, who: UUID, said: i.DocumentIn) -> None:
    """A document; an expired one is refused."""
    if said.expires_on <= r.now.date():
        raise Wrong("expired", "document.expires_on: the document has expired; record a valid one.", "document")
    row = TravelDocument(
        **r.row, person_id=who, kind=said.kind, country=said.country, expires_on=said.expires_on,
        single_journey=said.single_journey,
        number_index=blind_index(keyring_of(r.session), "document", said.country, said.number),
    )  # fmt: skip
    r.save(row, number=said.number)


def exit_(r: Recording) -> None:
    """Exit clearance: cleared, told, until when."""
    r.save(clearance.ExitClearance(**r.row, **r.body.model_dump()))


FACTS = (
    Fact("health_clearance", i.HealthIn, (Role.MEDICAL_OFFICER,), health),
    Fact("travel_document", i.DocumentOfIn, (*MOVEMENT, Role.COUNSELLOR), document),
    Fact("exit_clearance", i.ExitIn, MOVEMENT, exit_),
)
