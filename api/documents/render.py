"""Turns what a document says into a PDF: typst reads it as data, never as markup, with our own fonts alone."""

import hashlib
import io
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst

from api.pages.words import locale

HERE = Path(__file__).parent
TEMPLATE, FONTS = HERE / "templates" / "document.typ", HERE / "fonts"
LATIN = ("Noto Sans", "Noto Sans Georgian", "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Ethiopic")
NASKH, NASTALIQ = "Noto Naskh Arabic", "Noto Nastaliq Urdu"
FACES: Mapping[str, tuple[str, ...]] = {"ar": (NASKH, *LATIN), "fa": (NASKH, *LATIN), "ur": (NASTALIQ, NASKH, *LATIN)}
ARCHIVE = "a-2b"  # PDF/A: fonts inside, and a letter that no font has is an error instead of an empty box


def pdf(said: Mapping[str, Any], footer: Mapping[str, str], language: str, at: datetime) -> bytes:
    """The PDF of a document with its footer: the same bytes for the same data and instant.

    A name in a script that none of our fonts has is printed all the same, as boxes, and outside of PDF/A: the name
    in Latin letters stands beside it.
    """
    data = {"said": said, "footer": {**footer, "qr": qr(footer["address"])}, "set": setting(language)}
    try:
        return compiled(data, at, [ARCHIVE])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise Unprintable("the template does not compile") from None  # typst's words would repeat the data
        return compiled(data, at, [])


class Unprintable(Exception):
    """Typst refuses the template: a fault of ours. It names nobody."""


def compiled(data: Mapping[str, Any], at: datetime, standards: list[Any]) -> bytes:
    """One run of typst."""
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    made = typst.compile(
        str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[str(FONTS)], ignore_system_fonts=True, format="pdf",
        sys_inputs=inputs, pdf_standards=standards, timestamp=int(at.timestamp()),
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def setting(language: str) -> dict[str, Any]:
    """How a language is set: direction, fonts, and the room that its script needs between lines."""
    faces = FACES.get(language, (*LATIN, NASKH))
    leading = {"ur": 0.0, "ar": 0.15, "fa": 0.15}.get(language, 0.65)
    return {
        "language": language, "direction": locale(language).text_direction, "fonts": faces,
        "arabic": (NASKH, NASTALIQ), "leading": leading,
    }  # fmt: skip


def qr(address: str) -> str:
    """A QR code as SVG."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()


def sha256(said: Mapping[str, Any]) -> str:
    """The hash of what a document says, in the one form that is hashed: lower-case hex."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
