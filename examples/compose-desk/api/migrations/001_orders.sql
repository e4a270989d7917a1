CREATE TABLE orders (
    id text PRIMARY KEY,
    symbol text NOT NULL,
    side text NOT NULL,
    quantity double precision NOT NULL,
    price double precision NOT NULL,
    created_at timestamp NOT NULL DEFAULT now()
);

CREATE TABLE audit_log (
    id bigserial PRIMARY KEY,
    actor text NOT NULL,
    action text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
