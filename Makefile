# make demo | make test | make check | make coverage | make soak | make bounds | make kill-test | make mutants | make bench-... | make clean
# Each makes an environment by itself, and a second call finds it there: .venv, or .venv-revsim beside a .venv of yours,
# which nothing here touches (VENV=folder names another). Wanted: make, Python 3.11 or newer as `python3`.

PYTHON       ?= python3
REPLICATIONS ?= 500
OUT          ?= results/demo
SOAK         ?= 20000
SCENARIOS    := scenarios/status-quo.yaml scenarios/coordination.yaml scenarios/design.yaml
KILLS        ?= 30
FAULTS       ?= 24
SEED         ?= 1
# a .venv without this mark is not of this file's making
MARK         := made.by.make
VENV         ?= $(if $(wildcard .venv),$(if $(wildcard .venv/$(MARK) .venv/made.stamp),.venv,.venv-revsim),.venv)
VENV         := $(VENV)
BIN          := $(VENV)/bin
PIP          := $(BIN)/python -m pip --disable-pip-version-check --quiet install

BENCHES      := bench bench-calendar bench-growth bench-reps bench-end-to-end bench-live bench-memory bench-against

.PHONY: demo study frontier kept plausible claims test check coverage soak bounds kill-test mutants $(BENCHES) clean help
.DELETE_ON_ERROR:

help:
	@echo "make demo    compare the shipped scenarios ($(REPLICATIONS) replications), report in $(OUT)/report.html"
	@echo "make test    the whole test suite"
	@echo "make check   lint and types"
	@echo "make coverage  the suite with coverage reported (several times slower)"
	@echo "make soak    both engines on $(SOAK) random companies, event for event, and 300 trees of cases (about an hour)"
	@echo "make bounds  both engines side by side with every index of the compiled one checked"
	@echo "make kill-test  kill a running study $(KILLS) times at random moments (SEED=$(SEED)); its rows must be those of one undisturbed"
	@echo "make mutants  put $(FAULTS) small faults (SEED=$(SEED)) into a copy of each layer: which do its own tests notice? (an hour)"
	@echo "make study   the shipped study (docs/findings.md), about a quarter of an hour"
	@echo "make claims  every claim of the articles, as docs/protocol.md states it (docs/claims.md), about an hour"
	@echo "make kept    what compare says of plausible companies, made anew (scenarios/plausible/kept.json), about five minutes"
	@echo "make frontier  search the best mixes for each budget anew, and write the shipped scenarios that it finds"
	@echo "make plausible  companies like the shipped one that known companies' patterns do not rule out, made anew (scenarios/plausible/status-quo.json)"
	@echo "make bench             a whole compare on both engines, and the engines alone, kept in benchmarks/bench.json"
	@echo "make bench-calendar    what an event costs: C, the engine's calendar, the model (docs/speed.md)"
	@echo "make bench-growth      time against size, with a picture"
	@echo "make bench-reps        what an event costs in companies of 10 to 1,000 reps"
	@echo "make bench-live        how soon a lever that is moved is answered from kept states"
	@echo "make bench-against CLONE=folder   whole studies against another clone of this project"
	@echo "make bench-end-to-end  how much of the engine's speed a whole compare keeps"
	@echo "make bench-memory      peak memory against replications"
	@echo "make clean   remove the environment that make made, and caches; results stay"

demo: $(VENV)/demo.stamp
	$(BIN)/revsim compare $(SCENARIOS) --out $(OUT) --replications $(REPLICATIONS)
	@echo "The report is in $(OUT)/report.html"

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest

check: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

coverage: $(VENV)/test.stamp
	$(BIN)/python -m pytest --cov=revsim --cov-report=term:skip-covered

soak: $(VENV)/test.stamp
	REVSIM_SOAK=$(SOAK) $(BIN)/python -m pytest -n 0 tests/same_trace tests/states

bounds: $(VENV)/test.stamp
	NUMBA_BOUNDSCHECK=1 $(BIN)/python -m pytest tests/same_trace tests/states tests/measures

kill-test: $(VENV)/test.stamp
	$(BIN)/python -m tests.experiment.kills $(KILLS) $(SEED)

