"""The case record: everything of a file that its reader may see by the access policy, and nothing more."""

from collections.abc import Iterator

from sqlmodel import col, select

from api.documents.codes import FIELDS, said_of
from api.documents.desk import Desk, Said
from api.documents.findings import findings
from api.documents.parts import Part, code, fields, grouped, isolated, note, table, texts
from api.documents.spoken import N_
from api.documents.texts import is_published
from api.forms.labels import labels
from models.access import Field
from models.consent import Consent, ConsentKind
from models.event import Event
from models.handover import Disclosure
from models.person import Contact
from models.queries import partners
from models.stage import Stage
from models.travel_document import TravelDocument
from workflows.decide import decide
from workflows.explain import LANGUAGES as OF_STAFF
from workflows.explain import explain
from workflows.gather import gather
from workflows.standing import until_of

STAGES = {
    Stage.INTAKE: N_("Intake"), Stage.COUNSELLING: N_("Counselling"), Stage.RISK_ASSESSMENT: N_("Risk assessment"),
    Stage.HEALTH: N_("Health"), Stage.TRAVEL_DOCUMENTS: N_("Travel documents"),
    Stage.EXIT_CLEARANCE: N_("Exit clearance"), Stage.FLIGHT_BOOKING: N_("Flight booking"),
    Stage.PARTNER_HANDOVER: N_("Partner handover"), Stage.DEPARTURE: N_("Departure"),
    Stage.REINTEGRATION: N_("Reintegration"), Stage.FOLLOW_UP: N_("Follow-up"), Stage.CLOSURE: N_("Closure"),
}  # fmt: skip
STANDINGS = {
    "Blocked": N_("cannot begin yet"), "Doing": N_("at work"), "Waiting": N_("waits"),
    "Asking": N_("somebody must act"), "Done": N_("done"), "NotNeeded": N_("not needed"),
}  # fmt: skip
CONSENTS = {
    ConsentKind.DATA: N_("Consent to the use of my data"), ConsentKind.TRANSFER: N_("Consent to pass on my data"),
    ConsentKind.DECLARATION: N_("Voluntary return declaration"), ConsentKind.ASSENT: N_("What I say about the journey"),
}  # fmt: skip


def said(desk: Desk) -> Said:
    """The whole file in the order of a reader: who and where it stands first, then findings, then the history."""
    _ = desk.words
    parts = [case(desk), *stages(desk), *people(desk), *consents(desk), *disclosures(desk), *findings(desk)]
    if not set(Field) <= desk.readable:
        parts.insert(0, note(_("What this reader may not read is left out.")))
    return {"title": _("Case record"), "lead": "", "parts": [*parts, history(desk)]}


def case(desk: Desk) -> Part:
    """The case itself."""
    _, row = desk.words, desk.case
    return fields([
        (_("Reference"), code(row.ref)), (_("Country"), _.country(row.country)), (_("Area"), isolated(row.area)),
        (_("Way chosen"), said_of(_, row.track.value)), (_("Journey"), code(row.journey)),
        (_("Episode"), code(row.episode)), (_("Opened"), desk.moment(row.opened_at)),
        (_("Answers for it"), isolated(row.responsible)), (_("Closed"), desk.moment(row.closed_at)),
        (_("Closed as"), said_of(_, row.outcome) if row.outcome else None),
    ])  # fmt: skip


def stages(desk: Desk) -> list[Part]:
    """Where each stage stands, decided now: in sentences where the staff's phrases have the language."""
    _, facts = desk.words, gather(desk.session, desk.case, desk.now)
    standings = decide(facts)
    if _.language in OF_STAFF:
        called = partners.names(desk.session)
        lines = [explain(stage, standing, _.language, standings, called) for stage, standing in standings.items()]
        return [texts(lines, _("Where it stands"))]
    rows = [
        (_(STAGES[stage]), _(STANDINGS[type(one).__name__]), desk.moment(until_of(one)) or "")
        for stage, one in standings.items()
    ]
    return [table((_("Step"), _("State"), _("Until")), rows, _("Where it stands"))]


def people(desk: Desk) -> list[Part]:
    """Who they are, their papers, and how each may be reached: identity."""
    _ = desk.words
    if Field.IDENTITY not in desk.readable:
        return []
    rows = [
        (desk.name(one), desk.native(one) or "", _.day(desk.vault.open_date(one, "born_on")),
         desk.nationality(one) or "", said_of(_, "principal" if one.principal else one.relation or "dependant"))
        for one in desk.people()
    ]  # fmt: skip
    head = (_("Full name"), _("Name in own script"), _("Date of birth"), _("Nationality"), _("Part in the journey"))
    return [table(head, rows, _("People")), *papers(desk), *contacts(desk)]


