#!/usr/bin/env bash
set -euo pipefail
trap 'echo "failed at $LINENO"' ERR
BACKUPS=${BACKUPS:-/var/backups}
for db in orders audit; do
  if ! docker exec -i db pg_dump -U desk "$db" | gzip -9 > "$BACKUPS/$db-$(date +%F).sql.gz"; then
    curl -fsS -m 10 "https://alerts.example.com/$db" || true
    exit 1
  fi
done
find "$BACKUPS" -name '*.gz' -mtime +14 -delete
ssh desk@other <<REMOTE
cd /backups && ls -1 | tail -n +30 | xargs -r rm --
REMOTE
cat <<'E2' > /tmp/x
$not a `command`
E2
function check() { [[ -s "$1" && $(stat -c %s "$1") -gt 1000 ]] || return 1; }
check "$BACKUPS/orders.sql.gz"
