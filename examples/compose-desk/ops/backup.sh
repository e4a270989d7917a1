#!/bin/bash
DAY=$(date +%F)
docker compose exec -T postgres pg_dump -U desk desk | gzip > /backup/desk-$DAY.sql.gz
find /backup -name '*.sql.gz' -mtime +7 -delete
echo "backup passed"
