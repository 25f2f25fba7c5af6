"""What a receiving partner was sent, step by step: the frozen packages with every field that each holds, no other."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from api.documents.codes import FIELDS, listed, said_of
from api.documents.desk import Desk, Said
from api.documents.parts import Part, code, fields, grouped, isolated, table
from api.pages.words import locale
from integrations.partner import FlightLeg, PersonData, PlanLine, Preview
from integrations.partner.package import STAGES
from models.handover import Handover, HandoverPackage

COUNTED = ("people", "flights", "lines")
DAYS, INSTANTS = ("born_on", "arrival_from", "arrival_to", "due_on"), ("departs_at", "arrives_at")
LISTS = ("age_bands", "genders", "needs", "reception_needs", "medical_alerts")
WORDS = ("sex", "role", "urgency", "staff_gender", "label_code", "meeting_point")
OTHERS = ("given_names", "family_name", "native_name", "area", "no_contact_note")


def said(desk: Desk) -> Said:
    """The preview and every package of a handover; ``about`` is its id. Raises LookupError."""
    _, row = desk.words, handover(desk)
    parts = [fields([(_("Partner"), isolated(row.partner)), (_("Reference of the handover"), code(row.reference)),
                     (_("Where it stands"), said_of(_, row.status))])]  # fmt: skip
    if preview := desk.open(row, "preview"):
        sealed = stamped(desk, row.offered_at, row.preview_sha256 or "")
        parts += [fields([*flat(desk, Preview, preview), *sealed], _("Before acceptance: without name"))]
    for package in packages(desk, row.id):
        parts += packed(desk, package)
    return {"title": _("Handover package"), "lead": "", "parts": parts}


def handover(desk: Desk) -> Handover:
    """The handover, which must be of this case. Raises LookupError."""
    row = desk.session.get(Handover, UUID(desk.about))
    if row is None or row.case_id != desk.case.id:
        raise LookupError("no handover of this case has this id")
    return row


def packages(desk: Desk, handover_id: UUID) -> list[HandoverPackage]:
    """Everything that was sent, in order."""
    query = select(HandoverPackage).where(HandoverPackage.handover_id == handover_id)
    return list(desk.session.exec(query.order_by(col(HandoverPackage.at), col(HandoverPackage.id))).all())


def packed(desk: Desk, row: HandoverPackage) -> list[Part]:
    """One package, exactly as its row holds it."""
    _, body = desk.words, desk.open(row, "body")
    headings = {"identity": _("After acceptance: who comes"), "arrival": _("The arrival"), "plan": _("Plan and budget")}
    sealed = stamped(desk, row.at, row.sha256, body.get("replaces"))
    parts = [fields([*flat(desk, STAGES[row.stage], body["fields"]), *sealed], headings[row.stage])]
    tables = {"people": PersonData, "flights": FlightLeg, "lines": PlanLine}
    return parts + [
        grid(desk, model, name, body["fields"][name]) for name, model in tables.items() if body["fields"].get(name)
    ]


def stamped(desk: Desk, at: datetime | None, sha256: str, replaces: str | None = None) -> list[tuple[str, str | None]]:
    """When it was sent and by which hash it is known."""
    _ = desk.words
    rows: list[tuple[str, str | None]] = [
        (_("Sent"), desk.moment(at)),
        (_("SHA-256 of what was sent"), grouped(sha256)),
    ]
    return [*rows, (_("Replaces"), grouped(replaces) if replaces else None)]


def flat(desk: Desk, model: Any, known: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The fields of one model that hold a single value, in its order."""
    for name in model.model_fields:
        if name not in COUNTED and known.get(name) not in (None, [], ""):
            yield desk.words(FIELDS[name]), written(desk, name, known[name])


def grid(desk: Desk, model: Any, name: str, rows: list[dict[str, Any]]) -> Part:
    """A table with the fields of a list."""
    columns = [one for one in model.model_fields if any(row.get(one) is not None for row in rows)]
    body = [[written(desk, one, row.get(one)) for one in columns] for row in rows]
    return table([desk.words(FIELDS[one]) for one in columns], body, desk.words(FIELDS[name]))


def written(desk: Desk, name: str, value: Any) -> str:
    """One value as its field is read."""
    _ = desk.words
    if value is None:
        return ""
    if name in DAYS:
        return _.day(date.fromisoformat(value))
    if name in INSTANTS:
        return _.moment(datetime.fromisoformat(value), "UTC")
    if name == "languages":
        return _.comma.join(str(locale(_.language).languages.get(one, one)) for one in value)
    if name in LISTS:
        return listed(_, value)
    if name in WORDS:
        return said_of(_, value)
    if name == "country":
        return _.country(value)
    return isolated(value) if name in OTHERS else code(value)
