"""The cases that somebody is tied to, by each tie: a query of ids for every way in which it comes about."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, false, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models.access import Relation, Tie
from models.assignment import CaseAssignment
from models.case import Case
from models.glass import GlassBreak
from models.handover import Handover
from models.handover_state import WITH_PARTNER
from models.queries.glass import LOCKED_AFTER
from models.question import Question
from models.shelter import ShelterUnit, Stay, StayEnd
from models.staff import Staff
from models.stage import Role

ANSWERS_FOR = (Role.COUNSELLOR, Role.SUPERVISOR, Role.PROTECTION_OFFICER)
Ids = SelectOfScalar[UUID]


class Way(NamedTuple):
    """One tie and the cases that it ties somebody to.

    ``wide``: most cases may be among them, and each tells by itself whether it is: a query of ``Case`` alone.
    ``each``: by this condition each would tell, where that is better than to find all. ``open_only``: none is closed.
    ``told``: the condition of a query that asks nothing but the case.
    """

    tie: Tie
    cases: Ids
    wide: bool = False
    each: ColumnElement[bool] | None = None
    open_only: bool = False
    told: ColumnElement[bool] | None = None


class Anybody(NamedTuple):
    """Somebody of some roles, whose name is said when the query is asked."""

    roles: Sequence[str]
    handle: Any
    partner: Any
    active: bool = True


def ways(who: Staff | Anybody, now: Any, locked_since: Any = None, case: Any = Case) -> Iterator[Way]:
    """Every way in which somebody may be tied to cases. ``case``: an alias, where each is to be asked (``tied``)."""
    locked = now - LOCKED_AFTER if locked_since is None else locked_since
    partner = "" if who.partner is None else who.partner
    for role in (Role(name) for name in who.roles) if who.active else ():
        if role in ANSWERS_FOR:
            yield from (by_case(Tie(role, Relation.OWNER), cases) for cases in owned(who.handle, case))
        if role is Role.SUPERVISOR:
            yield by_case(Tie(role, Relation.SUPERVISES), led_by(who.handle, case), wide=True)
            yield Way(Tie(role, Relation.SUPERVISES), team_of(who.handle), each=has_of_team(who.handle))
        if role is Role.SHELTER_PARTNER:
            yield Way(Tie(role, Relation.OWN_CLIENT), clients(partner))
        if role is Role.RECEIVING_PARTNER:
            yield Way(Tie(role, Relation.OWN_HANDOVER), handed_to(partner), open_only=True)
            continue
        yield Way(Tie(role, Relation.ASSIGNED), assigned(who.handle, role), open_only=True)
        yield Way(Tie(role, Relation.ASKED), asked(who.handle, role))
        yield by_case(Tie(role, Relation.BROKEN_GLASS), broken(who.handle, now, locked, case))


def by_case(tie: Tie, cases: Ids, *, wide: bool = False) -> Way:
    """A way that asks nothing but the case."""
    return Way(tie, cases, wide, told=cases.whereclause)


def owned(handle: str, case: Any = Case) -> tuple[Ids, Ids]:
    """Cases that somebody answers for: two looks, each with an index of its own."""
    opened = select(case.id).where(case.opened_by == handle, col(case.owner).is_(None))
    return select(case.id).where(case.owner == handle), opened


def led_by(handle: str, case: Any = Case) -> Ids:
    """Cases of those whom somebody supervises or who name nobody, and cases that nobody answers for."""
    not_theirs = select(Staff.handle).where(col(Staff.supervisor).is_not(None), col(Staff.supervisor) != handle)
    theirs = func.coalesce(case.owner, case.opened_by).not_in(not_theirs)
    return select(case.id).where(or_(theirs, col(case.unowned_since).is_not(None)))


def team_of(handle: str) -> Ids:
    """Cases that somebody works on whom they supervise."""
    return select(CaseAssignment.case_id).where(*by_team(handle))


def has_of_team(handle: str) -> ColumnElement[bool]:
    """Whether somebody works on the case whom they supervise: one look at it, never at all that the team works on."""
    look = select(CaseAssignment.id).where(CaseAssignment.case_id == Case.id, *by_team(handle)).correlate(Case)
    return look.limit(1).scalar_subquery().is_not(None)


def by_team(handle: str) -> tuple[ColumnElement[bool], ...]:
    """What is somebody's work whom they supervise."""
    team = select(Staff.handle).where(Staff.supervisor == handle, Staff.active)
    return col(CaseAssignment.handle).in_(team), col(CaseAssignment.until).is_(None)


