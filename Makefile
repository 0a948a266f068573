# callcalm: `make play` and `make test` need only Python, pip and make. Each sets up what it needs in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# As an installer does for a wheel: our code and phrasebooks are compiled once, so that no start has to, also where
# starts may not write. Where it cannot be done, each start does without.
COMPILE := env -u PYTHONDONTWRITEBYTECODE sh -c '$(BIN)/python -m compileall -qq callcalm; \
	for lang in en fr; do echo | $(BIN)/python -m callcalm check --lang $$lang - 2>/dev/null; done'

.PHONY: play test check format ear catalogues schemas codes bench clean

play: $(VENV)/.play
	@$(BIN)/callcalm

# Many tests start processes of their own; what is compiled once is kept for all of them, as it is for a player.
test: $(VENV)/.dev
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n auto --dist worksteal

check: $(VENV)/.dev test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

ear: $(VENV)/.dev
	$(BIN)/python -m tests.learn_ear

catalogues: $(VENV)/.dev
	$(BIN)/python -m tests.catalogues

schemas: $(VENV)/.dev
	$(BIN)/python -m callcalm.workshop.schemas

codes: $(VENV)/.dev
	$(BIN)/python -m callcalm.lint.pages

bench: $(VENV)/.dev
	@for file in benchmarks/[a-z]*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.play: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Setting up callcalm in $(VENV) (once) …"
	@$(PIP) install -c constraints.txt -e .
	@$(COMPILE)
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Setting up the tests in $(VENV) (once) …"
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@$(COMPILE)
	@touch $@ $(VENV)/.play
