# Sıla: what one does with it. `make help` lists it.
PYTHON := $(shell command -v python3.11 || command -v python3)
VENV := .venv/.ready
PG := $(shell ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1; command -v initdb 2>/dev/null)
export DO_NOT_TRACK = 1
.PHONY: help demo up test check migration bench screenshots
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install -q --require-hashes --no-deps -r requirements.lock
	.venv/bin/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $(VENV)

demo: $(VENV) ## a dozen people travel home in minutes; ARGS=--exit ends when they have arrived
	.venv/bin/sila demo --fresh $(ARGS)

up: $(VENV) ## everything on this machine, until Ctrl-C
	.venv/bin/sila up $(ARGS)

# Two processes share the quick tests, file by file; those that start the whole product come after, alone.
# 5 is pytest's word for "ARGS chose none of these".
# What takes longest comes first, so that the other process has something to do meanwhile.
LIVES := tests/journeys/test_lives.py tests/journeys/test_handover_door.py
# These ask the database nothing that others do not ask there too, and take long.
SAME_ON_BOTH := $(foreach name,documents/test_render documents/test_contents pages/partner/test_link \
	pages/partner/test_inbox,--ignore tests/api/$(name).py)
NONE_CHOSEN := || [ $$? = 5 ]

test: $(VENV) ## the whole suite on SQLite, then what touches the database on PostgreSQL; ARGS="-k failure -v" chooses
	.venv/bin/python -m pytest -n 2 --dist loadfile -m "not stack" $(ARGS) $(NONE_CHOSEN)
	.venv/bin/python -m pytest -m stack $(ARGS) $(NONE_CHOSEN)
ifneq ($(PG),)
	SILA_TEST_DATABASE=postgresql .venv/bin/python -m pytest -n 2 --dist loadfile -m "not stack" \
		$(LIVES) tests/models tests/workflows tests/api $(SAME_ON_BOTH) $(ARGS) $(NONE_CHOSEN)
else ifneq ($(CI),)
	@echo "PostgreSQL is missing, and CI skips nothing: install the Debian package postgresql" >&2; exit 1
else
	@echo "PostgreSQL is not installed here: the suite ran on SQLite only"
endif

check: $(VENV) ## format, lint, types, import rules, tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(MAKE) test

migration: $(VENV) ## a new migration from the records; M="what changed"
	.venv/bin/alembic revision --autogenerate -m "$(M)"

screenshots: $(VENV) ## the journeys through the pages, with pictures of every page and document in build/screenshots
	SILA_SCREENSHOTS=$(CURDIR)/build/screenshots .venv/bin/python -m pytest -q tests/journeys/pages $(ARGS)
	.venv/bin/python -m tests.shots.documents build/screenshots/documents

bench: $(VENV) ## this product and other engines at the same work, then all else that is measured; ARGS="--quick --write"
	.venv/bin/python -m tests.bench $(ARGS)
