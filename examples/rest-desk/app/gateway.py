"""The order gateway: takes orders by HTTP, keeps them in PostgreSQL, and sends them to a broker by REST.

The broker has no session, so nothing at it keeps two gateways apart: only the end of the old process does. A request
whose answer never came is never sent again; the broker is asked what became of it.
"""

import asyncio
import os
import threading

import uvicorn
from fastapi import FastAPI, Header, Request
from fastapi.responses import JSONResponse, PlainTextResponse

from broker import Broker
from sending import Sending
from store import Store

INSTANCE = os.environ["INSTANCE"]
VERSION = os.environ.get("VERSION", "1")

store = Store(os.environ["DATABASE_URL"])
broker = Broker(
    os.environ["BROKER_URL"],
    os.environ["BROKER_STREAM"],
    os.environ["BROKER_ACCOUNT"],
    os.environ["BROKER_KEY"],
    INSTANCE,
)
sending = Sending(store, broker, INSTANCE)
app = FastAPI(openapi_url=None)


def older(token):
    return JSONResponse({"highestToken": store.control()["token"]}, 409) if token < store.control()["token"] else None


@app.get("/ready")
def ready():
    return PlainTextResponse("ready\n") if store.answers() else PlainTextResponse("no database\n", 503)


@app.get("/status")
def status():
    control, counts = store.control(), store.counts()
    return {
        "service": "gateway",
        "instance": INSTANCE,
        "version": VERSION,
        "state": sending.state,
        "active": sending.is_active,
        "token": sending.token,
        "highestToken": control["token"],
        "killed": control["killed"],
        "unsent": counts["UNSENT"],
        "unanswered": counts["SENDING"],
        "openOrders": counts["OPEN"],
        "inDoubt": counts["IN_DOUBT"],
    }


@app.post("/hooks/activate")
def activate(pitcrew_token: int = Header()):
    if store.control()["killed"]:
        return JSONResponse({"error": "killed"}, 423)
    if not store.take_over(pitcrew_token, INSTANCE):
        return JSONResponse({"highestToken": store.control()["token"]}, 409)
    done = sending.activate(pitcrew_token)
    return JSONResponse({}, 200 if done else 202)


@app.post("/hooks/drain")
def drain(pitcrew_token: int = Header()):
    no = older(pitcrew_token)
    if no:
        return no
    return JSONResponse({}, 200 if sending.drain() else 202)


@app.post("/hooks/deactivate")
def deactivate(pitcrew_token: int = Header()):
    no = older(pitcrew_token)
    if no:
        return no
    return JSONResponse({}, 200 if sending.deactivate() else 202)


@app.post("/hooks/kill")
def kill():
    store.latch(True)
    sending.deactivate()
    broker.cancel_all()
    return JSONResponse({}, 200 if broker.open_orders() == [] else 202)


@app.post("/hooks/rearm")
def rearm(pitcrew_token: int = Header()):
    if pitcrew_token <= store.control()["token"]:
        return JSONResponse({"highestToken": store.control()["token"]}, 409)
    store.latch(False)
    return {}


@app.get("/venue-orders")
def venue_orders():
    return {"open": len(broker.open_orders())}


@app.post("/orders")
async def place(request: Request):
    order = await request.json()
    return await asyncio.to_thread(placed, order)


def placed(order):
    identity = order["client"] + "-" + order["clientOrderId"]
    if store.order(identity):
        return JSONResponse({"id": identity}, 202)  # asked again, the same answer
    if store.control()["killed"]:
        return JSONResponse({"error": "killed"}, 423)
    if not sending.takes:
        return JSONResponse({"error": "not active"}, 503, {"Retry-After": "1"})
    store.add(identity, order)
    sending.wake()
    return JSONResponse({"id": identity}, 202)


@app.get("/orders")
def events(client: str, after: int = 0):
    return {"events": store.events(client, after)}


@app.get("/orders/{identity}")
def order(identity: str):
    found = store.order(identity)
    return {"id": identity, "state": found["state"]} if found else JSONResponse({"error": "unknown"}, 404)


@app.post("/orders/{identity}/cancel")
def cancel(identity: str):
    found = store.order(identity)
    if not found:
        return JSONResponse({"error": "unknown"}, 404)
    if not sending.takes:
        return JSONResponse({"error": "not active"}, 503, {"Retry-After": "1"})
    if found["state"] != "OPEN":
        return JSONResponse({"error": "it is " + found["state"]}, 409)
    return JSONResponse({}, 202 if sending.cancel(identity) else 503)


@app.post("/orders/{identity}/replace")
def replace(identity: str):
    return JSONResponse({"error": "this broker replaces nothing; cancel it, and enter another"}, 400)


if __name__ == "__main__":
    threading.Thread(target=sending.run, daemon=True).start()
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning", access_log=False)
