#!/usr/bin/env bash
# Compares sentence encoders, and Rasa's default pipeline, on the same messages: about half an hour on two cores.
set -eu
cd "$(dirname "$0")/.."
export OMP_NUM_THREADS=1 RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 TOKENIZERS_PARALLELISM=false
uv=$(command -v uv || echo .tools/bin/uv)
"$uv" sync --quiet --inexact --frozen --group compare
frozen=$(mktemp -d)
trap 'rm -rf "$frozen"' EXIT
bash scripts/encoder.sh --epochs 0 --target "$frozen" >/dev/null
.venv/bin/python -W ignore scripts/compare_encoders.py --frozen "$frozen" --diet-epochs 10