def papers(desk: Desk) -> Iterator[Part]:
    """Travel documents."""
    _ = desk.words
    query = select(TravelDocument).where(TravelDocument.case_id == desk.case.id).order_by(col(TravelDocument.at))
    rows = [
        (said_of(_, one.kind), code(one.country), code(desk.open(one, "number") or ""), _.day(one.expires_on))
        for one in desk.session.exec(query).all()
    ]
    if rows:
        yield table((_("Kind"), _("Country"), _("Number"), _("Valid until")), rows, _("Travel documents"))


def contacts(desk: Desk) -> Iterator[Part]:
    """Every word on a channel, the newest last."""
    _ = desk.words
    query = select(Contact).where(Contact.case_id == desk.case.id).order_by(col(Contact.at))
    rows = [
        (said_of(_, one.channel), code(desk.open(one, "address") or ""),
         code(f"{one.from_hour}–{one.to_hour} {one.zone}"), _("Yes") if one.safe else _("No"))
        for one in desk.session.exec(query).all()
    ]  # fmt: skip
    if rows:
        yield table((_("Channel"), _("Address"), _("Safe hours"), _("Safe")), rows, _("Contacts"))


def consents(desk: Desk) -> Iterator[Part]:
    """Each yes and each no, with the text that was signed."""
    _ = desk.words
    query = select(Consent).where(Consent.case_id == desk.case.id).order_by(col(Consent.at), col(Consent.id))
    rows = [
        (_(CONSENTS[one.kind]), _("Given") if one.given else _("Taken back"), isolated(one.recipient or ""),
         desk.moment(one.at) or "", signed_text(desk, one))
        for one in desk.session.exec(query).all()
    ]  # fmt: skip
    if rows:
        yield table(
            (_("What"), _("Word"), _("Recipient"), _("When"), _("Text")), rows, _("Consents"), (2, 1, 1.2, 1.5, 2)
        )


def signed_text(desk: Desk, row: Consent) -> str:
    """The version of a text, and whether it is one of ours as it was published."""
    known = is_published(row.text_version, row.language, row.text_hash)
    mark = "" if known else f" {desk.words('(not a text of this house)')}"
    return f"{code(f'{row.text_version} {row.language}')}{mark}"


def disclosures(desk: Desk) -> Iterator[Part]:
    """Who was told what, for what, when."""
    _ = desk.words
    query = select(Disclosure).where(Disclosure.case_id == desk.case.id).order_by(col(Disclosure.at))
    rows = [
        (isolated(one.recipient), said_of(_, one.purpose), named(desk, one.fields), desk.moment(one.at) or "",
         grouped(one.sha256))
        for one in desk.session.exec(query).all()
    ]  # fmt: skip
    if rows:
        yield table(
            (_("Recipient"), _("Purpose"), _("Fields"), _("When"), "SHA-256"), rows, _("Passed on"), (1, 1, 2, 1.2, 1.7)
        )


def named(desk: Desk, names: list[str]) -> str:
    """Fields that were passed on, in words where the contract with partners has them."""
    _ = desk.words
    return _.comma.join(_(FIELDS[name]) if name in FIELDS else code(name) for name in names)


def history(desk: Desk) -> Part:
    """Every event, in order: who and what, in codes."""
    _ = desk.words
    query = select(Event).where(Event.subject == desk.case.ref).order_by(col(Event.number))
    rows = [
        (code(one.number), desk.moment(one.at) or "", isolated(one.by), happened(desk, one))
        for one in desk.session.exec(query).all()
    ]
    return table(("#", _("When"), _("By"), _("What")), rows, _("History"), (0.4, 1.7, 1.3, 2.6))


def happened(desk: Desk, event: Event) -> str:
    """A recorded fact by the title of its form where the staff's words have it; else the code."""
    kind, known = event.kind.removeprefix("fact."), labels(desk.words.language).parts["kinds"]
    if event.kind.startswith("fact.") and desk.words.language in OF_STAFF and kind in known:
        return known[kind][0]
    more = [str(event.said[name]) for name in ("stage", "how", "question", "action", "document") if name in event.said]
    return code(" ".join([event.kind, *more]))
