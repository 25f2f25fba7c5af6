"""Rules are data: what is wrong in a file is said with file, line and field, and nothing is said twice."""

from pathlib import Path

import pytest

from workflows import pathways
from workflows.pathways import CURRENT, BadRules, load, rules_of
from workflows.pathways.files import read_version

HEAD = 'pathway = "p"\nversion = 2\nvalid_from = 2026-06-01\nowner = "somebody"\n'


def a_version(folder: Path, **files: str) -> Path:
    """A folder with a head and these files."""
    (folder / "pathway.toml").write_text(files.pop("head", HEAD))
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text)
    return folder


def test_every_limit_names_its_source_its_owner_and_its_date() -> None:
    said = load(*CURRENT)
    for name, limit in {**said.times, **said.numbers}.items():
        assert len(limit.source) > 8, name
        assert limit.owner, name
        assert limit.valid_from, name
    for rows in said.tables.values():
        assert all(row.source and row.owner and row.valid_from for row in rows)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a": "[times]\n\nwait = { value = 1, unit = \"ages\", source = \"s\" }\n"}, r"a\.toml, line 3, times\.wait\.unit"),
        ({"a": "[numbers]\nmost = { unit = \"tries\", source = \"s\" }\n"}, r"a\.toml, line 2, numbers\.most\.value"),
        ({"a": "[times]\nwait = \n"}, r"a\.toml, line 2"),
        ({"a": "[timess]\n"}, r"a\.toml, line 1, timess: unknown section"),
        ({"head": 'pathway = "p"\nversion = "two"\nvalid_from = 2026-06-01\nowner = "o"\n'}, r"pathway\.toml, line 2, version"),
        (
            dict.fromkeys(("a", "b"), '[numbers]\nmost = { value = 1, unit = "tries", source = "s" }\n'),
            r"b\.toml, line 2, most: said in another file too",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_line_and_field(tmp_path: Path, files: dict[str, str], said: str) -> None:
    with pytest.raises(BadRules, match=said):
        read_version(a_version(tmp_path, **files))


def test_an_unknown_version_says_so() -> None:
    with pytest.raises(BadRules, match="no such version"):
        load("avrr_tr", 999)


def test_another_folder_is_looked_at_first(tmp_path: Path) -> None:
    (tmp_path / "p" / "2").mkdir(parents=True)
    a_version(tmp_path / "p" / "2", a='[times]\nwait = { value = 2, unit = "days", source = "a test" }\n')
    pathways.add_folder(tmp_path)
    try:
        assert rules_of("p", 2).time("wait").days == 2
        assert load("p", 2).times["wait"].owner == "somebody"
    finally:
        pathways.FOLDERS.remove(tmp_path)
