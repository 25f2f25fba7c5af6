"""Alive, and ready."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy import text

from api.deps import HouseDep
from api.errors import Problem

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/ready")
def ready(house: HouseDep) -> dict[str, Any]:
    """The database answers and has its tables. Prefect may be away: nothing accepted is lost by that."""
    try:
        with house.database.reading() as session:
            session.execute(text("select count(*) from alembic_version"))
    except Exception:
        raise Problem(503, "database", "The database does not answer or is not migrated: run `sila migrate`.") from None
    return {"status": "ready"}
