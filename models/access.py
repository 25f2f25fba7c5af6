"""Who may do what with a case: by relation to it and not by role alone (DESIGN §6). What is not in the table is denied.

``may`` is pure and the only answer, for the JSON API, pages, lists, search, files and messages. The relations come
from ``models.queries.access``.
"""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from models.stage import Role


class Act(StrEnum):
    """What somebody does. All but ``break_glass`` and ``review`` need no more than this table says."""

    OPEN = "open"  # start a case
    LIST = "list"  # find it in a list or a queue
    SEARCH = "search"  # find it by a person's name or number
    SEE = "see"  # read it; the field class says how much
    RECORD = "record"  # say a fact, or answer a question
    APPROVE = "approve"  # the second person's word
    REPORT = "report"  # say that somebody was heard of, or is in danger: it tells nothing
    WITHDRAW = "withdraw"
    TAKE = "take"  # work on it from now on
    ASSIGN = "assign"  # say who works on it
    HOLD = "hold"  # keep its file for a proceeding
    EXPORT = "export"
    AUDIT = "audit"  # read who has read what
    RECEIVE = "receive"  # read and answer what was handed over to one's own house
    BREAK_GLASS = "break_glass"  # read without a relation, for a reason, for an hour
    REVIEW = "review"  # judge that somebody did
    ACCOUNTS = "accounts"  # who has an account and which roles


class Relation(StrEnum):
    """What ties somebody, in one of their roles, to a case."""

    NONE = "none"  # nothing does: everybody has this to every case
    OWNER = "owner"  # answers for it
    ASSIGNED = "assigned"
    SUPERVISES = "supervises"  # somebody who answers for it or works on it is theirs, or nobody answers for it
    ASKED = "asked"  # a question for the role is open, and nobody in that role works on it
    OWN_CLIENT = "own_client"  # stays in one of the partner's units
    OWN_HANDOVER = "own_handover"  # was handed over to the partner, and still is
    BROKEN_GLASS = "broken_glass"


class Field(StrEnum):
    """What there is to read: class 1, class 2, and class 3 by what it is about."""

    PROCESS = "process"
    IDENTITY = "identity"
    HEALTH = "health"
    NARRATIVE = "narrative"
    LOCATION = "location"
    TRAFFICKING = "trafficking"
    HOUSE = "house"  # the book of a shelter


class Tie(NamedTuple):
    """One relation, and the role that it is in: a role gives nothing in a case that it has nothing to do with."""

    role: Role
    relation: Relation


class Holder(Protocol):
    """Somebody with roles: ``models.staff.Staff``."""

    @property
    def active(self) -> bool:
        """Whether they are still here."""

    @property
    def roles(self) -> Sequence[str]:
        """The names of their roles."""


class Grant(NamedTuple):
    """One line of the table: who, tied how, may do what, and read which fields with it."""

    role: Role
    relations: Sequence[Relation]
    acts: Collection[Act]
    fields: Collection[Field]


F, R, A = Field, Relation, Act
CLASS_3 = (F.HEALTH, F.NARRATIVE, F.LOCATION, F.TRAFFICKING, F.HOUSE)
FIELDS: dict[int, tuple[Field, ...]] = {1: (F.PROCESS,), 2: (F.IDENTITY,), 3: CLASS_3}
P1 = (F.PROCESS,)
P2 = (F.PROCESS, F.IDENTITY)
STORY = (*P2, F.NARRATIVE, F.LOCATION, F.TRAFFICKING)
ALL = (*P2, *CLASS_3)
FOUND = (A.LIST, A.SEARCH, A.SEE)
WORK = (*FOUND, A.RECORD)
ASIDE = (A.REPORT, A.WITHDRAW, A.BREAK_GLASS)  # what anybody of ours may do with a case that is not theirs
LEADS = (*WORK, A.APPROVE, A.HOLD, A.ASSIGN, A.EXPORT, A.AUDIT)
MINE, THEIRS = (R.OWNER, R.ASSIGNED), (R.ASSIGNED, R.ASKED)

