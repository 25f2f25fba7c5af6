"""Records signs of coercion, conflicts, who decides with whom, declarations and a child's word."""

from uuid import UUID

from sqlmodel import select

from models.consent import CapacityFinding, ConsentKind, DecisionMaker
from models.counselling import CoercionClosing, CoercionFlag, InterpreterConflict
from models.person import Person
from models.stage import Role, Track
from workflows import inputs as i
from workflows.calendars import birthday
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.facts import ADULT_AT
from workflows.gather.reader import Reader
from workflows.gather.voluntariness import conflicted, decision_maker, unable_people
from workflows.pathways import rules_of
from workflows.pathways.tables.counselling import CoercionSign
from workflows.records.common import ANYBODY, STAFF, about, consent, person, principal

EVERYBODY = (*ANYBODY, Role.PROTECTION_OFFICER, Role.MEDICAL_OFFICER, Role.SHELTER_PARTNER, Role.OPERATIONS)


def known_sign(r: Recording, sign: str) -> str:
    """A sign of the pathway's list. Raises Wrong."""
    known = [row.code for row in rules_of(r.case.pathway, r.case.pathway_version).rows(CoercionSign)]
    if sign not in known:
        raise Wrong(
            "unknown_sign", f"sign: not on the list of signs of coercion; use one of {', '.join(known)}.", "sign"
        )
    return sign


def raise_flag(r: Recording, sign: str, detail: str | None = None) -> CoercionFlag:
    """One sign of coercion: it closes the way until a protection officer has looked into it."""
    row = CoercionFlag(**r.row, person_id=principal(r.session, r.case).id)
    flag: CoercionFlag = r.save(row, sign=known_sign(r, sign), detail=detail)
    return flag


def coercion_flag(r: Recording) -> None:
    """Seen by anybody."""
    raise_flag(r, r.body.sign, r.body.detail)


def coercion_closing(r: Recording) -> None:
    """A protection officer's word on a sign that somebody else opened (four eyes)."""
    flag = about(r, CoercionFlag, "flag")
    if flag.by == r.by:
        raise Refused("four_eyes", "Who opened a sign of coercion cannot close it: another protection officer must.")
    if r.session.exec(select(CoercionClosing.id).where(CoercionClosing.flag_id == flag.id)).first():
        raise Refused("closed_already", "This sign of coercion is closed already; the case's history says why.")
    r.save(CoercionClosing(**r.row, person_id=flag.person_id, flag_id=flag.id), reason=r.body.reason)


def interpreter_conflict(r: Recording) -> None:
    """From now on nothing that this interpreter interpreted counts in this case."""
    declare_conflict(r, r.body.interpreter_code, r.body.relation)


def declare_conflict(r: Recording, interpreter: str, relation: str) -> None:
    """One interpreter who must not work for the principal."""
    row = InterpreterConflict(**r.row, person_id=principal(r.session, r.case).id, interpreter_code=interpreter)
    r.save(row, relation=relation)


def capacity(r: Recording) -> None:
    """Whether an adult can decide alone."""
    r.save(CapacityFinding(**r.row, person_id=person(r).id), able=r.body.able, basis=r.body.basis)


def decides_with(r: Recording) -> None:
    """Who decides with somebody, with the authority's document; never the one who records it."""
    if r.body.until is not None and r.body.until < r.now.date():
        raise Wrong("expired", "until: this authority has ended; record one that is in force.", "until")
    row = DecisionMaker(
        **r.row, person_id=person(r).id, authority=r.body.authority, document_hash=r.body.document_hash,
        until=r.body.until,
    )  # fmt: skip
    r.save(row, name=r.body.name)


def declaration(r: Recording) -> None:
    """The will to travel, declared in a language understood, before a witness, and never alone by the unable."""
    if r.case.track is not Track.RETURN:
        raise Refused("not_returning", "Record the choice to return first.")
    who = person(r)
    if is_child(r, who):
        raise Refused("child", "A child does not sign: record the child's own word as child_assent.")
    understood(r, who)
    signer = signs_with(r, who.id)
    consent(r, who.id, ConsentKind.DECLARATION, interpreter_code=r.body.interpreter_code, decision_maker_id=signer)


def understood(r: Recording, who: Person) -> None:
    """In the person's language, or through an interpreter with a name and no conflict. Raises Refused."""
    interpreter = r.body.interpreter_code
    if interpreter in conflicted(Reader(r.session, r.case)):
        raise Refused("interpreter_conflict", "This interpreter is declared in conflict: have another one interpret.")
    if r.body.language != who.language and not interpreter:
        raise Refused(
            "not_understood",
            "The text is not in a language recorded for this person: use a text in their language, or name the "
            "interpreter in interpreter_code.",
            "language",
        )
    if r.body.witness == r.by:
        raise Refused("witness", "The witness must be somebody else than who records the declaration.", "witness")


def signs_with(r: Recording, who: UUID) -> UUID | None:
    """The one who signs with somebody that cannot decide alone (S9). Raises Refused."""
    if who not in unable_people(Reader(r.session, r.case)):
        return None
    row = decision_maker(Reader(r.session, r.case), who, r.now)
    if row is None:
        raise Refused(
            "no_decision_maker",
            "This person cannot decide alone: record first who decides with them (decision_maker), with the document.",
        )
    if not r.body.with_decision_maker:
        raise Refused("signs_alone", "This person never signs alone: have the one who decides with them sign too.")
    return row.id


def is_child(r: Recording, who: Person) -> bool:
    """Under 18 today."""
    born = r.session.info["vault"].open_date(who, "born_on")
    return born is not None and birthday(born, ADULT_AT) > r.now.date()


def child_assent(r: Recording) -> None:
    """A child's own word, with the guardian's consent beside it; both must be yes to count as one."""
    who = person(r)
    if not is_child(r, who):
        raise Refused("adult", "This person is an adult and signs a declaration.")
    consent(r, who.id, ConsentKind.ASSENT, given=r.body.assents and r.body.guardian_consents)


FACTS = (
    Fact("coercion_flag", i.CoercionFlagIn, EVERYBODY, coercion_flag),
    Fact("coercion_closing", i.CoercionClosingIn, (Role.PROTECTION_OFFICER,), coercion_closing),
    Fact("interpreter_conflict", i.InterpreterConflictIn, EVERYBODY, interpreter_conflict),
    Fact("capacity", i.CapacityIn, (Role.MEDICAL_OFFICER, Role.PROTECTION_OFFICER), capacity),
    Fact("decision_maker", i.DecisionMakerIn, (Role.PROTECTION_OFFICER, Role.SUPERVISOR), decides_with),
    Fact("declaration", i.DeclarationIn, STAFF, declaration),
    Fact("child_assent", i.AssentIn, (*STAFF, Role.PROTECTION_OFFICER), child_assent),
)
