# SROI-portaal: each target installs what it lacks.
.DEFAULT_GOAL := help
.PHONY: help run test seed fix check quick bench soak messages lock
PYTHON := .venv/bin/python
unexport PYTHONDONTWRITEBYTECODE  # else each of the many processes compiles everything anew

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start the portal with its database, broker, worker and clock; Ctrl-C stops all
	@machine/install.sh run
	@$(PYTHON) -m machine.run

test: ## Check everything: form, types, contracts, tests with a browser, coverage
	@machine/install.sh test
	@$(PYTHON) -m machine.checks test

seed: ## Load the demo data of `make run` into a database that has no people yet
	@machine/install.sh run
	@$(PYTHON) -m machine.seed

fix: ## Format the code and repair what can be repaired
	@machine/install.sh test
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

check: ## Everything of `make test` but the tests
	@machine/install.sh test
	@$(PYTHON) -m machine.checks check

quick: ## The tests that need no browser and print no PDF
	@machine/install.sh test
	@$(PYTHON) -m machine.checks quick

bench: ## Measure, as ratios against bare SQL or a bare library
	@machine/install.sh test
	@$(PYTHON) -m machine.checks bench

soak: ## Kill a hundred workers, send 300 hostile files, search 10,000 cases of each property
	@machine/install.sh test
	@$(PYTHON) -m machine.checks soak

messages: ## Gather what is to be translated and compile the Dutch
	@machine/install.sh test
	@$(PYTHON) -m machine.messages

lock: ## Resolve the dependencies of pyproject.toml anew
	@machine/install.sh test
	@$(PYTHON) -m machine.locks write