# ruff: noqa: E501 - one line a row, so that it reads as a table
TABLE: tuple[Grant, ...] = (
    #     role                      tied how                      may do                                           and read
    Grant(Role.COUNSELLOR,          (R.NONE,),                    (A.OPEN, *ASIDE),                                P1),
    Grant(Role.COUNSELLOR,          MINE,                         (*WORK, A.ASSIGN, A.EXPORT),                     ALL),
    Grant(Role.COUNSELLOR,          (R.ASKED,),                   (A.LIST, A.SEE, A.RECORD, A.TAKE),               P2),
    Grant(Role.COUNSELLOR,          (R.BROKEN_GLASS,),            (A.SEE,),                                        ALL),
    Grant(Role.PROTECTION_OFFICER,  (R.NONE,),                    (*ASIDE, A.REVIEW),                              P1),
    Grant(Role.PROTECTION_OFFICER,  MINE,                         (*WORK, A.APPROVE, A.HOLD, A.ASSIGN),            ALL),
    Grant(Role.PROTECTION_OFFICER,  (R.ASKED,),                   (*WORK, A.APPROVE, A.HOLD, A.TAKE),              ALL),
    Grant(Role.PROTECTION_OFFICER,  (R.BROKEN_GLASS,),            (A.SEE,),                                        ALL),
    Grant(Role.MEDICAL_OFFICER,     (R.NONE,),                    (A.REPORT, A.BREAK_GLASS),                       P1),
    Grant(Role.MEDICAL_OFFICER,     (R.ASSIGNED,),                WORK,                                            (*P2, F.HEALTH)),
    Grant(Role.MEDICAL_OFFICER,     (R.ASKED,),                   (*WORK, A.TAKE),                                 (*P2, F.HEALTH)),
    Grant(Role.MEDICAL_OFFICER,     (R.BROKEN_GLASS,),            (A.SEE,),                                        (*P2, F.HEALTH)),
    Grant(Role.MOVEMENT_OFFICER,    (R.NONE,),                    ASIDE,                                           P1),
    Grant(Role.MOVEMENT_OFFICER,    (R.ASSIGNED,),                WORK,                                            (*P2, F.LOCATION)),
    Grant(Role.MOVEMENT_OFFICER,    (R.ASKED,),                   (*WORK, A.TAKE),                                 (*P2, F.LOCATION)),
    Grant(Role.MOVEMENT_OFFICER,    (R.BROKEN_GLASS,),            (A.SEE,),                                        (*P2, F.LOCATION)),
    Grant(Role.SUPERVISOR,          (R.NONE,),                    (A.OPEN, *ASIDE, A.REVIEW),                      P1),
    Grant(Role.SUPERVISOR,          MINE,                         LEADS,                                           ALL),
    Grant(Role.SUPERVISOR,          (R.SUPERVISES,),              LEADS,                                           STORY),
    Grant(Role.SUPERVISOR,          (R.ASKED,),                   (*WORK, A.APPROVE, A.TAKE, A.ASSIGN),            STORY),
    Grant(Role.SUPERVISOR,          (R.BROKEN_GLASS,),            (A.SEE,),                                        STORY),
    Grant(Role.COUNTRY_OFFICE,      (R.NONE,),                    (A.REPORT,),                                     P1),
    Grant(Role.COUNTRY_OFFICE,      THEIRS,                       (A.LIST, A.SEE, A.RECORD),                       P1),
    Grant(Role.SHELTER_PARTNER,     (R.NONE,),                    (A.REPORT,),                                     P1),
    Grant(Role.SHELTER_PARTNER,     (R.OWN_CLIENT,),              WORK,                                            (*P2, F.HOUSE, F.LOCATION)),
    Grant(Role.SHELTER_PARTNER,     (R.ASKED,),                   (A.LIST, A.RECORD),                              P1),
    Grant(Role.RECEIVING_PARTNER,   (R.OWN_HANDOVER,),            (A.RECEIVE, A.REPORT),                           ALL),
    Grant(Role.OPERATIONS,          (R.NONE,),                    (A.LIST, A.SEE, A.RECORD, A.APPROVE, A.REPORT),  P1),
    Grant(Role.MONITORING,          (R.NONE,),                    (A.LIST, A.SEE, A.RECORD, A.REPORT),             P1),
    Grant(Role.AUDITOR,             (R.NONE,),                    (A.LIST, A.SEE, A.AUDIT),                        P1),
    Grant(Role.ADMINISTRATOR,       (R.NONE,),                    (A.ACCOUNTS,),                                   P1),
)  # fmt: skip


def may(who: Holder, act: Act, ties: Iterable[Tie] = (), field_class: int = 1, field: Field | None = None) -> bool:
    """Whether somebody may do this to a case that they are tied to so, and read fields of that class with it.

    ``field`` narrows class 3 to what it is about; without it the answer is yes only where all of class 3 may be read.
    """
    known = FIELDS.get(field_class, ())
    wanted = {field} & set(known) if field else set(known)
    return bool(wanted) and any(wanted <= set(grant.fields) for grant in grants(who, act, ties))


def grants(who: Holder, act: Act, ties: Iterable[Tie]) -> list[Grant]:
    """The lines that hold for somebody: their own roles only, and none once they have left."""
    held = {Role(role) for role in who.roles} if who.active else set()
    tied = {Tie(role, Relation.NONE) for role in held} | {tie for tie in ties if tie.role in held}
    return [row for row in TABLE if act in row.acts and any(Tie(row.role, one) in tied for one in row.relations)]


def readable(who: Holder, ties: Iterable[Tie]) -> frozenset[Field]:
    """Everything that somebody may read of a case that they are tied to so."""
    return frozenset(field for grant in grants(who, Act.SEE, ties) for field in grant.fields)
