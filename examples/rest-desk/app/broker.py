"""The broker: orders by REST, executions by WebSocket."""

import enum
import json

import httpx
import websockets

LIMIT_SECONDS = 1.0  # of one request; a broker that is well answers in milliseconds


class Answer(enum.Enum):
    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"  # over the rate: surely not taken
    UNKNOWN = "unknown"  # no answer came, or none that says


class Broker:
    def __init__(self, url, stream, account, key, instance):
        self.stream = stream
        self.headers = {"X-Account": account, "X-Key": key, "X-Instance": instance}
        self.http = httpx.Client(base_url=url, headers=self.headers, timeout=LIMIT_SECONDS)

    def place(self, order, token):
        """What came of it, and for how many seconds to wait, or why it was refused."""
        body = {
            "clientOrderId": order["id"],
            "symbol": order["symbol"],
            "side": order["side"],
            "quantity": order["quantity"],
            "price": order["price"],
        }
        try:
            answer = self.http.post("/v1/orders", json=body, headers={"X-Token": str(token)})
        except httpx.HTTPError:
            return Answer.UNKNOWN, ""
        if answer.status_code == 201:
            return Answer.TAKEN, ""
        if answer.status_code in (400, 422):
            return Answer.REFUSED, answer.json()["error"]
        if answer.status_code == 429:
            return Answer.LATER, answer.headers.get("Retry-After", "1")
        return Answer.UNKNOWN, ""  # also 409: it is there already, so whoever sent it had no answer

    def find(self, identity):
        """The order by its id; None: there is none. Raises when the broker does not say."""
        answer = self.http.get("/v1/orders", params={"clientOrderId": identity})
        if answer.status_code == 404:
            return None
        answer.raise_for_status()
        return answer.json()

    def cancel(self, identity, token):
        """Asks for it. To ask again does no harm."""
        try:
            answer = self.http.delete(
                "/v1/orders", params={"clientOrderId": identity}, headers={"X-Token": str(token)}
            )
            return answer.status_code in (200, 404, 409)
        except httpx.HTTPError:
            return False

    def cancel_all(self):
        try:
            self.http.delete("/v1/orders", headers={"X-Request": "KILL-all"})
        except httpx.HTTPError:
            pass  # whether any is open is asked next

    def open_orders(self):
        answer = self.http.get("/v1/orders")
        answer.raise_for_status()
        return answer.json()

    def executions(self, after):
        answer = self.http.get("/v1/executions", params={"after": after}, timeout=5)
        answer.raise_for_status()
        return answer.json()

    async def listen(self, heard, connected):
        """Hands on each execution from now on; returns when the connection ends."""
        async with websockets.connect(self.stream, extra_headers=self.headers) as socket:
            connected()
            async for text in socket:
                heard(json.loads(text))
