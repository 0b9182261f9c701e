PYTHON ?= $(firstword $(foreach v,3.11 3.12 3.13,$(shell command -v python$(v))) python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
# Folds are learned side by side: more threads for each would only wait for one another.
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

.PHONY: help demo test check format build lock eval train folds validate learning-curve train-encoder train-names bench bench-store torture neo4j neo4j-stop clean

help:  ## say what can be made
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-virtualenv -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	@touch $(READY)

demo: $(READY)  ## read an article of ours and show its claims
	$(BIN)/python -m api.demo

test: check  ## lint, types, architecture and all tests

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m api.build --check
	$(BIN)/pytest

format: $(READY)  ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

build: $(READY)  ## write all generated files: JSON schemas, openapi.json, golden outputs
	$(BIN)/python -m api.build

lock: $(READY)  ## work out the locked versions anew
	$(BIN)/pip-compile --quiet --extra dev --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.lock pyproject.toml

eval: $(READY)  ## figures on the gold, where it is beside the checkout
	$(BIN)/python -m api.evaluation
	$(BIN)/python -m api.evaluation_names

train: $(READY)  ## learn the claim model anew from the gold beside the checkout and our own articles
	$(BIN)/python -m extract.models.train ../shared/gold
	$(ONE_THREAD) $(BIN)/python -m extract.models.validate ../shared/gold

folds: $(READY)  ## tune the network anew for each fold of cross-validation, for `make validate`; torch is installed for it
	$(BIN)/pip install --quiet --editable '.[train]'
	$(BIN)/python -m extract.models.encoder.training.folds ../shared/gold

validate: $(READY)  ## judge the shipped chain and network by cross-validation, for `make eval`
	$(ONE_THREAD) $(BIN)/python -m extract.models.validate ../shared/gold

learning-curve: $(READY)  ## measure what more annotated articles would give, for `make eval`
	$(BIN)/python -m extract.models.learning_curve ../shared/gold

train-encoder: $(READY)  ## tune the network anew; torch is installed for it
	$(BIN)/pip install --quiet --editable '.[train]'
	$(BIN)/python -m extract.models.encoder.training.train ../shared/gold

train-names: $(READY)  ## tune the network of names anew on the treebank beside the checkout
	$(BIN)/pip install --quiet --editable '.[train]'
	$(BIN)/python -m extract.models.names.training.train ../shared/data/ner

bench: $(READY)  ## characters a second, start-up time, peak memory
	$(BIN)/python -m api.benchmark

torture: $(READY)  ## kill writers and a Neo4j server at random moments, look for losses; ten minutes
	$(BIN)/python -m tests.torture $(TORTURE)

bench-store: $(READY)  ## a store of 400,000 claims: loading, questions, processes at once; fails where a limit is not kept
	$(BIN)/python -m api.benchmark_store

neo4j: $(READY)  ## put together and start a real Neo4j on loopback
	$(BIN)/python deploy/neo4j/server.py start

neo4j-stop: $(READY)  ## stop it
	$(BIN)/python deploy/neo4j/server.py stop

clean:  ## remove what was built, the virtual environment too
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .hypothesis
