-- orders; and /* a comment */
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";
/* nested /* comment */ */
CREATE TABLE IF NOT EXISTS public."orders" (
    id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
    price double precision NOT NULL CHECK (price > 0),
    qty numeric(20, 8) DEFAULT 0 NOT NULL,
    note varchar(20) DEFAULT 'it''s; -- here',
    at timestamp without time zone,
    CONSTRAINT one UNIQUE (id, at)
);
CREATE TABLE audit_log (id bigserial, at timestamptz, what jsonb DEFAULT '{}'::jsonb);
