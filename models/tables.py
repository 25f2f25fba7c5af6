"""Imports every table, so that migrations, tests and tools see them all: each module of this room is looked at."""

from importlib import import_module
from pkgutil import iter_modules

from sqlmodel import SQLModel

import models

APART = ("tables", "migrate")
MODULES = tuple(
    import_module(f"models.{found.name}")
    for found in iter_modules(models.__path__)
    if not found.ispkg and found.name not in APART
)
METADATA = SQLModel.metadata
