"""Gathers ``workflows.facts.reception``: partners, calls, incidents, certificates."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models import handover as h
from models.consent import Consent, ConsentKind
from models.handover_state import EXITS
from models.queries.partners import alternates
from workflows.facts import PartnerIncident, Reception
from workflows.gather.reader import Reader
from workflows.pathways import rules_of

LOOK_AROUND_AFTER = timedelta(days=3)
LAST_DAY = date(9000, 1, 1)


def reception(read: Reader, now: datetime) -> Reception:
    """What the partner was asked, must do, and has signed."""
    partners = read.everywhere(h.Partner)
    mine = next((one for one in partners if one.code == read.case.partner), None)
    urgency, choice = read.latest(h.HandoverUrgency), read.latest(h.PartnerChoice)
    note = read.latest(h.ReceptionNote)
    return Reception(
        country=read.case.country,
        zone=mine.zone if mine else Reception.zone,
        opens=mine.opens if mine else Reception.opens,
        closes=mine.closes if mine else Reception.closes,
        inactive=frozenset(one.code for one in partners if not is_active(one, now)),
        agreement_ends=end_of_agreement(mine) if mine else None,
        urgency=urgency.urgency if urgency else None,
        chosen_at=choice.at if choice else None,
        refused=refused(read),
        alternates=alternates_of(read, now),
        called=frozenset(row.subject for row in read.all(h.PartnerCall)),
        certified=frozenset(str(row.handover_id) for row in read.all(h.DataCertificate)),
        noted_at=note.at if note else None,
        incidents=tuple(
            PartnerIncident(str(row.id), row.kind, row.subject, row.at, row.closed_at is None)
            for row in read.all(h.ProtectionIncident)
        ),
    )


def refused(read: Reader) -> frozenset[str]:
    """Partners about whom the person's newest word, on this journey, is no."""
    said = [row for row in read.current(Consent) if row.kind is ConsentKind.TRANSFER and row.recipient]
    newest = {row.recipient: row.given for row in said}
    return frozenset(recipient for recipient, given in newest.items() if recipient and not given)


def end_of_agreement(partner: h.Partner) -> datetime:
    """The end of the last day of the agreement, where the partner is."""
    day = min(partner.agreement_until, LAST_DAY) + timedelta(days=1)
    return datetime.combine(day, time(), ZoneInfo(partner.zone)).astimezone(UTC)


def is_active(partner: h.Partner, now: datetime) -> bool:
    """Neither stopped nor without an agreement."""
    return partner.stopped_at is None and now < end_of_agreement(partner)


def alternates_of(read: Reader, now: datetime) -> tuple[str, ...]:
    """Looked up only while somebody must choose: the newest offer has ended, waits for long, or its partner left."""
    offers = [row for row in read.current(h.Handover) if not row.back]
    newest = max(offers, key=lambda row: row.generation, default=None)
    if newest is None:
        return ()
    waits = newest.status == "offered" and now - newest.waiting_since >= LOOK_AROUND_AFTER
    if not waits and newest.status not in EXITS and newest.partner == read.case.partner:
        partner = next((one for one in read.everywhere(h.Partner) if one.code == newest.partner), None)
        if partner is None or is_active(partner, now):
            return ()
    share = rules_of(read.case.pathway, read.case.pathway_version).number("reliable_share")
    return alternates(read.session, read.case.country, read.case.area, now, but={newest.partner}, share=share)
