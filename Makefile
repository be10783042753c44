# One command per wish; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DATA_DIR ?= $(CURDIR)/data
export PORT DATA_DIR

.DEFAULT_GOAL := help
.PHONY: help install install-dev messages demo test test-postgres test-browser lint audit format lock clean assets check-messages check-assets

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/bin/pip:
	@echo "Making the virtual environment in $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.installed: requirements.lock | $(VENV)/bin/pip
	@echo "Installing what the site needs …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what tests need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

CATALOGS := $(wildcard foundation_site/locale/*/LC_MESSAGES/django.po)
$(VENV)/.messages: $(CATALOGS) $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --domain django --directory foundation_site/locale
	@touch $@

install: $(VENV)/.installed $(VENV)/.messages ## the virtual environment, from the lock with hashes

install-dev: $(VENV)/.installed-dev $(VENV)/.messages ## the same with what tests and checks need

demo: install ## the demonstration on http://localhost:8000 (PORT, DATA_DIR, DATABASE_URL, DEMO_PASSWORD)
	@$(BIN)/python manage.py demo --settings foundation_site.settings.demo

test: install-dev ## the tests that need neither a browser nor a server
	@$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

test-postgres: install-dev ## the same tests and the races on PostgreSQL (DATABASE_URL, or a local server)
	@DATABASE_URL=$${DATABASE_URL:-postgres:///postgres} $(BIN)/python -m pytest -n auto -m "not browser" $(PYTEST_ARGS)

test-browser: install-dev ## journeys, accessibility and budgets in Chromium
	@$(BIN)/python -m pytest -m browser tests/journeys $(PYTEST_ARGS)

lint: install-dev ## style, types, import contracts, templates, migrations, translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/djlint --lint --quiet .
	@$(BIN)/python manage.py makemigrations --check --dry-run --settings foundation_site.settings.test
	@$(BIN)/python -m pytest -q tests/test_catalogs.py

audit: install-dev ## compare the lock with known weaknesses (asks the package index)
	@$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements.lock

format: install-dev ## let ruff and djlint lay out the code
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

messages: install-dev ## collect new interface texts into the catalogs (needs gettext)
	@$(BIN)/python manage.py makemessages --locale it --locale fr --locale es --locale ar --no-location --no-wrap --no-obsolete --ignore=.venv --ignore=foundation_site/frontend --settings foundation_site.settings.test

check-messages: messages ## fail when an interface text is not in the catalogs
	@git diff --exit-code --stat --ignore-matching-lines='^"POT-Creation-Date' -- foundation_site/locale

assets: ## build style sheets, scripts, icons and maps anew (needs Node)
	@cd foundation_site/frontend && npm ci --silent --no-audit --no-fund && npm run --silent build

check-assets: assets ## fail when the committed assets are not what their sources give
	@git diff --exit-code --stat -- foundation_site/static

lock: ## renew the locks from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	@uv pip compile pyproject.toml --group test --group lint --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements.lock -o requirements-dev.lock

clean: ## remove what the commands made, not the data
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
