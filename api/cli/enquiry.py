"""``sila enquiry``: somebody outside asked about a person, and is told what everybody is told."""

from pathlib import Path

import typer
from pydantic import ValidationError

from api.cli.registry import BY
from api.cli.use import DATA, DataOption, stop, use
from models.staff import Staff
from workflows.enquiry import keep_enquiry, look_into_enquiries, neutral_answer
from workflows.inputs import EnquiryIn


def enquiry(file: Path, data: DataOption = DATA) -> None:
    """Write down, from a JSON file, that somebody outside asked about a person; say only what is printed."""
    house = use(data)
    try:
        keep_enquiry(house, EnquiryIn.model_validate_json(file.read_text(encoding="utf-8")), Staff(handle=BY, roles=[]))
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False)]
        raise stop("\n".join(lines)) from None
    except OSError as error:
        raise stop(str(error)) from None
    typer.echo("\n".join(neutral_answer().values()))
    look_into_enquiries(house)
