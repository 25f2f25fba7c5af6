"""Printing: what a document says is sealed in a row first; its PDF can then be made from the row, byte for byte."""

from dataclasses import dataclass

from sqlmodel import Session

from api.documents import render
from api.documents.codes import CODES, ROLES
from api.documents.desk import Desk
from api.documents.kinds import KINDS
from api.documents.parts import Words, code, grouped, isolated
from models.base import new_id
from models.database import keyring_of, vault_of
from models.document_print import DocumentPrint, hashed, token_of
from models.event import append
from workflows.themselves import BY


@dataclass(frozen=True)
class Viewer:
    """Who reads a print, as its footer names them: a handle, and roles as codes with a space between."""

    handle: str
    role: str = ""


def keep(desk: Desk, kind: str, viewer: Viewer) -> DocumentPrint:
    """Draw a document and write down that it was printed, by whom and with which hash.

    The caller holds the case's lock. Raises what the kind raises: NoTicket, LookupError, ValueError.
    """
    said, id_ = KINDS[kind].said(desk), new_id()
    row = DocumentPrint(
        id=id_, at=desk.now, by=viewer.handle, role=viewer.role, case_ref=desk.case.ref, person_id=desk.person.id,
        kind=kind, subject=desk.about, language=desk.words.language, version=KINDS[kind].version,
        sha256=render.sha256(said), token_sha256=hashed(token_of(keyring_of(desk.session), id_)),
    )  # fmt: skip
    desk.vault.seal(row, said=said)
    desk.session.add(row)
    append(desk.session, desk.case.ref, "document.printed", viewer.handle, desk.now, document=kind, print=str(id_))
    return row


def pdf_of(session: Session, row: DocumentPrint, public_url: str, zone: str) -> bytes:
    """The PDF of a print: always the same bytes. Raises Unreadable once the person was erased."""
    said = vault_of(session).open(row, "said")
    address = f"{public_url.rstrip('/')}/verify/{token_of(keyring_of(session), row.id)}"
    return render.pdf(said, footer(row, address, zone), row.language, row.at)


def footer(row: DocumentPrint, address: str, zone: str) -> dict[str, str]:
    """How the paper is checked, and for whom it was printed (control C22)."""
    _ = Words(row.language)
    roles = _.comma.join(_(ROLES[role]) for role in row.role.split() if role in ROLES)
    reader = [] if KINDS[row.kind].neutral else [_(CODES[BY]) if row.by == BY else isolated(row.by), roles]
    marks = [*reader, _.moment(row.at, zone), code(str(row.id)[-12:])]
    return {
        "check": _("Is this paper genuine? Open this address or scan the code, and compare the number."),
        "address": address, "hash": code(f"SHA-256: {grouped(row.sha256)}"), "reader": " · ".join(filter(None, marks)),
    }  # fmt: skip
