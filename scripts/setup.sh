#!/usr/bin/env bash
# Makes .venv with everything that the coach needs. Does nothing when that is already there.
#   setup.sh        what is needed to run
#   setup.sh dev    and what is needed to test
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}

# What is installed is stamped with the lock file it came from, so that a later start needs no network.
wanted=$(cat uv.lock pyproject.toml vendor/*.whl scripts/setup.sh | cksum | tr -d ' ')
stamp=.venv/installed-$kind
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
  exit 0
fi

find_uv() {
  if command -v uv >/dev/null 2>&1; then echo uv; return; fi
  if [ ! -x .tools/bin/uv ]; then
    echo "Installing uv …" >&2
    for python in python3 python; do
      # --target keeps it inside the project, also where the system forbids installing into its own Python.
      "$python" -m pip install --quiet --disable-pip-version-check --target .tools uv >&2 && break
    done
  fi
  [ -x .tools/bin/uv ] || { echo "uv could not be installed: pip is missing (Debian: apt-get install python3-pip), or there is no network." >&2; exit 1; }
  echo .tools/bin/uv
}

# A Python 3.10 that really runs: pyenv's shims exist for versions that are not switched on.
find_python() {
  local candidate
  for candidate in "$(command -v python3.10 || true)" "$("$uv" python find --no-project 3.10 2>/dev/null || true)" \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python3.10; do
    if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; then
      echo "$candidate"; return
    fi
  done
  echo "Fetching Python 3.10 …" >&2
  if "$uv" python install 3.10 >/dev/null 2>&1; then "$uv" python find --no-project 3.10; return; fi
  echo "Python 3.10 was not found and could not be fetched (Rasa runs on no later one). Install it, for example with 'pyenv install 3.10' or 'uv python install 3.10', and try again." >&2
  exit 1
}

uv=$(find_uv)
python=$(find_python)
groups=--no-dev; [ "$kind" = dev ] && groups=--dev
echo "Installing the libraries (about 3 GB on disk, a few minutes the first time) …"
"$uv" sync --quiet --frozen --inexact $groups --python "$python"

# The Dutch spaCy model of choice stands on the internet only; the one in vendor/ stands in where that is out of reach.
if ! .venv/bin/python -c 'import nl_core_news_sm' 2>/dev/null && ! .venv/bin/python -c 'import nl_ud_sm' 2>/dev/null; then
  echo "Installing the Dutch language model …"
  address=$(.venv/bin/python -W ignore -c 'from spacy.about import __download_url__ as u; print(f"{u}/nl_core_news_sm-3.7.0/nl_core_news_sm-3.7.0-py3-none-any.whl")')
  official=$(mktemp -d)/nl_core_news_sm-3.7.0-py3-none-any.whl
  if .venv/bin/python scripts/fetch.py "$address" "$official" && "$uv" pip install --quiet --python .venv --no-deps "$official"; then
    echo "  nl_core_news_sm"
  else
    "$uv" pip install --quiet --python .venv --no-deps vendor/nl_ud_sm-*.whl
    echo "  nl_ud_sm, from vendor/ (the official model was out of reach)"
  fi
  rm -rf "$(dirname "$official")"
fi
printf '%s' "$wanted" >"$stamp"
[ "$kind" = dev ] && printf '%s' "$wanted" >.venv/installed-run
exit 0
