# `make demo` and `make test` need Python 3.11 or newer and make, nothing else. `make` alone lists what there is.
BIN := .venv/bin
READY := .venv/ready
SPREAD := -n 2 --dist loadfile
ARGS ?=
TESTS ?= tests
BENCH ?= $(wildcard benchmarks/*.py)

.PHONY: help demo test check fix bench docs

help:
	@echo "make demo    set everything up, walk one card through its whole life, then serve on 127.0.0.1:8000"
	@echo '             make demo ARGS="--once --people 1000" passes arguments on; its folder is ./.prakarsa'
	@echo "make test    set everything up and run all tests, on PostgreSQL 18 and on 16 (TESTS=tests/ledger for a part)"
	@echo "make check   format, lint, types, floor plan, translations, documents; changes nothing"
	@echo "make fix     put right what make check can put right by itself"
	@echo "make bench   measure, and print JSON (BENCH=benchmarks/demo_cost.py for one, ARGS for its arguments)"
	@echo "make docs    build the documentation into docs/_build/html"

$(READY): pyproject.toml constraints.txt tools/setup
	@tools/setup
	@touch $@

demo: $(READY)
	@$(BIN)/prakarsa demo $(ARGS)

test: $(READY)
	PRAKARSA_POSTGRES_VERSION=18 $(BIN)/pytest $(SPREAD) $(TESTS) $(ARGS)
	PRAKARSA_POSTGRES_VERSION=16 $(BIN)/pytest $(SPREAD) --database-only $(TESTS) $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/mypy tools
	$(BIN)/lint-imports
	$(BIN)/pytest -q $(SPREAD) tests/architecture
	@$(MAKE) --no-print-directory docs

fix: $(READY)
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format
	$(BIN)/python -m tools.words
	$(BIN)/python -m tools.documents
	$(BIN)/python -m tests.api.error_table

bench: $(READY)
	@for each in $(BENCH); do PYTHONPATH=. $(BIN)/python "$$each" $(ARGS) || exit 1; done

docs: $(READY)
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html
	@! grep -rnE '<(script|link|img|iframe)[^>]+(src|href)="(https?:)?//' docs/_build/html --include='*.html'
	@echo "The documentation is in docs/_build/html/index.html"
