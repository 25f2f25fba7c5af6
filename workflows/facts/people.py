"""The people of a case: documents, fitness, screening, counselling."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

ADULT_AT = 18


@dataclass(frozen=True)
class Document:
    """A travel document. ``country`` has two letters; ``holder`` is whose hands it is in, empty for its owner's.

    ``printed``: its own spelling of the name is known. ``name``: how that stands to the recorded one: empty when they
    fit or it is not known, ``differs``, or what a person said of it then: ``confirmed`` or ``another``.
    """

    kind: str
    expires_on: date
    id: str = ""
    country: str = ""
    issued_on: date | None = None
    single_journey: bool = False
    used: bool = False
    holder: str = ""
    printed: bool = False
    name: str = ""


@dataclass(frozen=True)
class Application:
    """What the consulate last told of an application."""

    status: str
    lodged_at: datetime
    looked_at: datetime
    generation: int
    refusal: str | None = None


@dataclass(frozen=True)
class Fitness:
    """A medical officer's word, as codes: why somebody needs what they need stays sealed.

    ``barred``: no flight on the travel day. ``wants`` are papers for the flight, ``has`` those that are in hand and
    good for it. ``prepared``: escort, medical plan, medicines and a receiving clinic are seen to where needed.
    """

    fit: bool
    valid_from: date
    valid_until: date
    barred: bool = False
    wants: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()
    needs_medical_escort: bool = False
    prepared: bool = True


@dataclass(frozen=True)
class Traveller:
    """One person of the case, known by id only."""

    id: str
    principal: bool
    born_on: date
    documents: tuple[Document, ...] = ()
    application: Application | None = None
    fitness: Fitness | None = None
    declared_at: datetime | None = None
    best_interests: bool | None = None
    reconfirmed_at: datetime | None = None
    best_interests_until: datetime | None = None
    counts_from: date | None = None
    treated_as_child: bool = False

    def is_child(self, on: date) -> bool:
        """Under 18 on a day. An age in dispute counts from the youngest that anybody says, until it is decided."""
        return self.treated_as_child or on < self.adult_on

    def is_under(self, age: int, on: date) -> bool:
        """Younger than so many years on a day."""
        born = self.counts_from or self.born_on
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < age

    @cached_property
    def adult_on(self) -> date:
        """The 18th birthday; of one born on 29 February the 1 March."""
        born = self.counts_from or self.born_on
        day = (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
        return date(born.year + ADULT_AT, *day)


@dataclass(frozen=True)
class Screening:
    """The outcome of screening: none, possible or actual victim."""

    at: datetime
    result: str
    vulnerable: bool
    asylum_pending: bool


@dataclass(frozen=True)
class Session:
    """Counselling in this journey, up to the latest session that counts: what was explained, what was waived."""

    at: datetime
    options: frozenset[str]
    reflection_waived: bool
