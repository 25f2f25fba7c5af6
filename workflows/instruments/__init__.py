"""Survey instruments as data: a folder each, a file a version. A version is never changed, so that old scores stay."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from workflows.instruments.form import Band, Composite, Instrument, Missing, Option, Question
from workflows.pathways.files import BadRules, fitted, line_of, parsed

FOLDER = Path(__file__).parent


@cache
def instrument(code: str, version: int) -> Instrument:
    """One version of an instrument. Raises BadRules, which names file, line and field."""
    path = FOLDER / code / f"{version}.toml"
    if not path.is_file():
        raise BadRules(path, None, "", "there is no such version: put its file back")
    said = read(path)
    if (said.id, said.version) != (code, version):
        raise BadRules(path, line_of(path, ("id",)), "id", "id and version must be those of the folder and the file")
    return said


def read(path: Path) -> Instrument:
    """Read and check one file. Raises BadRules."""
    said: Instrument = fitted(Instrument, path, parsed(path))
    twice(path, [question.code for question in said.questions])
    for number, question in enumerate(said.questions):
        check(path, number, question)
    dimensions = {question.dimension for question in said.questions if question.is_scored}
    for name in dimensions ^ set(said.composite.weights):
        raise BadRules(path, line_of(path, ("composite",)), "composite.weights",
                       f"{name}: give each scored dimension a weight, and no other")  # fmt: skip
    if said.status == "VERIFIED" and not (said.verified_by and said.source_doc_hash):
        raise BadRules(path, line_of(path, ("status",)), "status",
                       "VERIFIED needs verified_by and source_doc_hash: who compared it, with what")  # fmt: skip
    starts = [band.starts for band in said.bands]
    if starts != sorted(set(starts)) or (starts and starts[0] != 0):
        raise BadRules(path, line_of(path, ("bands",)), "bands", "begin at 0 and rise")
    return said


def twice(path: Path, codes: Iterable[str]) -> None:
    """Each question once. Raises BadRules."""
    seen: set[str] = set()
    for number, code in enumerate(codes):
        if code in seen:
            name = ("questions", number, "code")
            raise BadRules(path, line_of(path, name), f"questions.{number}.code", f"{code} is there twice")
        seen.add(code)


def check(path: Path, number: int, question: Question) -> None:
    """A scored question has a weight, different options, and both ends of the scale. Raises BadRules."""

    def bad(field: str, trouble: str) -> BadRules:
        return BadRules(path, line_of(path, ("questions", number, field)), f"questions.{number}.{field}", trouble)

    codes = [option.code for option in question.options]
    if len(codes) != len(set(codes)):
        raise bad("options", f"{question.code}: an option is there twice")
    scores = {option.score for option in question.options if option.score is not None}
    if question.is_scored and (min(scores) != 0 or max(scores) != 1):
        raise bad("options", f"{question.code}: the best answer scores 1 and the worst 0")
    if question.is_scored and question.weight == 0:
        raise bad("weight", f"{question.code}: a scored question has a weight above 0")


__all__ = ["BadRules", "Band", "Composite", "Instrument", "Missing", "Option", "Question", "instrument", "read"]
