"""The pictures of documents that ``tests.shots.documents`` writes."""

from pathlib import Path

from api.documents.kinds import KINDS
from tests.shots.documents import shoot


def test_a_picture_a_page(tmp_path: Path) -> None:
    made = shoot(tmp_path, ("ar",))
    assert {path.name.split("-")[0] for path in made} == set(KINDS)
    for path in made:
        assert path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
