#!/usr/bin/env bash
# Builds the sentence encoder anew, in an environment of its own (.venv-encoder): PyTorch is needed to make it, not to run it.
# Takes about an hour on two cores. Only after the training messages changed a lot; a therapist's publish never needs it.
set -eu
cd "$(dirname "$0")/.."
if [ ! -x .venv-encoder/bin/python ]; then
  for python in python3.11 python3.12 python3.10; do
    if "$python" -c 'import venv' >/dev/null 2>&1; then
      "$python" -m venv .venv-encoder
      break
    fi
  done
fi
if [ ! -x .venv-encoder/bin/python ]; then
  echo "Building the encoder needs Python 3.10, 3.11 or 3.12 with venv (on Debian: apt install python3-venv)." >&2
  exit 1
fi
.venv-encoder/bin/python -m pip install -q --disable-pip-version-check -r encoder/requirements.txt
.venv-encoder/bin/python -W ignore -m encoder "$@"
