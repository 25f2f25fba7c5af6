"""Gathers ``workflows.facts.contact``."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from models import follow_up as m
from models.consent import Consent
from models.effect import Effect
from models.message import IN_VAIN, Message
from models.person import Contact as Address
from models.stage import Track
from workflows import facts as f
from workflows.facts.contact import Attempt, Contact, Loss, Messaged, Report, Vital
from workflows.facts.protection import HOME_ZONE
from workflows.gather.message import deliveries, replies
from workflows.gather.reader import Reader
from workflows.gather.surveys import alarms, surveyed
from workflows.pathways import rules_of
from workflows.pathways.tables.follow_up import AttemptResult, PlaceZone

OPEN = ("intended", "void", "absent")


def contact(read: Reader, people: Iterable[f.Traveller]) -> Contact:
    """Attempts to reach the person, answers, surveys."""
    principal = next(person.id for person in people if person.principal)
    sent, tried = list(messages(read, principal)), [attempt(row) for row in read.current(m.ContactAttempt)]
    by_message = [Attempt(row.channel, row.at, kind, "no_answer", row.point, by_message=True) for row, kind in sent
                  if row.went]  # fmt: skip
    gone = read.latest(m.Remigration)
    return Contact(
        zone=zone(read),
        attempts=tuple(sorted([*tried, *by_message], key=lambda one: one.at)),
        messaged=tuple(row for row, _ in sent),
        trusted=has_trusted(read),
        losses=tuple(Loss(row.at, row.outcome) for row in read.current(m.LossDecision)),
        spoken_at=spoken_at(read, tried),
        surveyed=surveyed(read),
        rated=frozenset(row.point for row in read.current(m.Satisfaction)),
        intended=frozenset(row.point for row in read.current(m.MigrationIntention)),
        alarms=alarms(read),
        remigrated_at=gone.at if gone else None,
        transferred=gone is not None and gone.assistance == "transferred",
        reports=tuple(Report(str(row.id), row.at, row.next_ref is not None) for row in read.all(m.RetraffickingReport)),
        vital=vital(read),
        deliveries=deliveries(read),
        replies=replies(read),
    )


def zone(read: Reader) -> str | None:
    """The time of the place for who returns; in place, that of Türkiye."""
    if read.case.track is Track.IN_PLACE:
        return HOME_ZONE
    rules = rules_of(read.case.pathway, read.case.pathway_version)
    return next((row.zone for row in rules.rows(PlaceZone) if row.country == read.case.country), None)


def attempt(row: m.ContactAttempt) -> Attempt:
    """One attempt of a person."""
    return Attempt(str(row.id), row.tried_at, row.channel, row.result, row.point, row.by_partner, next_at=row.next_at)


def messages(read: Reader, principal: str) -> Iterator[tuple[Messaged, str]]:
    """Check-in messages that went out or may have, with the kind of their channel, the oldest first."""
    addresses = {str(row.id): row for row in read.all(Address)}
    failed = {row.effect_id for row in read.all(Message) if row.state in IN_VAIN}
    for row in sorted(read.all(Effect), key=lambda effect: (effect.at, effect.id)):
        journey, _, rest = row.subject.partition(".")
        if row.action != "send_check_in" or row.state.value in OPEN or journey != str(read.case.journey):
            continue
        point, _, channel = rest.partition(".")
        there = addresses.get(channel)
        same = {one.id for one in addresses.values() if there and is_same(one, there)} if there else set()
        at: datetime = row.sent_at or row.settled_at or row.at
        went = row.state.value != "rejected" and row.id not in failed
        said = Messaged(point, channel, at, frozenset(map(str, same)) | {channel}, went)
        yield said, there.channel if there else "sms"


def is_same(one: Address, other: Address) -> bool:
    """The same number or address, by a later word."""
    return one.id == other.id or (one.address_index is not None and one.address_index == other.address_index)


def has_trusted(read: Reader) -> bool:
    """Somebody may be asked where the person is: named by them, while their consent stands."""
    rows = read.all(m.TrustedContact)
    words = [row.given for row in read.all(Consent) if row.recipient == "trusted_contact"]
    return bool(rows) and rows[-1].live and words[-1:] == [True]


def spoken_at(read: Reader, tried: Iterable[Attempt]) -> datetime | None:
    """When somebody last spoke with the person, by check-in or attempt."""
    rules = rules_of(read.case.pathway, read.case.pathway_version)
    ends = {row.code for row in rules.rows(AttemptResult) if row.ends_point}
    spoken = [one.at for one in tried if one.result in ends]
    return max([*spoken, *(row.at for row in read.current(m.CheckIn) if row.reached)], default=None)


def vital(read: Reader) -> tuple[Vital, ...]:
    """First words, with the second one's answer."""
    rows = read.all(m.VitalInterest)
    answers = {row.first_id: row.agreed for row in rows if row.first_id}
    return tuple(Vital(str(row.id), answers.get(row.id)) for row in rows if row.first_id is None)