def tied(found: Iterable[Way], case: Any) -> ColumnElement[bool]:
    """Whether one of these ways, made for an alias of ``Case``, leads to it: what it tells itself, else one look each.

    Where a condition is EXISTS or IN, PostgreSQL may fetch everybody's cases to know of this one.
    """
    return or_(false(), *(way.told if way.told is not None else leads(way, case) for way in found))


def leads(way: Way, case: Any) -> ColumnElement[bool]:
    """Whether a way leads to a case."""
    look = way.cases.where(of(way.cases) == case.id).correlate(case).limit(1)
    return look.scalar_subquery().is_not(None)


def assigned(handle: str, role: Role) -> Ids:
    """Open cases that somebody works on in a role: what is closed is the owner's alone."""
    query = select(CaseAssignment.case_id).join(Case, col(Case.id) == CaseAssignment.case_id)
    live = col(CaseAssignment.until).is_(None) & col(Case.closed_at).is_(None)
    return query.where(CaseAssignment.handle == handle, CaseAssignment.role == role, live)


def asked(handle: str, role: Role) -> Ids:
    """Cases in which a question for a role is open and nobody else works in that role."""
    query = select(Question.case_id).where(
        Question.role == role, col(Question.answered_at).is_(None), col(Question.voided_at).is_(None)
    )
    others = select(CaseAssignment.id).where(
        CaseAssignment.case_id == Question.case_id, CaseAssignment.role == role,
        col(CaseAssignment.until).is_(None), CaseAssignment.handle != handle,
    )  # fmt: skip
    query = query.where(~others.exists())
    return query.where(col(Question.case_id).in_(union_all(*without_owner()))) if role is Role.COUNSELLOR else query


def without_owner() -> tuple[Ids, ...]:
    """Open cases whose owner has left, or is nobody of ours: looked for by whom a case names, not case by case."""
    ours = select(Staff.handle).where(Staff.active, col(Staff.partner).is_(None))
    owner, opener, query = col(Case.owner), col(Case.opened_by), select(Case.id).where(col(Case.closed_at).is_(None))
    opened = query.where(opener.in_(others(Case.opened_by, ours)), owner.is_(None))
    return query.where(owner.in_(others(Case.owner, ours))), opened, query.where(col(Case.unowned_since).is_not(None))


def others(column: Any, known: SelectOfScalar[str]) -> Any:
    """Whoever a column of open cases names and is not known: one look at its index for each name, not for each case."""
    case = aliased(Case)
    name = getattr(case, column.key)
    names = select(name).where(name.is_not(None), col(case.closed_at).is_(None)).order_by(name).limit(1)
    names = names.where(col(case.owner).is_(None)) if column.key == "opened_by" else names
    each = select(names.scalar_subquery().label("handle")).cte(recursive=True)
    after = names.where(name > each.c.handle).correlate(each).scalar_subquery()
    each = each.union_all(select(after).where(each.c.handle.is_not(None)))
    return select(each.c.handle).where(each.c.handle.is_not(None), each.c.handle.not_in(known))


def clients(partner: str) -> Ids:
    """Cases of those who stay in a partner's units."""
    units = select(ShelterUnit.code).where(ShelterUnit.partner == partner)
    ended = select(StayEnd.id).where(StayEnd.stay_id == Stay.id)
    return select(Stay.case_id).where(col(Stay.unit_code).in_(units), ~ended.exists())


def handed_to(partner: str) -> Ids:
    """Cases that lie with a receiving partner on their present journey."""
    query = select(Handover.case_id).join(Case, col(Case.id) == Handover.case_id)
    return query.where(
        Handover.partner == partner, col(Handover.back).is_(False), Handover.journey == Case.journey,
        col(Handover.status).in_(WITH_PARTNER), col(Case.closed_at).is_(None),
    )  # fmt: skip


def broken(handle: str, now: Any, locked: Any, case: Any = Case) -> Ids:
    """Cases that somebody has broken the glass of, within the hour; none while an earlier one locks them (C4)."""
    refs = select(GlassBreak.case_ref).where(GlassBreak.handle == handle, GlassBreak.ends_at > now)
    earlier = aliased(GlassBreak)
    late = select(earlier.id).where(earlier.handle == handle, col(earlier.reviewed_at).is_(None), earlier.at <= locked)
    return select(case.id).where(col(case.ref).in_(refs.where(~late.exists())))


def of(cases: Ids) -> Any:
    """The column of a query that holds the case's id."""
    return next(iter(cases.selected_columns))
