#!/usr/bin/env bash
# Rasa's own check of domain, data, stories and rules; a warning is an error.
set -eu
cd "$(dirname "$0")/.."
export COACH_ACTIONS_URL=http://127.0.0.1:5055/webhook RASA_CACHE_DIRECTORY=var/cache/rasa
log=$(mktemp)
if ! .venv/bin/python -W ignore -m scripts.validate --fail-on-warnings --max-history 10 --data data/nlu data/stories data/rules >"$log" 2>&1; then
  cat "$log"
  exit 1
fi
echo "Training data, stories and rules are valid."
