"""The receipt of a handover: what was handed over, to whom, when, how much money, and the hashes of both sides."""

from collections.abc import Iterator

from sqlmodel import col, select

from api.documents.codes import said_of
from api.documents.desk import Desk, Said
from api.documents.package import handover, packages
from api.documents.parts import Part, code, fields, grouped, isolated, signatures, table
from models.handover import Handover
from models.money import MoneyEntry, Move
from models.reintegration import Instalment

Row = tuple[str, str | None]


def said(desk: Desk) -> Said:
    """Of one handover; ``about`` is its id. It names nobody but the focal point's code. Raises LookupError."""
    _, row = desk.words, handover(desk)
    parts = [fields(standing(desk, row)), *sent(desk, row), *money(desk, row)]
    parts.append(signatures((_("For the partner"),), (_("Full name"), _("Date"), _("Signature")), _("Signatures")))
    return {"title": _("Handover receipt"), "lead": "", "parts": parts}


def standing(desk: Desk, row: Handover) -> Iterator[Row]:
    """Whom it lies with and every instant of its way."""
    _ = desk.words
    yield _("Partner"), isolated(row.partner)
    yield _("Reference of the handover"), code(row.reference)
    yield _("Where it stands"), said_of(_, row.status)
    yield _("Offered"), desk.moment(row.offered_at)
    yield _("Accepted"), desk.moment(row.accepted_at)
    yield _("Focal point"), code(row.focal_point) if row.focal_point else None
    yield _("Arrival confirmed"), desk.moment(row.arrived_at)
    yield _("Met on arrival"), None if row.met is None else _("Yes") if row.met else _("No")
    yield _("Received"), desk.moment(row.received_at)


def sent(desk: Desk, row: Handover) -> list[Part]:
    """Each package by its hash and by the hash that the partner named."""
    _ = desk.words
    stages = {"identity": _("Who comes"), "arrival": _("The arrival"), "plan": _("Plan and budget")}
    known = [(stages[one.stage], one.at, one.sha256, one.their_sha256, one.signed_at) for one in packages(desk, row.id)]
    if row.preview_sha256 and row.offered_at:
        known.insert(0, (_("Without name"), row.offered_at, row.preview_sha256, None, row.accepted_at))
    if not known:
        return []
    rows = [
        (stage, desk.moment(at) or "", f"{grouped(ours)}", same(desk, ours, theirs), desk.moment(signed) or "")
        for stage, at, ours, theirs, signed in known
    ]
    head = (_("What"), _("Sent"), "SHA-256", _("The same at the partner"), _("Confirmed"))
    return [table(head, rows, _("What was handed over"))]


def same(desk: Desk, ours: str, theirs: str | None) -> str:
    """Whether the partner holds what we sent."""
    _ = desk.words
    if theirs is None:
        return ""
    return _("Yes") if ours == theirs else f"{_('No')} {grouped(theirs)}"


def money(desk: Desk, row: Handover) -> list[Part]:
    """Sums that the partner handed over to the person on this journey."""
    _ = desk.words
    query = select(MoneyEntry, Instalment).join(Instalment, col(Instalment.id) == MoneyEntry.instalment_id)
    mine = query.where(
        MoneyEntry.case_id == desk.case.id, MoneyEntry.journey == row.journey, MoneyEntry.move == Move.HANDED_OVER
    )
    found = desk.session.exec(mine.order_by(col(MoneyEntry.at), col(MoneyEntry.id))).all()
    rows = [
        (said_of(_, part.label), code(f"{entry.amount} {entry.currency}"), desk.moment(entry.at) or "",
         code(entry.reference or ""))
        for entry, part in found
    ]  # fmt: skip
    head = (_("Support"), _("Amount"), _("Handed over"), _("Reference"))
    return [table(head, rows, _("Money and support handed over"))] if rows else []
