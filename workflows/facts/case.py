"""All facts of one case at one instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from models.stage import Track
from workflows.facts.clearance import CountryInput, Exit, Risk
from workflows.facts.closure import Closing
from workflows.facts.contact import Contact
from workflows.facts.effect import Effect
from workflows.facts.incidents import Incidents
from workflows.facts.intake import Intake
from workflows.facts.journey import Booking, Handover, JourneyPlan, Offer
from workflows.facts.money import Money
from workflows.facts.papers import Papers
from workflows.facts.people import Screening, Session, Traveller
from workflows.facts.protection import Protection
from workflows.facts.reception import Reception
from workflows.facts.rules import Rules
from workflows.facts.shelter import Shelter
from workflows.facts.support import Arrival, CheckIn, Instalment
from workflows.facts.travel import Travel
from workflows.facts.voluntariness import Voluntariness


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
    stopped_at: datetime | None = None
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
    rebooked: frozenset[tuple[int, int]] = frozenset()
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
    arrival: Arrival = field(default_factory=Arrival)
    effects: tuple[Effect, ...] = ()
    intake: Intake = field(default_factory=Intake)
    voluntariness: Voluntariness = field(default_factory=Voluntariness)
    protection: Protection = field(default_factory=Protection)
    papers: Papers = field(default_factory=Papers)
    travel: Travel = field(default_factory=Travel)
    reception: Reception = field(default_factory=Reception)
    money: Money = field(default_factory=Money)
    contact: Contact = field(default_factory=Contact)
    shelter: Shelter = field(default_factory=Shelter)
    incidents: Incidents = field(default_factory=Incidents)
    closing: Closing | None = None
    asked: Mapping[tuple[str, str], datetime] = field(default_factory=dict)

    @property
    def principal(self) -> Traveller:
        """The person whose case it is."""
        return next(person for person in self.people if person.principal)

    @property
    def is_victim(self) -> bool:
        """Screened as a possible or actual victim of trafficking."""
        return self.screening is not None and self.screening.result in ("possible", "actual")

    @cached_property
    def is_vulnerable(self) -> bool:
        """Needs a partner who accepted before a ticket is bought (DESIGN §3, flight booking)."""
        has_child = any(person.is_child(self.today) for person in self.people)
        screened = self.is_victim or (self.screening is not None and self.screening.vulnerable)
        return has_child or screened or bool(self.came_of_age)

    @cached_property
    def today(self) -> date:
        """The date where the person is: birthdays and days of grace are counted there."""
        return self.now.astimezone(ZoneInfo(self.protection.zone)).date()

    @cached_property
    def came_of_age(self) -> tuple[Traveller, ...]:
        """Those who turned 18 while the case was open: they stay protected until somebody decides otherwise."""
        opened = self.protection.opened_on
        grown = [person for person in self.people if opened and opened < person.adult_on <= self.today]
        return tuple(person for person in grown if self.protection.goes_on.get(person.id, True))

    @property
    def withdrawal(self) -> str:
        """The name of the newest withdrawal, for what must be seen to after it; empty when there was none."""
        return f"withdrawal:{self.withdrawn_at:%Y%m%dT%H%M%S}" if self.withdrawn_at else ""

    @property
    def departed(self) -> bool:
        """Boarded and gone on this journey."""
        return self.departed_at is not None

    @property
    def returned(self) -> bool:
        """Counts as returned: somebody at the destination saw the person arrive (domain.md §1.8)."""
        return self.arrived_at is not None

    @property
    def granted_elsewhere(self) -> Decimal:
        """What the person was already granted in another case, in euros."""
        return Decimal(getattr(self.intake, "grants_elsewhere", 0))

    @cached_property
    def booking(self) -> Booking | None:
        """The newest booking of this journey, for the part of those who travel that the principal is in."""
        return self.booking_of(1)

    def booking_of(self, part: int) -> Booking | None:
        """The newest booking of this journey for one part of those who travel; most travel in one part."""
        mine = [booking for booking in self.bookings if (booking.journey, booking.part) == (self.journey, part)]
        return max(mine, key=lambda booking: booking.generation, default=None)

    @cached_property
    def handover(self) -> Handover | None:
        """The newest handover of this journey."""
        mine = [one for one in self.handovers if one.journey == self.journey and not one.back]
        return max(mine, key=lambda handover: handover.generation, default=None)

    @cached_property
    def travel_day(self) -> date:
        """The day for which everything must be valid: the ticket's, else the plan's, else today."""
        if self.booking and self.booking.is_live:
            return self.booking.departs_at.date()
        today = self.now.date()
        return max(self.plan_of_journey.depart_on, today) if self.plan_of_journey else today

    def effect(self, action: str, subject: str) -> Effect | None:
        """The newest try of an action on a subject."""
        return self._newest_tries.get((action, subject))

    @cached_property
    def _newest_tries(self) -> dict[tuple[str, str], Effect]:
        """The newest try of everything that was tried; asked some hundred times in one decision."""
        return {(one.action, one.subject): one for one in sorted(self.effects, key=lambda one: one.generation)}
