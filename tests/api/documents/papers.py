"""A house with one person on the way home and a partner that has received her; and what a test reads from a PDF."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from sqlmodel import select

from api.documents import prints
from api.documents.desk import Desk
from api.documents.kinds import KINDS
from api.documents.parts import Words
from api.documents.prints import Viewer
from models.booking import Seat
from models.database import Database, vault_of
from models.document_print import DocumentPrint
from models.handover import Handover
from models.person import Person
from tests.journeys.office import Offering
from workflows.lease import lock

URL, ZONE = "https://sila.example.org", "Europe/Istanbul"
READER = Viewer("ayse.k", "counsellor")
RTL = ("ar", "fa", "ur")
NAMES = {"given_names": "Zaynab", "family_name": "Al Jubouri", "native_name": "زينب الجبوري"}


class Papers:
    """Prints documents about the principal of one case. ``ticketed``: as if the journey were still ahead."""

    def __init__(self, database: Database) -> None:
        self.one = Offering(database, area="Erbil", country="IQ", **NAMES)
        self.one.until(lambda: any(row.received_at for row in self.one.rows(Handover)))
        self.database, self.house = database, self.one.house
        self.handover = self.one.row()
        with database.unit_of_work() as session:
            for seat in session.exec(select(Seat)).all():
                seat.live = True

    def keep(self, kind: str, language: str, about: str | None = None, viewer: Viewer = READER) -> DocumentPrint:
        """Print one, as a row."""
        with self.database.unit_of_work() as session:
            case = lock(session, self.one.ref)
            person = session.exec(select(Person).where(Person.case_id == case.id, Person.principal)).one()
            about = self.about(kind) if about is None else about
            desk = Desk(session, case, person, Words(language), self.one.now, ZONE, about)
            return prints.keep(desk, kind, viewer)

    def pdf(self, kind: str, language: str, about: str | None = None) -> bytes:
        """Print one, as bytes."""
        return self.bytes_of(self.keep(kind, language, about))

    def bytes_of(self, row: DocumentPrint) -> bytes:
        """The PDF of a print."""
        with self.database.reading() as session:
            return prints.pdf_of(session, row, URL, ZONE)

    def about(self, kind: str) -> str:
        """What a kind is about beside the person."""
        handover = str(self.handover.id)
        return {"transfer_consent": "nadia:reception", "package": handover, "receipt": handover}.get(kind, "")

    def rename(self, **sealed: Any) -> None:
        """The principal has other names."""
        with self.database.unit_of_work() as session:
            person = session.exec(select(Person).where(Person.principal)).one()
            vault_of(session).seal(person, **sealed)


def every() -> Iterator[tuple[str, str]]:
    """Each kind in each language."""
    for language in ("tr", "en", "ar", "fa", "ru", "fr", "uz", "ur"):
        for kind in KINDS:
            yield kind, language


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF, closed afterwards."""
    document = pypdfium2.PdfDocument(pdf)
    yield document
    document.close()


def text_of(pdf: bytes) -> str:
    """Everything it says, as it can be copied out; spaces as one, without marks of direction."""
    with opened(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    plain = "".join(letter for letter in "\n".join(pages) if letter not in "\u2066\u2067\u2068\u2069\u200b\u2060\ufffe")
    return " ".join(plain.split())


def grey(pdf: bytes, page: int = 0, scale: float = 1.0) -> tuple[int, int, bytes]:
    """A page as width, height and one byte a pixel."""
    with opened(pdf) as document:
        drawn = document[page].render(scale=scale, grayscale=True)
        width, height, stride, raw = drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer)
    return width, height, b"".join(raw[y * stride : y * stride + width] for y in range(height))


def ink(pdf: bytes, top: float, bottom: float) -> float:
    """Where the ink between two heights of the first page lies, from 0 (left) to 1 (right)."""
    width, height, pixels = grey(pdf)
    rows = [pixels[y * width : (y + 1) * width] for y in range(int(height * top), int(height * bottom))]
    dark = [x for row in rows for x, value in enumerate(row) if value < 128]
    return sum(dark) / len(dark) / width


def write_png(pdf: bytes, path: Path, page: int = 0, scale: float = 1.6) -> None:
    """One page as a PNG."""
    width, height, pixels = grey(pdf, page, scale)
    lines = b"".join(b"\0" + pixels[y * width : (y + 1) * width] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    packed = (struct.pack(">I", len(body)) + name + body + crc(name + body) for name, body in chunks)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(packed))


def crc(data: bytes) -> bytes:
    """The check of a PNG chunk."""
    return struct.pack(">I", zlib.crc32(data))
