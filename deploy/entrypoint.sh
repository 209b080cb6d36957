#!/bin/sh
# Puts the model of the image where the coach looks for it, then becomes the part that was asked for.
set -eu
mkdir -p "$COACH_VAR_DIR/models" "$COACH_VAR_DIR/cache"
cp -rn /opt/eerste-stap/var/models/. "$COACH_VAR_DIR/models/"
cp -rn /opt/eerste-stap/var/cache/. "$COACH_VAR_DIR/cache/" 2>/dev/null || true
exec .venv/bin/python -W ignore -m bot "$@"
