"""The case: one principal, any number of dependants, a journey, a version, a lease and a due instant."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, text

from models.base import Record, instant, new_ref, plain, word
from models.stage import Track

UNOWNED, IS_OPEN = text("unowned_since IS NOT NULL"), text("closed_at IS NULL")
SHAKY = text("stumbles > 0")
OWNED, OPENERS = text("owner IS NOT NULL"), text("owner IS NULL")


class UnknownCase(Exception):
    """There is no case of that reference, or none that whoever asks may know of."""


class Case(Record, table=True):
    """A return case. ``journey`` counts decisions to travel: withdrawing begins a new one, so that

    nothing of the old one (a ticket, an acceptance, a signature) can revive with a later consent. ``episode`` counts
    cases of the same people: re-opening makes a new one, which names the one before. ``noted`` is what its status says
    beside the notes of its stages, as decided at version ``noted_ver`` (``workflows.glance``): no gate reads it.
    ``stumbles`` counts pushes that crashed since the case last came to rest; ``stopped_at``: there were too many, and
    a person was asked (F12).
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_unowned", "unowned_since", sqlite_where=UNOWNED, postgresql_where=UNOWNED),
        Index("ix_cases_owner", "owner", "id", "closed_at", sqlite_where=OWNED, postgresql_where=OWNED),
        Index("ix_cases_opened_by", "opened_by", "id", "closed_at", sqlite_where=OPENERS, postgresql_where=OPENERS),
        Index("ix_cases_open", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_cases_stumbles", "stumbles", sqlite_where=SHAKY, postgresql_where=SHAKY),
    )

    ref: str = plain(default_factory=new_ref, max_length=20, unique=True)
    pathway: str = plain(max_length=40)
    pathway_version: int = plain()
    track: Track = word(Track, Track.UNDECIDED)
    journey: int = plain(1)
    country: str = plain(max_length=2)
    area: str = plain(max_length=60)
    partner: str | None = plain(None, max_length=40)
    opened_at: datetime = instant()
    opened_by: str = plain(max_length=60)
    owner: str | None = plain(None, max_length=60)
    episode: int = plain(1)
    previous_id: UUID | None = plain(None, index=True)
    suspended_at: datetime | None = instant(None)
    unowned_since: datetime | None = instant(None)
    withdrawn_at: datetime | None = instant(None)
    closed_at: datetime | None = instant(None)
    outcome: str | None = plain(None, max_length=40)
    ver: int = plain(1)
    lease: str | None = plain(None, max_length=40)
    lease_until: datetime | None = instant(None)
    due_at: datetime | None = instant(None, index=True)
    noted_ver: int | None = plain(None)
    noted: dict[str, Any] | None = plain(None, sa_type=JSON)
    stumbles: int = plain(0, sa_column_kwargs={"server_default": "0"})
    stopped_at: datetime | None = instant(None)

    @property
    def responsible(self) -> str:
        """Who answers for the case: whoever opened it, or took it over."""
        return self.owner or self.opened_by

    @property
    def stands_still(self) -> bool:
        """Suspended: the time of those who were to act does not run."""
        return self.suspended_at is not None and self.closed_at is None

    @property
    def runs_on(self) -> str:
        """The pathway and its version."""
        return f"{self.pathway}@{self.pathway_version}"


class Belonging(Record):
    """A row that belongs to a case and says when it was written down and by whom."""

    case_id: UUID = plain(foreign_key="cases.id", index=True)
    at: datetime = instant()
    by: str = plain(max_length=60)


class OfJourney(Belonging):
    """A row that counts for one journey of the case only."""

    journey: int = plain()


class OfPerson(OfJourney):
    """A row about one person; that person's key seals what it holds."""

    person_id: UUID = plain(foreign_key="persons.id", index=True)

    @property
    def key_owner(self) -> UUID:
        """The person it is about."""
        return self.person_id
