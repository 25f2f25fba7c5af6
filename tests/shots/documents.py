"""Writes the documents as pictures: ``python -m tests.shots.documents [folder]``, a page a PNG."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from api.documents.kinds import KINDS
from tests.api.documents.papers import Papers, opened, write_png
from tests.databases import fresh

FOLDER = Path(__file__).parents[2] / "build" / "screenshots" / "documents"
LANGUAGES = ("tr", "ar", "fa")


def shoot(folder: Path = FOLDER, languages: tuple[str, ...] = LANGUAGES) -> list[Path]:
    """Every document in some languages, a picture a page. Gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with TemporaryDirectory() as place, fresh(Path(place), None) as database:
        papers = Papers(database)
        for language in languages:
            for kind in KINDS:
                made += pages(papers.pdf(kind, language), folder / f"{kind}-{language}")
    return made


def pages(pdf: bytes, name: Path) -> list[Path]:
    """The pages of one document."""
    with opened(pdf) as document:
        count = len(document)
    paths = [name.with_name(f"{name.name}-{page + 1}.png") for page in range(count)]
    for page, path in enumerate(paths):
        write_png(pdf, path, page)
    return paths


if __name__ == "__main__":
    for path in shoot(*(Path(one) for one in sys.argv[1:2])):
        sys.stdout.write(f"{path}\n")
