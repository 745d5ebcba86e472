# kamgen: `make help` lists what there is. Needs Python 3.11 or newer and the package registry; nothing else.

.DEFAULT_GOAL := help
.PHONY: help site serve test slow bench clean

# Two workers fit the smallest machines that CI rents out.
WORKERS ?= 2
# Asked for by hand, since it takes the tests twice as long: make test COVERAGE="--cov --cov-report=term"
COVERAGE ?=
PYTEST = .venv/bin/pytest -n $(WORKERS) --dist worksteal

# A folder that was moved or renamed takes its .venv along, whose scripts then point to nowhere: it is made anew.
ifneq ($(wildcard .venv/folder),)
ifneq ($(shell cat .venv/folder),$(shell pwd))
.PHONY: .venv/ready .venv/ready-dev
endif
endif

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1~\2/p' Makefile | awk -F '~' '{printf "%-12s %s\n", $$1, $$2}'

site: .venv/ready ## check the plans in plans/ and build the site in site/
	.venv/bin/kamgen build

serve: .venv/ready ## browse the site while you edit: pages refresh when a plan is saved
	.venv/bin/kamgen serve

test: .venv/ready-dev ## format, lint, types, layers, tests, browser tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	@sh .ci/chromium
	$(PYTEST) -m "not slow" $(COVERAGE)

slow: .venv/ready-dev ## the corpora and whole builds that take their time; CI runs them too
	@sh .ci/chromium
	$(PYTEST) -m slow

bench: .venv/ready-dev ## measure speed (takes a while; see benchmarks/README.md)
	.venv/bin/python -m benchmarks

clean: ## remove everything that make makes, .venv too
	rm -rf .venv site dist build .coverage .coverage.* htmlcov .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .kamgen
	find kamgen tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/ready: pyproject.toml constraints.txt .ci/set-up
	@PYTHON='$(PYTHON)' sh .ci/set-up

.venv/ready-dev: pyproject.toml constraints.txt .ci/set-up
	@PYTHON='$(PYTHON)' sh .ci/set-up dev