mutants: $(VENV)/test.stamp
	$(BIN)/python benchmarks/mutants.py --each $(FAULTS) --seed $(SEED)

bench: $(VENV)/demo.stamp
	$(BIN)/revsim bench --repeats 9 --json > benchmarks/bench.json
	cat benchmarks/bench.json

bench-calendar: $(VENV)/demo.stamp
	$(BIN)/python benchmarks/calendar_loop.py

bench-growth: $(VENV)/demo.stamp
	$(BIN)/python benchmarks/growth.py

bench-reps: $(VENV)/demo.stamp
	$(BIN)/python benchmarks/reps.py

bench-live: $(VENV)/demo.stamp
	$(BIN)/python benchmarks/live.py

bench-against: $(VENV)/demo.stamp
	$(BIN)/python benchmarks/against.py $(CLONE)

bench-end-to-end: $(VENV)/demo.stamp
	$(BIN)/python benchmarks/end_to_end.py

bench-memory: $(VENV)/demo.stamp
	$(BIN)/python benchmarks/memory.py

clean:
	@for made in .venv .venv-revsim $(VENV); do \
	  if [ -e $$made/$(MARK) ] || [ -e $$made/made.stamp ]; then echo "rm -rf $$made"; rm -rf $$made; fi; done
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.* build dist
	find revsim tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "revsim wants Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@[ ! -e $(VENV) ] || [ -e $(VENV)/$(MARK) ] || \
	  { echo "$(VENV) is there, was not made by make, and is left as it is. Try: make VENV=another-folder $(MAKECMDGOALS)"; exit 1; }
	@mkdir -p $(VENV) && touch $(VENV)/$(MARK)
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/demo.stamp: pyproject.toml $(VENV)/made.stamp
	$(PIP) --editable .
	@touch $@

$(VENV)/test.stamp: pyproject.toml $(VENV)/made.stamp
	$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/demo.stamp

# The shipped study, about a quarter of an hour on two cores: what docs/findings.md tells.
SHIPPED = status-quo.yaml coordination.yaml design.yaml
study: $(VENV)/test.stamp
	$(BIN)/revsim worlds $(SHIPPED) --worlds 100 --replications 60 --out results/study/worlds
	$(BIN)/revsim worlds $(SHIPPED) --worlds 100 --replications 60 --seed 2 --out results/study/worlds2
	$(BIN)/revsim worlds $(SHIPPED) --worlds 100 --replications 60 --seed 3 --out results/study/worlds3
	$(BIN)/revsim compare $(SHIPPED) controls/frictionless.yaml --replications 400 --out results/study/compare --worlds results/study/worlds
	$(BIN)/revsim attribute status-quo.yaml design.yaml --replications 200 --out results/study/attribute
	$(BIN)/revsim sweep severity.yaml --replications 150 --out results/study/sweep
	$(BIN)/revsim stress $(SHIPPED) --replications 150 --out results/study/stress
	$(BIN)/revsim parts status-quo.yaml --replications 100 --out results/study/parts
	$(BIN)/python benchmarks/tell.py --keep results/study

# What `compare` tells beside intervals of chance: kept for the shipped scenarios as they are and today's model.
kept: $(VENV)/test.stamp
	$(BIN)/python benchmarks/keep_worlds.py $(SHIPPED) --worlds 120 --replications 20 --out results/kept

# Every claim and question of docs/protocol.md: benchmarks/study/claims.csv and docs/claims.md.
claims: $(VENV)/test.stamp
	$(BIN)/python benchmarks/claims --replications 2000 --out results/study/claims --keep

# What a budget buys: the shipped coordination.yaml and best-*.yaml are written from what is found.
frontier: $(VENV)/test.stamp
	$(BIN)/revsim frontier status-quo.yaml --replications 400 --out results/study/frontier
	$(BIN)/python benchmarks/ship.py results/study/frontier

# Companies that what is known of companies does not rule out, which `worlds` takes. FLAGS="--write scenarios/status-quo.yaml" makes
# the shipped company their middle (docs/plausible.md).
plausible: $(VENV)/test.stamp
	$(BIN)/python benchmarks/plausible.py status-quo.yaml $(FLAGS)
