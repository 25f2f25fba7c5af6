"""Everything a stage may look at: frozen plain values, read by ``workflows.gather``, holding no name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from models.stage import Track

ADULT_AT = 18


@dataclass(frozen=True)
class Rules:
    """The limits of one version of a pathway, by name: durations, amounts, counts (workflows/pathways)."""

    pathway: str
    version: int
    times: Mapping[str, timedelta]
    numbers: Mapping[str, Decimal]

    def time(self, name: str) -> timedelta:
        """A duration. Raises KeyError for a name that the pathway does not have."""
        return self.times[name]

    def number(self, name: str) -> Decimal:
        """An amount or a count. Raises KeyError."""
        return self.numbers[name]


@dataclass(frozen=True)
class Document:
    """A travel document."""

    kind: str
    expires_on: date


@dataclass(frozen=True)
class Application:
    """What the consulate last told of an application."""

    status: str
    lodged_at: datetime
    looked_at: datetime
    generation: int


@dataclass(frozen=True)
class Fitness:
    """A medical officer's word."""

    fit: bool
    valid_from: date
    valid_until: date


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

    def is_child(self, on: date) -> bool:
        """Under 18 on a day."""
        birthday = self.born_on.month, self.born_on.day
        return on.year - self.born_on.year - ((on.month, on.day) < birthday) < ADULT_AT


@dataclass(frozen=True)
class Screening:
    """The outcome of screening: none, possible or actual victim."""

    at: datetime
    result: str
    vulnerable: bool
    asylum_pending: bool


@dataclass(frozen=True)
class Session:
    """The latest counselling session of this journey."""

    at: datetime
    options: frozenset[str]
    coerced: bool
    reflection_waived: bool


@dataclass(frozen=True)
class Risk:
    """The latest risk assessment; ``approved`` is None until a second person decided."""

    id: str
    at: datetime
    level: str
    valid_until: datetime
    approved: bool | None


@dataclass(frozen=True)
class CountryInput:
    """The partner's word on the place; ``safe`` is None while unanswered."""

    asked_at: datetime
    safe: bool | None


@dataclass(frozen=True)
class Exit:
    """The movement officer's word on leaving."""

    cleared: bool
    told: bool
    valid_until: date


@dataclass(frozen=True)
class JourneyPlan:
    """From where to where, and not before which day."""

    at: datetime
    depart_on: date


@dataclass(frozen=True)
class Offer:
    """One flight on offer."""

    id: str
    round: int
    price: Decimal
    expires_at: datetime
    connections: int
    can_hold: bool


@dataclass(frozen=True)
class Booking:
    """One booking, of this journey or an earlier one.

    Status: held, ticketed, pending, lapsed, cancelled, failed, airline_cancelled, unused.
    """

    id: str
    journey: int
    generation: int
    route: str
    status: str
    price: Decimal
    pay_by: datetime | None
    looked_at: datetime
    departs_at: datetime
    arrives_at: datetime
    recheck: bool = False

    @property
    def is_live(self) -> bool:
        """Somebody could still fly on it, or it can still turn out so."""
        return self.status in ("held", "ticketed", "pending")


@dataclass(frozen=True)
class Handover:
    """One offer to one partner; ``status`` in the words of integrations.partner."""

    id: str
    journey: int
    generation: int
    partner: str
    status: str
    waiting_since: datetime
    replied: bool
    identity_sent: bool


@dataclass(frozen=True)
class Instalment:
    """One part of the support."""

    id: str
    due_on: date
    evidence: bool
    approved: bool
    payment: str | None
    changed_at: datetime


@dataclass(frozen=True)
class CheckIn:
    """One check-in that was answered or given up."""

    point: str
    reached: bool
    safe: bool | None


@dataclass(frozen=True)
class Effect:
    """A row of the ledger."""

    id: str
    journey: int
    action: str
    subject: str
    generation: int
    state: str
    at: datetime
    next_try_at: datetime | None
    attempts: int
    code: str | None


@dataclass(frozen=True)
class Facts:
    """A case at an instant. Collections hold this journey's rows unless their class says otherwise."""

    now: datetime
    rules: Rules
    ref: str
    track: Track
    journey: int
    partner: str | None
    people: tuple[Traveller, ...]
    withdrawn_at: datetime | None = None
    closed: bool = False
    data_consent: bool = False
    contact_hours: tuple[str, int, int] | None = None
    screening: Screening | None = None
    session: Session | None = None
    choice_at: datetime | None = None
    supports: frozenset[tuple[str, str]] = frozenset()
    country_input: CountryInput | None = None
    risk: Risk | None = None
    exit: Exit | None = None
    plan_of_journey: JourneyPlan | None = None
    offers: tuple[Offer, ...] = ()
    price_cap: Decimal | None = None
    rebooked: frozenset[int] = frozenset()
    bookings: tuple[Booking, ...] = ()
    may_share_with: frozenset[str] = frozenset()
    handovers: tuple[Handover, ...] = ()
    boarding: str | None = None
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    instalments: tuple[Instalment, ...] | None = None
    check_ins: tuple[CheckIn, ...] = ()
    reviewed: frozenset[str] = frozenset()
    closure_reason: str | None = None
    effects: tuple[Effect, ...] = ()
    asked: Mapping[tuple[str, str], datetime] = field(default_factory=dict)

    @property
    def principal(self) -> Traveller:
        """The person whose case it is."""
        return next(person for person in self.people if person.principal)

    @property
    def is_victim(self) -> bool:
        """Screened as a possible or actual victim of trafficking."""
        return self.screening is not None and self.screening.result in ("possible", "actual")

    @property
    def is_vulnerable(self) -> bool:
        """Needs a partner who accepted before a ticket is bought (DESIGN §3, flight booking)."""
        has_child = any(person.is_child(self.now.date()) for person in self.people)
        return has_child or self.is_victim or (self.screening is not None and self.screening.vulnerable)

    @property
    def departed(self) -> bool:
        """Boarded and gone on this journey."""
        return self.departed_at is not None

    @property
    def booking(self) -> Booking | None:
        """The newest booking of this journey."""
        mine = [booking for booking in self.bookings if booking.journey == self.journey]
        return max(mine, key=lambda booking: booking.generation, default=None)

    @property
    def handover(self) -> Handover | None:
        """The newest handover of this journey."""
        mine = [handover for handover in self.handovers if handover.journey == self.journey]
        return max(mine, key=lambda handover: handover.generation, default=None)

    @property
    def travel_day(self) -> date:
        """The day for which everything must be valid: the ticket's, else the plan's, else today."""
        if self.booking and self.booking.is_live:
            return self.booking.departs_at.date()
        return self.plan_of_journey.depart_on if self.plan_of_journey else self.now.date()

    def effect(self, action: str, subject: str) -> Effect | None:
        """The newest try of an action on a subject."""
        tries = [effect for effect in self.effects if (effect.action, effect.subject) == (action, subject)]
        return max(tries, key=lambda effect: effect.generation, default=None)
