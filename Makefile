# Two commands matter: `make run` and `make test`. README.md says more.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

export DJANGO_SETTINGS_MODULE ?= oer_platform.settings.dev

.PHONY: run test check accounts reset messages screenshots lock bench help

help:
	@echo "make run       set everything up and serve the site with its demonstration content (PORT=8000)"
	@echo "make test      set everything up and run the tests"
	@echo "make accounts  print the demonstration accounts"
	@echo "make reset     delete the data of this installation, to start over"
	@echo "make check     what is checked besides the tests: style, layers, templates, migrations, translations"
	@echo "make messages  collect the interface texts into locale/"
	@echo "make bench     print the benchmarks"
	@echo "make screenshots  pictures of every kind of page in var/screenshots"
	@echo "make lock      pin the dependencies anew"

run: $(VENV)/runtime
	@$(BIN)/python -m oer_platform.serve --port $(PORT)

test: $(VENV)/development
	@$(BIN)/python -m oer_platform.messages compile
	@DJANGO_SETTINGS_MODULE=oer_platform.settings.test $(BIN)/python -m pytest $(ARGS)

check: $(VENV)/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/curlylint templates
	$(BIN)/python manage.py check
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m oer_platform.messages check

accounts: $(VENV)/runtime
	@$(BIN)/python manage.py show_demo_accounts

reset:
	rm -rf var

messages: $(VENV)/development
	$(BIN)/python -m oer_platform.messages extract

screenshots: $(VENV)/development
	@$(BIN)/python -m oer_platform.messages compile
	@$(BIN)/python -m oer_platform.screenshots

bench: $(VENV)/development
	$(BIN)/python -m benchmarks

lock: $(VENV)/development
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --output-file requirements.txt requirements.in
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --output-file requirements-dev.txt requirements-dev.in

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with PYTHON=, for example: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/runtime: requirements.txt | $(VENV)/bin/python
	@echo "Installing the dependencies …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/development: requirements-dev.txt $(VENV)/runtime
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
