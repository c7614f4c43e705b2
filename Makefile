# `./run` and `./test` need no make. Everything else of a working day is here: make help

PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | sed -E 's/:[^#]*## /\t/' | expand -t 14

.PHONY: setup
setup: ## Set up the virtual environment with the tools of development
	@sh -euc '. scripts/setup.sh; make_venv; python_env requirements.txt requirements-dev.txt'

.PHONY: lint
lint: setup ## Style, mistakes and import contracts
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/lint-imports

.PHONY: format
format: setup ## Put the Python code in order
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

.PHONY: check
check: setup ## Settings, migrations and message catalogues
	DJANGO_SETTINGS_MODULE=lms.settings.test $(MANAGE) check --fail-level WARNING
	sh scripts/check-production
	DJANGO_SETTINGS_MODULE=lms.settings.test $(MANAGE) makemigrations --check --dry-run
	$(PYTHON) scripts/messages --check

.PHONY: test
test: ## Every test, on both databases and in a browser
	./test

.PHONY: messages
messages: setup ## Gather the strings to translate and compile the catalogues (needs gettext)
	$(PYTHON) scripts/messages

.PHONY: lock
lock: setup ## Pin the newest dependencies that requirements*.in allow
	.venv/bin/uv pip compile -q requirements.in -o requirements.txt --python-version 3.11 --universal --generate-hashes --upgrade
	.venv/bin/uv pip compile -q requirements-dev.in -o requirements-dev.txt --python-version 3.11 --universal --generate-hashes --upgrade

.PHONY: fonts
fonts: setup ## Make the web and paper fonts from their full files
	$(PYTHON) scripts/make-fonts

.PHONY: bench
bench: setup ## Measure what people wait for, into docs/benchmarks.md
	$(PYTHON) scripts/bench

.PHONY: trust
trust: setup ## Try to lose, double and leak things, into docs/trust.md
	$(PYTHON) scripts/trust
