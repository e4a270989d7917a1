#!/bin/sh
set -eu
: "${DATABASE_URL:=postgresql://desk@db/orders}"
until pg_isready -h "${DB_HOST:-db}"; do
  echo "waiting for $(hostname)" >&2; sleep 1
done
case "$1" in
  trade|live) shift; exec python -m desk.gateway "$@" ;;
  shell) exec sh -c 'cd /app && python' ;;
  *) python -m desk.feed & python -m desk.metrics & wait ;;
esac
