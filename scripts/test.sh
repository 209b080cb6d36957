#!/usr/bin/env bash
# All tests: data, stories against the trained model, and pytest with the real servers.
set -eu
cd "$(dirname "$0")/.."
export COACH_ACTIONS_URL=http://127.0.0.1:5055/webhook RASA_CACHE_DIRECTORY=var/cache/rasa

echo "Checking training data, stories and rules …"
bash scripts/validate.sh

echo "Testing the stories against the trained model …"
model=$(.venv/bin/python -W ignore -c 'from bot.training import fitting_model; print(fitting_model())')
[ -f "$model" ] || { echo "No model fits the data: run 'make train'."; exit 1; }
log=$(mktemp)
# A form's own turns are left to the conversation tests: Rasa's story test does not run forms.
if ! .venv/bin/python -W ignore -m rasa test core --model "$model" --stories tests/stories --fail-on-prediction-errors \
  --out var/story-tests --endpoints tests/stories/endpoints.yml >"$log" 2>&1; then
  tail -60 "$log"; cat var/story-tests/failed_test_stories.yml 2>/dev/null || true
  exit 1
fi
echo "The stories run as written."

# What Rasa's own commands needed is no setting of the servers that the tests start.
env -u COACH_ACTIONS_URL .venv/bin/python -W ignore -m pytest -n 2 --dist loadgroup "$@"

if ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1 && ! command -v google-chrome >/dev/null 2>&1; then
  echo "Left out: the tests of the widget in a browser, because this machine has no Chromium (Debian: apt-get install chromium)."
fi
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null 2>&1; then
  echo "Left out: the database tests on PostgreSQL, because this machine has none (Debian: apt-get install postgresql)."
fi
missing=
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
command -v faketime >/dev/null 2>&1 || missing="$missing faketime"
if [ -n "$missing" ]; then
  echo "Left out: tests of many servers, or of a clock that jumps (Debian: apt-get install$missing)."
fi
if ! command -v php >/dev/null 2>&1 || ! [ -d /usr/share/wordpress ]; then
  echo "Left out: tests of the WordPress plugin, because this machine has no PHP or no WordPress (Debian: apt-get install php-cli wordpress)."
fi
