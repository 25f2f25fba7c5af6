"""Gathers ``workflows.facts.voluntariness``, and what of counselling and of a signature counts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from models import booking, counselling, departure
from models.consent import CapacityFinding, Consent, ConsentKind, DecisionMaker, WithdrawalNote
from models.handover import Handover
from models.person import Person
from workflows import facts as f
from workflows.facts.voluntariness import Assent, Voluntariness
from workflows.gather.reader import Reader


def voluntariness(read: Reader, consents: Sequence[Consent], now: datetime) -> Voluntariness:
    """Options, coercion, capacity, the declaration and what it waits for."""
    unable, ended = unable_people(read), ended_transfers(read, consents)
    return Voluntariness(
        open_flags=open_flags(read),
        interpreter_conflict=last_session_in_conflict(read),
        unable=frozenset(str(person) for person in unable),
        unaided=tuple(sorted(str(person) for person in unable if decision_maker(read, person, now) is None)),
        assents=assents(read, consents),
        unshared=frozenset(unshared(read, consents)),
        sharing_ended=ended,
        data_taken_back=is_data_taken_back(consents),
        noted=frozenset(row.subject for row in read.all(WithdrawalNote)),
    )


def open_flags(read: Reader) -> tuple[str, ...]:
    """Signs of coercion nobody has closed, of all journeys: withdrawing does not free anybody from pressure."""
    closed = {row.flag_id for row in read.all(counselling.CoercionClosing)}
    return tuple(str(row.id) for row in read.all(counselling.CoercionFlag) if row.id not in closed)


def conflicted(read: Reader) -> frozenset[str]:
    """Interpreters who must not work for this case, from whenever they were declared."""
    return frozenset(row.interpreter_code for row in read.all(counselling.InterpreterConflict))


def last_session_in_conflict(read: Reader) -> bool:
    """The newest session of this journey was interpreted by somebody in conflict."""
    row = read.latest(counselling.CounsellingSession)
    return row is not None and row.interpreter_code in conflicted(read)


def session_of(read: Reader) -> f.Session | None:
    """What was explained and waived in this journey; a session with an interpreter in conflict counts for nothing."""
    against = conflicted(read)
    rows = [row for row in read.current(counselling.CounsellingSession) if row.interpreter_code not in against]
    if not rows:
        return None
    counting = {row.id for row in rows}
    waived = any(waiver.session_id in counting for waiver in read.current(counselling.ReflectionWaiver))
    return f.Session(rows[-1].at, frozenset(option for row in rows for option in row.options), waived)


def declared_at(read: Reader, person: Person, consents: Sequence[Consent]) -> datetime | None:
    """When this person's live declaration for this journey was signed, by all who must sign it (S9)."""
    mine = newest_of(consents, ConsentKind.DECLARATION, person.id, read.case.journey)
    if mine is None or not mine.given or mine.interpreter_code in conflicted(read):
        return None
    return mine.at if signed_with(read, person.id, mine.decision_maker_id) else None


def signed_with(read: Reader, person: UUID, decision_maker_id: UUID | None) -> bool:
    """Whoever cannot decide alone has signed with somebody who decides with them."""
    return decision_maker_id is not None or person not in unable_people(read)


def newest_of(consents: Iterable[Consent], kind: ConsentKind, person: UUID, journey: int) -> Consent | None:
    """The newest word of a kind by one person on one journey."""
    mine = [row for row in consents if (row.kind, row.person_id, row.journey) == (kind, person, journey)]
    return mine[-1] if mine else None


def reconfirmation(read: Reader, person: Person) -> departure.Reconfirmation | None:
    """The newest word of a person on the newest flight of this journey; a yes to another flight says nothing."""
    flight = max((row.generation for row in read.current(booking.Booking)), default=0)
    rows = [
        row
        for row in read.current(departure.Reconfirmation)
        if (row.person_id, row.generation) == (person.id, flight)
        and signed_with(read, row.person_id, row.decision_maker_id)
    ]
    return rows[-1] if rows else None


def unable_people(read: Reader) -> frozenset[UUID]:
    """Those whose newest finding says that they cannot decide alone."""
    newest = {row.person_id: row for row in read.all(CapacityFinding)}
    return frozenset(person for person, row in newest.items() if read.vault.open(row, "able") is False)


def decision_maker(read: Reader, person: UUID, now: datetime) -> DecisionMaker | None:
    """Who decides with a person today; an authority that has ended counts no more."""
    rows = [row for row in read.all(DecisionMaker) if row.person_id == person]
    return rows[-1] if rows and (rows[-1].until is None or rows[-1].until >= now.date()) else None


def assents(read: Reader, consents: Sequence[Consent]) -> tuple[Assent, ...]:
    """Everybody who travels along, and what each said of this journey; the decision looks at the children of them."""
    along = sorted((person for person in read.all(Person) if not person.principal), key=lambda person: str(person.id))
    words = [(person, newest_of(consents, ConsentKind.ASSENT, person.id, read.case.journey)) for person in along]
    return tuple(Assent(str(person.id), word.given if word else None) for person, word in words)


def taken_back(read: Reader, consents: Sequence[Consent]) -> dict[str, tuple[datetime, UUID]]:
    """When the person last took back the consent to share with each partner, on this journey."""
    return {
        row.recipient: (row.at, row.id)
        for row in consents
        if row.kind is ConsentKind.TRANSFER and not row.given and row.journey == read.case.journey and row.recipient
    }


def ended_transfers(read: Reader, consents: Sequence[Consent]) -> frozenset[str]:
    """Partners whose newest word is a consent taken back."""
    newest = {
        row.recipient: row.given
        for row in consents
        if row.kind is ConsentKind.TRANSFER and row.journey == read.case.journey and row.recipient
    }
    return frozenset(recipient for recipient, given in newest.items() if not given)


def is_data_taken_back(consents: Sequence[Consent]) -> bool:
    """The newest word on keeping data is no."""
    words = [row.given for row in consents if row.kind is ConsentKind.DATA]
    return bool(words) and not words[-1]


def unshared(read: Reader, consents: Sequence[Consent]) -> Iterable[str]:
    """Handovers offered before a consent to share was taken back: a new consent does not revive them (F34)."""
    when = taken_back(read, consents)
    for row in read.current(Handover):
        if row.partner in when and (row.at, row.id) < when[row.partner]:  # ids tell the order within an instant
            yield str(row.id)
