"""Custody, nationality, permits, overstay and holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Stay:
    """Until when somebody may stay (None: without an end), whether the fine of an overstay gets paid, what they

    were told of the ban to expect: its months, None while they were told nothing.
    """

    ends_on: date | None
    fine_paid: bool
    told_months: int | None = None


@dataclass(frozen=True)
class Permit:
    """The newest permit of a victim. ``count`` of permits so far; ``first_on`` is when the first was issued.

    ``cancelled_on`` with ``coerced``: a cancellation that must be objected to; ``objected``: that was done.
    """

    count: int
    wanted: bool
    first_on: date | None = None
    first_until: date | None = None
    valid_until: date | None = None
    cancelled_on: date | None = None
    cancelled_at: datetime | None = None
    coerced: bool = False
    objected: bool = False


@dataclass(frozen=True)
class Removal:
    """A removal decision: the last days to leave (None: at once) and to appeal, and what was decided about that."""

    leave_until: date | None
    appeal_until: date
    appeal: str = ""


@dataclass(frozen=True)
class PersonPapers:
    """What is known of one person's papers beside their documents.

    ``statelessness``: referred, stateless or national, once the consulate has refused for good. ``statement``: what
    the prosecutor said of theirs: taken, remote, not_needed, not_yet. ``tickets``: whether the name that was read on a
    ticket is that of a document, by the ticket. ``seen``: warnings somebody has taken note of, by subject.
    """

    refusals: int = 0
    proofs: int = 0
    no_proof: bool = False
    statelessness: str = ""
    statelessness_at: datetime | None = None
    withheld: bool = False
    statement: str = ""
    held: bool = False
    stay: Stay | None = None
    permit: Permit | None = None
    removal: Removal | None = None
    tickets: Mapping[str, bool] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()


NOTHING = PersonPapers()


@dataclass(frozen=True)
class Papers:
    """The papers of a case's people: where the journey ends (two letters), and each person's."""

    destination: str = ""
    people: Mapping[str, PersonPapers] = field(default_factory=dict)

    def of(self, person: str) -> PersonPapers:
        """One person's; nothing known when there is none."""
        return self.people.get(person, NOTHING)

    @property
    def withheld(self) -> bool:
        """Somebody keeps a document from its owner: a marker of exploitation that screening must see."""
        return any(papers.withheld for papers in self.people.values())

    @property
    def held(self) -> bool:
        """A court or a prosecutor forbids somebody to leave."""
        return any(papers.held for papers in self.people.values())
