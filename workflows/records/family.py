"""Records families: linked, split, and kept apart where one harms another."""

from uuid import UUID

from sqlmodel import col, select

from models.base import new_id
from models.case import Case
from models.consent import Consent, ConsentKind
from models.database import vault_of
from models.event import append
from models.family import FamilyLink, Separation
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.find_duplicates import hidden_from
from workflows.lease import UnknownCase, lock
from workflows.merging import wake
from workflows.records.common import PROTECTION, STAFF, person, principal
from workflows.records.contact import keep_contact
from workflows.splitting import of_case, split_off

CANNOT_LINK = "This case cannot be linked: check the reference, and ask the protection officer if it is right."


def link(r: Recording) -> None:
    """Two cases of one family. The same refusal whether a case does not exist, is closed, or must stay hidden."""
    if not r.body.both_agree:
        raise Refused("not_agreed", "Ask both people first: a link shows each that the other is here.", "both_agree")
    other = case_of(r, r.body.other)
    if other is None or other.id == r.case.id or other.closed_at is not None or are_apart(r, r.case, other):
        raise Refused("cannot_link", CANNOT_LINK, "other")
    mine, theirs = group_of(r, r.case), group_of(r, other)
    group = mine or theirs or new_id()
    if mine is None:
        join(r, r.case, group, r.body.relation)
    for case in [other] if theirs is None else members(r, theirs):
        if group_of(r, case) != group:
            join(r, case, group, r.body.relation)
    wake(r, other)


def case_of(r: Recording, ref: str) -> Case | None:
    """A case by reference, locked; None where there is none."""
    try:
        return lock(r.session, ref)
    except UnknownCase:
        return None


def are_apart(r: Recording, one: Case, other: Case) -> bool:
    """Whether anybody of the one's family must never meet anybody of the other's."""
    left, right = with_family(r, one), with_family(r, other)
    there = {case.id for case in right}
    return any(hidden_from(r.session, case) & there for case in left)


def with_family(r: Recording, case: Case) -> list[Case]:
    """The case and those linked to it."""
    group = group_of(r, case)
    return members(r, group) if group else [case]


def group_of(r: Recording, case: Case) -> UUID | None:
    """The group that a case is in now."""
    rows = r.session.exec(
        select(FamilyLink).where(FamilyLink.case_id == case.id).order_by(col(FamilyLink.at), col(FamilyLink.id))
    ).all()
    return rows[-1].group_id if rows and rows[-1].joined else None


def members(r: Recording, group: UUID) -> list[Case]:
    """The cases that are in a group now."""
    ids = r.session.exec(select(FamilyLink.case_id).where(FamilyLink.group_id == group).distinct()).all()
    cases = r.session.exec(select(Case).where(col(Case.id).in_(ids))).all()
    return [case for case in cases if group_of(r, case) == group]


def join(r: Recording, case: Case, group: UUID, relation: str) -> None:
    """Into a group; whatever group a case was in before, it is in this one now."""
    row = FamilyLink(case_id=case.id, at=r.now, by=r.by, group_id=group, relation=relation)
    r.session.add(row)
    r.session.flush()


def leave(r: Recording, case: Case | None = None) -> None:
    """Out of the group."""
    whose = case or r.case
    group = group_of(r, whose)
    if group is not None:
        row = FamilyLink(case_id=whose.id, at=r.now, by=r.by, group_id=group, relation="left", joined=False)
        r.session.add(row)
        r.session.flush()


def split(r: Recording) -> None:
    """A dependant's own case, with their own consent; the two cases stay linked."""
    who = person(r)
    if who.principal:
        raise Wrong("principal", "person: it is their case already; name who leaves it.", "person")
    new = split_off(r, who, of_case(r, r.body.accompanied_by, "accompanied_by"))
    there = Recording(r.session, new, r.body, r.by, r.now)
    r.session.add(Consent(**there.row, person_id=who.id, kind=ConsentKind.DATA, **r.body.data_consent.model_dump()))
    if r.body.contact:
        keep_contact(there, who.id, r.body.contact, "in_person")
    group = group_of(r, r.case) or new_id()
    for case in (r.case, new):
        join(r, case, group, r.body.relation)


def separate(r: Recording) -> None:
    """Two files, each hidden from the other, at once; the perpetrator leaves the family's group."""
    if r.body.other is not None:
        other = case_of(r, r.body.other)
        if other is None or other.id == r.case.id:
            raise Wrong("unknown_case", "other: there is no other case of that reference.", "other")
        here = r.body.perpetrator_is_here
    else:
        other, here = apart(r)
    leave(r, r.case if here else other)
    for case, its_other, is_here in ((r.case, other, here), (other, r.case, not here)):
        hide(r, case, its_other.ref, is_here)
    append(r.session, other.ref, "family.separated", r.by, r.now)
    wake(r, other)


def apart(r: Recording) -> tuple[Case, bool]:
    """Split the case; tells the new one, and whether the perpetrator stays here.

    The new case has no consent yet: its own intake asks for it first, and until then nothing else happens there.
    """
    (accused,) = of_case(r, [r.body.perpetrator], "perpetrator")
    if not accused.principal:
        return split_off(r, accused, []), False
    if r.body.moves is None:
        raise Wrong("who_moves", "moves: say who gets a case of their own, away from the principal.", "moves")
    (who,) = of_case(r, [r.body.moves], "moves")
    if who.id == accused.id:
        raise Wrong("who_moves", "moves: name somebody else than the perpetrator.", "moves")
    return split_off(r, who, of_case(r, r.body.accompanied_by, "accompanied_by")), True


def hide(r: Recording, case: Case, other: str, perpetrator_here: bool) -> None:
    """What one side must never see of the other, sealed under the key of its own principal."""
    whose = principal(r.session, case)
    row = Separation(case_id=case.id, journey=case.journey, at=r.now, by=r.by, person_id=whose.id)
    vault_of(r.session).seal(row, other=other, reason=r.body.reason, perpetrator_here=perpetrator_here)
    r.session.add(row)


FACTS = (
    Fact("family_link", i.FamilyLinkIn, (*STAFF, Role.PROTECTION_OFFICER), link),
    Fact("family_leave", i.FamilyLeaveIn, (*STAFF, Role.PROTECTION_OFFICER), leave),
    Fact("family_split", i.FamilySplitIn, (*STAFF, Role.PROTECTION_OFFICER), split),
    Fact("family_separation", i.FamilySeparationIn, (*STAFF, *PROTECTION), separate),
)
