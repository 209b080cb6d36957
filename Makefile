# Everything that the project can do, by name. `make run` and `make test` are all that a newcomer needs.
PYTHON := .venv/bin/python
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.PHONY: run test test-cluster setup setup-dev train evaluate compare encoder check widget bench

run: setup
	@$(PYTHON) -W ignore -m bot run

setup:
	@bash scripts/setup.sh

setup-dev:
	@bash scripts/setup.sh dev

train: setup
	@$(PYTHON) -W ignore -m bot train

evaluate: train
	@$(PYTHON) -W ignore -m bot evaluate

# An hour on a machine that does nothing else; `make bench WHAT=load` for the run under load alone.
bench: setup-dev train
	@$(PYTHON) -W ignore -m bench $(WHAT)

compare: setup-dev
	@bash scripts/compare.sh

encoder:
	@bash scripts/encoder.sh

test: setup-dev train
	@bash scripts/test.sh

# The long tests: whole chains, publishing, a channel that is stopped again and again. Ends real servers under load, and runs several of them behind nginx: PostgreSQL, Redis, nginx and faketime are needed.
test-cluster: setup-dev train
	@.venv/bin/python -W ignore -m pytest -m cluster

check: setup-dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@bash scripts/validate.sh
	@.venv/bin/python -W ignore -m tests.wording
	@.venv/bin/pytest tests/nlu/test_data.py tests/test_wording.py tests/test_article.py

widget:
	@cd widget && npm ci && npm run check && npm test && npm run build && python3 wordpress/pack.py
