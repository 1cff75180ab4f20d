# Kvarboende: `make run` starts it, `make test` tests it; both set up what they need first.

BIN := .venv/bin
BUNDLE := app/static/dist/manifest.json
BUNDLE_SOURCES := $(wildcard frontend/*.mjs frontend/*.json frontend/src/* frontend/src/*/*)
# How many test processes run side by side: one for each core, four at most.
TEST_PROCESSES ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); if [ $$n -gt 4 ]; then n=4; fi; echo $$n)

help:
	@echo "make run       start Kvarboende with demo cases at http://127.0.0.1:8000"
	@echo "make test      run every test, on SQLite and on PostgreSQL"
	@echo "make test-long works more stories to their end in the browser, for some minutes"
	@echo "make bench     measure speed, size and punctuality for some ten minutes, into docs/performance.md"
	@echo "make any-order lives a city's life in any order on both databases, for some minutes"
	@echo "make faults    kill, fill and stop everything while people work, for some twenty minutes"
	@echo "make check     what CI runs: make lint, then make test"
	@echo "make lint      formatting, rules, types and the layers' imports"
	@echo "make format    let ruff format the code"
	@echo "make setup     only make .venv and the browser's files"
	@echo "make frontend  build the browser's files anew"
	@echo "make lock      write the lock files after a change in pyproject.toml (needs uv)"
	@echo "make audit     ask the advisory services about known weaknesses (needs the internet)"
	@echo "make clean     remove what the above made; the database in var/ stays"

run: setup
	@KVARBOENDE_DEMO=1 KVARBOENDE_LOG_LEVEL=$${KVARBOENDE_LOG_LEVEL:-warning} $(BIN)/kvarboende run

test: .venv/.ready-dev $(BUNDLE)
	@$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest -n $(TEST_PROCESSES) --dist worksteal

any-order: .venv/.ready-dev
	$(BIN)/python -m tests.any_order --database sqlite
	$(BIN)/python -m tests.any_order --database postgresql --examples 50

test-long: .venv/.ready-dev $(BUNDLE)
	LONG_TESTS=1 $(BIN)/python -m pytest tests/journeys

bench: .venv/.ready-dev $(BUNDLE)
	@mkdir -p var
	$(BIN)/python -m tests.durable_postgres $(BIN)/kvarboende bench --database @ --database sqlite --json var/bench.json --write docs/performance.md

faults: .venv/.ready-dev $(BUNDLE)
	$(BIN)/python -m tests.faults.run

check: lint test

lint: .venv/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.ready-dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

setup: .venv/.ready $(BUNDLE)

frontend: .venv/.ready
	@sh scripts/frontend

lock:
	@sh scripts/lock

audit:
	@sh scripts/audit

clean:
	rm -rf .venv .venv-audit frontend/node_modules app/static/dist dist
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find app benchmarks processes tests workers -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.ready: requirements.lock pyproject.toml
	@sh scripts/setup

.venv/.ready-dev: requirements-dev.lock pyproject.toml
	@sh scripts/setup dev

$(BUNDLE): $(BUNDLE_SOURCES) | .venv/.ready
	@sh scripts/frontend

.PHONY: help run test faults any-order bench check lint format setup frontend lock audit clean
