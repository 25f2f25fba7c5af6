"""What the form of a fact is made of on a page: the case, what is asked, and what may be chosen in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from babel.core import get_global
from babel.numbers import get_territory_currencies
from sqlmodel import Session, col, select

from api.errors import Problem
from api.forms import Labels, Setting, first, labels
from api.forms.choices import choices, keys, rows
from api.forms.fill import Filled
from api.forms.labels import capital
from api.forms.names import folded
from api.forms.people import PEOPLE, Finding, of_case
from api.forms.setting import HOUSE_ZONE
from api.forms.shape import shapes
from api.forms.subject import given_by
from api.pages.typed import new_token
from api.pages.visitor import Visitor
from api.pages.words import at_their_clock
from models.access import Act, Field, may, readable
from models.case import Case
from models.person import Person
from models.queries import partners
from models.queries.access import Denied, must_ref, relations_of
from models.queries.changes import last_number
from models.question import Question
from models.stage import Track
from workflows.commands import Fact
from workflows.commands.record import asked_now
from workflows.explain import sentence
from workflows.house import House
from workflows.records.acts import act_of
from workflows.records.table import FACTS
from workflows.standing import Asking


@dataclass(frozen=True)
class Asked:
    """Why a question is asked, in words, and until when."""

    why: str
    then: str
    until: datetime


@dataclass(frozen=True)
class Desk:
    """One form of one fact for one reader. ``seen``: the number of the case's last event as the page was made."""

    ref: str
    fact: Fact
    path: str
    setting: Setting
    seen: int
    can_see: bool
    asked: Asked | None = None

    @property
    def words(self) -> Labels:
        """In the reader's language."""
        return labels(self.setting.language)

    @cached_property
    def title(self) -> str:
        """What is recorded."""
        return self.words.kind(self.fact.kind)[0]

    @property
    def why(self) -> str:
        """Why this is asked, where that needs saying."""
        return self.words.kind(self.fact.kind)[1]

    def first(self) -> Filled:
        """The empty form."""
        return first(self.fact.model, self.setting)


def fact_of(kind: str) -> Fact:
    """A kind of fact by its name. Raises Problem."""
    if kind not in FACTS:
        raise Problem(404, "unknown_kind", "There is no page here.")
    return FACTS[kind]


def desk_of(house: House, visitor: Visitor, ref: str, fact: Fact, path: str, subject: str = "") -> Desk:
    """The form of a fact about a case, for somebody who may record it. Raises Problem or UnknownCase."""
    now = house.clock.now()
    with house.database.reading() as session:
        case = allowed(session, visitor, fact, ref, now)
        ties = relations_of(session, visitor.staff, case, now)
        names = Field.IDENTITY in readable(visitor.staff, ties)
        setting = setting_of(session, case, visitor, fact, subject, names=names)
        is_asked = bool(subject) or fact.only_when_asked or path.startswith("/questions/")
        asked = asked_for(session, case, fact, subject, now, visitor) if is_asked else None
        sees = may(visitor.staff, Act.SEE, ties)
        return Desk(case.ref, fact, path, setting, last_number(session, ref), sees, asked)


def allowed(session: Session, visitor: Visitor, fact: Fact, ref: str, now: datetime) -> Case:
    """The case, for somebody whose part in it and whose role let them record this. Raises Problem or UnknownCase."""
    not_theirs = Problem(403, "role", "Your role may not record this: ask somebody who may.")
    try:
        case = must_ref(session, visitor.staff, act_of(fact.kind), ref, now)
    except Denied:
        raise not_theirs from None
    if not visitor.staff.has(*fact.roles):
        raise not_theirs
    return case


def setting_of(session: Session, case: Case, visitor: Visitor, fact: Fact, subject: str, *, names: bool) -> Setting:
    """Everything that may be chosen, and everything that is known already."""
    rules, words = (case.pathway, case.pathway_version, visitor.language), labels(visitor.language)
    known = of_case(Finding(session, case, visitor.staff, words, names), fact.model)
    given = dict(given_by(fact.model, subject))
    if "client_id" in shapes(fact.model):
        given["client_id"] = new_token()
    track = "in_place" if case.track is Track.IN_PLACE else "return"
    made = Setting(visitor.language, {**choices(*rules), **known}, keys(*rules), rows(*rules, track), given,
                   zones=zones_of(case.country), currencies=currencies_of(case.country))  # fmt: skip
    return replace(made, start=started(session, case, made, fact))


def started(session: Session, case: Case, setting: Setting, fact: Fact) -> dict[str, str]:
    """The one person there is, and the language that they speak, so that nobody has to choose them."""
    asked, start = shapes(fact.model), {}
    people = setting.choices.get(PEOPLE[0], ())
    if len(people) == 1 and "person" in asked and asked["person"].required:
        start["person"] = people[0].value
    if "language" in asked:
        spoken = session.exec(select(Person.language).where(Person.case_id == case.id, col(Person.principal))).first()
        start["language"] = spoken or ""
    return {name: value for name, value in start.items() if value and name not in setting.given}


def zones_of(country: str) -> tuple[str, ...]:
    """The house's clock, those of the country of return, and UTC."""
    there = sorted(zone for zone, where in get_global("zone_territories").items() if where == country)
    return tuple(dict.fromkeys((HOUSE_ZONE, *there, "UTC")))


def currencies_of(country: str) -> tuple[str, ...]:
    """Those that the house pays and buys in, and that of the country of return."""
    return tuple(dict.fromkeys((*Setting().currencies, *get_territory_currencies(country))))


def asked_for(session: Session, case: Case, fact: Fact, subject: str, now: datetime, who: Visitor) -> Asked | None:
    """The question that this answers, as the stages ask it at this moment."""
    for asking in asked_now(session, case, now):
        if asking.question == fact.kind and subject in ("", asking.subject):
            return in_words(asking, who, partners.names(session))
    return None


def in_words(asking: Asking, who: Visitor, called: Mapping[str, str]) -> Asked:
    """A question as its reader is told: their language, the house's clock, partners by name."""
    said = (sentence(one, who.language, called) for one in (asking.why, asking.then))
    why, then = (at_their_clock(one, who.language, who.zone) for one in said)
    return Asked(capital(why, who.language), then, asking.until)


def question_of(house: House, question_id: UUID) -> tuple[Question, str, Fact]:
    """A question, the reference of its case, and the fact that it asks for. Raises Problem."""
    with house.database.reading() as session:
        question = session.get(Question, question_id)
        case = session.get(Case, question.case_id) if question else None
    if question is None or case is None:
        raise not_open()
    return question, case.ref, FACTS[question.kind]


def not_open() -> Problem:
    """The same words for what is not open and for what was never theirs to see."""
    detail = "This question is no longer open: look at the case for what is asked now."
    return Problem(409, "not_open", detail)


def spoken_kinds(visitor: Visitor) -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds of fact that somebody's roles may record without being asked, by their titles, under their nouns."""
    words, groups = labels(visitor.language), dict[str, list[tuple[str, str]]]()
    for fact in FACTS.values():
        if visitor.staff.has(*fact.roles) and not fact.only_when_asked:
            groups.setdefault(words.group(fact.kind), []).append((fact.kind, words.kind(fact.kind)[0]))
    return sorted(groups.items(), key=lambda one: folded(one[0]))


def titles(visitor: Visitor) -> dict[str, str]:
    """The title of every kind."""
    return {kind: said[0] for kind, said in labels(visitor.language).parts["kinds"].items()}
