"""The voluntary return declaration, to be signed, with what was recorded of it."""

from api.documents.consent import recorded, signed_by, text_part
from api.documents.desk import Desk, Said
from api.documents.parts import note, table
from models.consent import ConsentKind


def said(desk: Desk) -> Said:
    """Who declares, the text, and lines to sign on."""
    _, kind = desk.words, ConsentKind.DECLARATION
    along = [person for person in desk.people() if not person.principal] if desk.person.principal else []
    parts = [desk.who((_("Country of return"), _.country(desk.case.country)))]
    if along:
        rows = [(desk.name(one), desk.native(one) or "", born(desk, one)) for one in along]
        parts.append(table((_("Full name"), _("Name in own script"), _("Date of birth")), rows, _("Travelling along")))
    parts += [text_part(desk, kind, _("I declare")), note(_("You can still say no, today and until you board."))]
    parts += [signed_by(desk), *recorded(desk, kind)]
    return {"title": _("Voluntary return declaration"), "lead": "", "parts": parts}


def born(desk: Desk, person: object) -> str:
    """A date of birth."""
    return desk.words.day(desk.vault.open_date(person, "born_on"))
