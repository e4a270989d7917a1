"""The orders, what their clients were told, and who may send, in PostgreSQL: shared by all instances."""

import contextlib

from psycopg2.extras import RealDictCursor
from psycopg2.pool import ThreadedConnectionPool

TABLES = """
CREATE TABLE IF NOT EXISTS control (one boolean PRIMARY KEY DEFAULT true CHECK (one), token bigint NOT NULL DEFAULT 0,
    holder text NOT NULL DEFAULT '', killed boolean NOT NULL DEFAULT false, seen bigint NOT NULL DEFAULT 0);
INSERT INTO control DEFAULT VALUES ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS orders (number bigserial UNIQUE, id text PRIMARY KEY, client text NOT NULL,
    client_id text NOT NULL, symbol text NOT NULL, side text NOT NULL, quantity bigint NOT NULL, price text NOT NULL,
    state text NOT NULL DEFAULT 'UNSENT', taken_at timestamptz NOT NULL DEFAULT now(), sent_at timestamptz);
CREATE INDEX IF NOT EXISTS orders_not_ended ON orders (state) WHERE state IN ('UNSENT', 'SENDING', 'OPEN', 'IN_DOUBT');
CREATE TABLE IF NOT EXISTS events (seq bigserial PRIMARY KEY, client text NOT NULL, id text NOT NULL,
    event text NOT NULL, why text NOT NULL);
CREATE INDEX IF NOT EXISTS events_by_client ON events (client, seq);
"""
MAKING_TABLES = 20260101  # two instances that start at once make them one after the other
NOT_ENDED = ("UNSENT", "SENDING", "OPEN", "IN_DOUBT")


class Store:
    def __init__(self, url):
        self.pool = ThreadedConnectionPool(8, 64, url, connect_timeout=3)
        with self.cursor() as rows:
            rows.execute("SELECT pg_advisory_xact_lock(%s)", (MAKING_TABLES,))
            rows.execute(TABLES)

    @contextlib.contextmanager
    def cursor(self):
        """One transaction."""
        connection = self.pool.getconn()
        try:
            with connection, connection.cursor(cursor_factory=RealDictCursor) as rows:
                yield rows
        finally:
            self.pool.putconn(connection, close=bool(connection.closed))

    def answers(self):
        try:
            self.control()
            return True
        except Exception:
            return False

    def control(self):
        return self.one("SELECT token, holder, killed, seen FROM control")

    def one(self, query, values=()):
        with self.cursor() as rows:
            rows.execute(query, values)
            return rows.fetchone()

    def all(self, query, values=()):
        with self.cursor() as rows:
            rows.execute(query, values)
            return rows.fetchall()

    def counts(self):
        counts = dict.fromkeys(NOT_ENDED, 0)
        for row in self.all("SELECT state, count(*) FROM orders WHERE state IN %s GROUP BY state", (NOT_ENDED,)):
            counts[row["state"]] = row["count"]
        return counts

    def take_over(self, token, holder):
        """Whether the holder is the newest now."""
        query = """UPDATE control SET token = %s, holder = %s WHERE NOT killed
            AND (token < %s OR token = %s AND holder = %s) RETURNING token"""
        return bool(self.one(query, (token, holder, token, token, holder)))

    def latch(self, killed):
        with self.cursor() as rows:
            rows.execute("UPDATE control SET killed = %s", (killed,))

    def add(self, identity, order):
        with self.cursor() as rows:
            rows.execute(
                """INSERT INTO orders (id, client, client_id, symbol, side, quantity, price)
                VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING""",
                (identity, order["client"], order["clientOrderId"], order["symbol"], order["side"],
                 order["quantity"], str(order["price"])),
            )

    def order(self, identity):
        return self.one("SELECT * FROM orders WHERE id = %s", (identity,))

    def mark_sending(self, token, holder, limit):
        """The oldest orders that nobody has sent, which from now on may have been; none when another is the newest."""
        return self.all(
            """UPDATE orders SET state = 'SENDING', sent_at = now() WHERE id IN (SELECT id FROM orders
            WHERE state = 'UNSENT' ORDER BY number LIMIT %s FOR UPDATE) AND EXISTS (SELECT 1 FROM control
            WHERE token = %s AND holder = %s AND NOT killed FOR SHARE) RETURNING *""",
            (limit, token, holder),
        )

    def in_state(self, state):
        return self.all("SELECT *, extract(epoch FROM now() - coalesce(sent_at, taken_at)) AS age FROM orders WHERE state = %s", (state,))

    def change(self, identity, states, state, event=None, why=""):
        """The order is so from now on, if it was in one of the states; its client is told once."""
        with self.cursor() as rows:
            rows.execute(
                "UPDATE orders SET state = %s WHERE id = %s AND state IN %s RETURNING client, client_id",
                (state, identity, tuple(states)),
            )
            found = rows.fetchone()
            if found and event:
                self.tell(rows, found, event, why)
            return bool(found)

    @staticmethod
    def tell(rows, order, event, why=""):
        rows.execute(
            "INSERT INTO events (client, id, event, why) VALUES (%s, %s, %s, %s)",
            (order["client"], order["client_id"], event, why),
        )

    def executed(self, execution):
        """Takes in one execution of the broker's, each once and in their order."""
        kind = execution["type"]
        state = {"FILLED": "FILLED", "CANCELLED": "CANCELLED", "REJECTED": "REJECTED"}.get(kind, "OPEN")
        with self.cursor() as rows:
            rows.execute("UPDATE control SET seen = %s WHERE seen < %s RETURNING seen", (execution["execId"],) * 2)
            if not rows.fetchone():
                return
            rows.execute(
                "UPDATE orders SET state = %s WHERE id = %s AND state IN %s RETURNING client, client_id",
                (state, execution["clientOrderId"], NOT_ENDED),
            )
            found = rows.fetchone()
            if found:
                self.tell(rows, found, {"NEW": "OPEN"}.get(kind, kind), execution.get("why", ""))

    def events(self, client, after):
        return self.all(
            "SELECT seq, id, event, why FROM events WHERE client = %s AND seq > %s ORDER BY seq LIMIT 500",
            (client, after),
        )
