ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';
CREATE INDEX orders_state ON orders (state);
ALTER TABLE orders ALTER COLUMN price TYPE numeric(20, 8);
DELETE FROM audit_log WHERE at < now() - interval '30 days';
