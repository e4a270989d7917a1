-- +goose Up
SET LOCAL lock_timeout = '2s';
ALTER TABLE IF EXISTS ONLY orders ADD COLUMN IF NOT EXISTS venue text NOT NULL, ALTER price TYPE numeric(20, 8) USING price::numeric, DROP CONSTRAINT one;
ALTER TABLE orders RENAME COLUMN note TO remark;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON orders USING btree (venue);
CREATE FUNCTION forget() RETURNS void AS $body$
BEGIN
  IF true THEN DELETE FROM audit_log WHERE at < now() - interval '90 days'; END IF;
END;
$body$ LANGUAGE plpgsql;
SELECT cron.schedule('x', '0 3 * * *', $$DELETE FROM audit_log WHERE at < now() - interval '3 months'$$);
SELECT add_retention_policy('audit_log', INTERVAL '30 days');
-- +goose Down
DROP TABLE orders;
