"""The order gateway: takes orders over HTTP, sends them to the exchange, keeps what is open."""

import os

import ccxt
from fastapi import FastAPI
from prometheus_client import Counter, Gauge

ORDERS_SENT = Counter("gateway_orders_sent_total", "Orders sent to the exchange", ["symbol"])
ORDERS_REJECTED = Counter("gateway_orders_rejected_total", "Orders that the exchange refused")
ORDERS_OPEN = Gauge("gateway_orders_open", "Orders that rest")

app = FastAPI()
exchange = getattr(ccxt, os.environ["EXCHANGE"])(
    {"apiKey": os.environ["BINANCE_API_KEY"], "secret": os.environ["BINANCE_API_SECRET"]}
)


@app.post("/orders")
def order(symbol: str, side: str, amount: float, price: float):
    sent = exchange.create_order(symbol, "limit", side, amount, price)
    ORDERS_SENT.labels(symbol).inc()
    return {"id": sent["id"]}
