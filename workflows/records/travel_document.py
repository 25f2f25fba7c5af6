"""Records documents, whose hands they are in, whose names they print, and what a consulate is shown."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from models.database import keyring_of
from models.person import Person
from models.stage import Role
from models.travel_document import Custody, Holder, PaperWord, TravelDocument
from models.vault import blind_index
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.gather import gather
from workflows.pathways import rules_of
from workflows.pathways.tables.travel_documents import DocumentKind
from workflows.records.common import ANYBODY, MOVEMENT, PROTECTION, person


def document(r: Recording) -> None:
    """A travel document that was found or brought."""
    keep_document(r, person(r).id, r.body.document)


def keep_document(r: Recording, who: UUID, said: i.DocumentIn) -> None:
    """A document; an expired one is refused."""
    if said.expires_on <= r.now.date():
        raise Wrong("expired", "document.expires_on: the document has expired; record a valid one.", "document")
    row = TravelDocument(
        **r.row, person_id=who, kind=said.kind, country=said.country, issued_on=said.issued_on,
        expires_on=said.expires_on, single_journey=said.single_journey or serves_once(r, said.kind),
        number_index=blind_index(keyring_of(r.session), "document", said.country, said.number),
    )  # fmt: skip
    r.save(row, number=said.number, given_names=said.given_names, family_name=said.family_name, zone=said.mrz)


def serves_once(r: Recording, kind: str) -> bool:
    """Whether documents of a kind serve one journey only, whatever was ticked."""
    rows = rules_of(r.case.pathway, r.case.pathway_version).rows(DocumentKind)
    return any(row.single_journey for row in rows if row.kind == kind)


def custody(r: Recording) -> None:
    """Whose hands a document is in now; who held it before stays written."""
    if r.body.document:
        owned(r, r.body.document, person(r).id)
    r.save(Custody(**r.row, person_id=person(r).id, document_id=r.body.document), holder=r.body.holder.value)


def owned(r: Recording, document_id: UUID, who: UUID | None = None) -> TravelDocument:
    """A document of this case, and of this person. Raises Wrong."""
    row = r.session.get(TravelDocument, document_id)
    if row is None or row.case_id != r.case.id or who not in (None, row.person_id):
        raise Wrong("unknown", "document: not a document of this person; the status lists the people.", "document")
    return row


def asked_about(r: Recording) -> TravelDocument:
    """The document that the question names. Raises Wrong."""
    try:
        return owned(r, UUID(r.body.about))
    except ValueError:
        raise Wrong("unknown", "about: not found in this case; the question names it.", "about") from None


def handed(holder: Holder) -> Callable[[Recording], None]:
    """A document came into these hands."""

    def recorder(r: Recording) -> None:
        row = asked_about(r)
        r.save(Custody(**r.row, person_id=row.person_id, document_id=row.id), holder=holder.value)

    return recorder


def word(r: Recording, who: UUID, kind: str, subject: str, **said: Any) -> None:
    """A word about somebody's papers."""
    r.save(PaperWord(**r.row, person_id=who, kind=kind, subject=subject), said=said)


def document_name(r: Recording) -> None:
    """Somebody has looked whether a document with another name is the person's."""
    row = asked_about(r)
    word(r, row.person_id, "document_name", str(row.id), theirs=r.body.theirs)


def ticket_name(r: Recording) -> None:
    """A name as a ticket prints it."""
    who, _, _ = r.body.about.partition(".")
    try:
        known = r.session.get(Person, UUID(who))
    except ValueError:
        known = None
    if known is None or known.case_id != r.case.id:
        raise Wrong("unknown", "about: not found in this case; the question names it.", "about")
    said = {"given_names": r.body.given_names, "family_name": r.body.family_name}
    word(r, known.id, "ticket_name", r.body.about, **said)


def expiry_seen(r: Recording) -> None:
    """Somebody knows that a document ends soon."""
    row = asked_about(r)
    word(r, row.person_id, "expiry_seen", str(row.id), plan=r.body.plan)


def nationality_evidence(r: Recording) -> None:
    """Other proof for the consulate."""
    word(r, person(r).id, "nationality_evidence", "", proofs=r.body.proofs)


def statelessness(r: Recording) -> None:
    """Where the question of nationality stands; its answer may come at any time after a refusal."""
    if not gather(r.session, r.case, r.now).papers.of(str(person(r).id)).refusals:
        raise Refused("not_refused", "No consulate has refused this person's nationality: apply for a document first.")
    word(r, person(r).id, "statelessness", "", outcome=r.body.outcome)


FACTS = (
    Fact("travel_document", i.DocumentOfIn, (*MOVEMENT, Role.COUNSELLOR), document),
    Fact("document_custody", i.CustodyIn, (*ANYBODY, Role.PROTECTION_OFFICER, Role.SHELTER_PARTNER), custody),
    Fact("document_collected", i.OfSubjectIn, MOVEMENT, handed(Holder.HOUSE), only_when_asked=True),
    Fact("document_handed_over", i.OfSubjectIn, MOVEMENT, handed(Holder.PERSON), only_when_asked=True),
    Fact("document_name", i.DocumentNameIn, MOVEMENT, document_name, only_when_asked=True),
    Fact("ticket_name", i.TicketNameIn, MOVEMENT, ticket_name),
    Fact("expiry_seen", i.ExpirySeenIn, MOVEMENT, expiry_seen, only_when_asked=True),
    Fact("nationality_evidence", i.NationalityProofIn, MOVEMENT, nationality_evidence, only_when_asked=True),
    Fact("statelessness", i.StatelessnessIn, PROTECTION, statelessness),
)
