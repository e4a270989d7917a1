#!/usr/bin/env bash
set -euo pipefail
day=$(date -u +%F)
pg_dump --format=custom desk > "/var/backups/desk-$day.dump"
