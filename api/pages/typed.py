"""What a form of ours was sent with: the typed fields, the marks of the page itself, and fingerprints of files."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile

LARGEST_FILE = 20_000_000
PIECE = 1 << 16
FILE = "._file"
MARKS = ("csrf", "_once", "_seen", "_add", "_remove", "_save", "_send", "_checked", "_change", "_discard", "_step",
         "_go", "_draft")  # fmt: skip
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Sent:
    """One sending: ``typed`` by the names of fields, ``marks`` by the names of the page's own."""

    typed: Fields
    marks: dict[str, str]
    troubles: tuple[tuple[str, str], ...] = ()

    @property
    def once(self) -> str:
        """The token that lets this form be sent once."""
        return self.marks.get("_once", "")[:60]

    @property
    def seen(self) -> int:
        """The number of the last event that the page had shown."""
        text = self.marks.get("_seen", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def new_token() -> str:
    """For one form as it is opened."""
    return f"form-{secrets.token_urlsafe(18)}"


def sent(form: FormData) -> Sent:
    """Sort what was sent. A file leaves its fingerprint where the text for it would stand, and is not kept."""
    typed: Fields = {}
    marks: dict[str, str] = {}
    troubles: list[tuple[str, str]] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            troubles += taken_in(typed, name, value)
        elif name in MARKS:
            marks.setdefault(name, value)
        else:
            typed.setdefault(name, []).append(value)
    return Sent(typed, marks, tuple(troubles))


def taken_in(typed: Fields, name: str, file: UploadFile) -> Iterable[tuple[str, str]]:
    """The fingerprint of a file, into the field it belongs to. Gives a trouble for one that is too large."""
    field = name.removesuffix(FILE)
    if not name.endswith(FILE) or not file.filename:
        return [] if name.endswith(FILE) else [(name, "extra_forbidden")]
    if file.size is None or file.size > LARGEST_FILE:
        return [(field, "file_too_large")]
    digest = hashlib.sha256()
    while piece := file.file.read(PIECE):
        digest.update(piece)
    there = typed.setdefault(field, [])
    there[:] = [*(text for text in there if text.strip()), digest.hexdigest()]
    return []
