"""Who sends, and what: the part of the gateway that may act only while this instance is the active one."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from broker import Answer

AT_ONCE = 8
SETTLED_SECONDS = 2.0  # a request without an answer may arrive for as long
STALE_SECONDS = 2.0  # an order that waited so long is given back
OPEN = ("SENDING", "IN_DOUBT")


class Sending:
    def __init__(self, store, broker, instance):
        self.store = store
        self.broker = broker
        self.instance = instance
        self.token = 0
        self.state = "PASSIVE"
        self.asking = threading.Event()  # something may have to be sent
        self.lock = threading.Lock()
        self.workers = ThreadPoolExecutor(AT_ONCE)
        self.listener = None
        self.not_before = 0.0

    @property
    def is_active(self):
        return self.state in ("ACTIVE", "DRAINING")

    @property
    def takes(self):
        return self.state == "ACTIVE"

    def wake(self):
        self.asking.set()

    def activate(self, token):
        """Whether it may send by now: only once nothing of the one before is unknown."""
        with self.lock:
            if self.is_active and self.token == token:
                self.state = "ACTIVE"
                return True
            self.token = token
            self.state = "ACTIVATING"
            self.listen()
            self.resolve()
            if self.store.in_state("SENDING"):
                return False
            self.state = "ACTIVE"
            self.wake()
            return True

    def drain(self):
        """Sends nothing new; done once everything that was sent is answered."""
        if self.state == "ACTIVE":
            self.state = "DRAINING"
        return not self.store.in_state("SENDING")

    def deactivate(self):
        self.state = "PASSIVE"
        listener, self.listener = self.listener, None
        if listener:
            listener.cancel()
        return True

    def cancel(self, identity):
        return self.broker.cancel(identity, self.token)

    def run(self):
        """Sends what waits, for as long as the process lives."""
        while True:
            self.asking.wait(0.2)
            self.asking.clear()
            try:
                if self.state == "ACTIVATING":
                    self.activate(self.token)
                elif self.is_active:
                    self.once()
            except Exception as failure:  # the database or the broker is away: the next round tries again
                print(f"{self.instance}: {failure!r}", flush=True)
                time.sleep(0.2)

    def once(self):
        self.resolve()
        if self.state != "ACTIVE" or time.monotonic() < self.not_before:
            return
        for order in self.store.in_state("UNSENT"):
            if order["age"] > STALE_SECONDS:
                self.store.change(order["id"], ("UNSENT",), "RETURNED", "RETURNED", "it waited too long")
        orders = self.store.mark_sending(self.token, self.instance, AT_ONCE)
        for sent in [self.workers.submit(self.send, order) for order in orders]:
            sent.result()
        if orders:
            self.wake()

    def send(self, order):
        answer, detail = self.broker.place(order, self.token)
        if answer is Answer.TAKEN:
            self.store.change(order["id"], OPEN, "OPEN")  # its executions come by the stream
        elif answer is Answer.REFUSED:
            self.store.change(order["id"], OPEN, "REJECTED", "REJECTED", detail)
        elif answer is Answer.LATER:
            self.not_before = time.monotonic() + float(detail)
            self.store.change(order["id"], OPEN, "UNSENT")

    def resolve(self):
        """Asks what became of the orders that were sent and have no answer. Unknown means it never arrived, once none can be on its way."""
        for order in self.store.in_state("SENDING"):
            if order["age"] < 1.0 and self.is_active:
                continue  # its answer may come
            found = self.broker.find(order["id"])
            if found:
                self.store.change(order["id"], OPEN, "OPEN")
                self.catch_up()
            elif order["age"] > SETTLED_SECONDS:
                self.store.change(order["id"], OPEN, "RETURNED", "RETURNED", "the broker never had it")

    def catch_up(self):
        while True:
            missed = self.broker.executions(self.store.control()["seen"])
            for execution in missed:
                self.store.executed(execution)
            if not missed:
                return

    def listen(self):
        if self.listener is None:
            self.listener = Listener(self)
            threading.Thread(target=self.listener.run, daemon=True).start()


class Listener:
    """The stream of executions. On each connection it first asks for what it missed."""

    def __init__(self, sending):
        self.sending = sending
        self.loop = asyncio.new_event_loop()
        self.cancelled = False

    def cancel(self):
        self.cancelled = True
        self.loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(self.loop)])

    def run(self):
        while not self.cancelled:
            try:
                self.loop.run_until_complete(
                    self.sending.broker.listen(self.sending.store.executed, self.sending.catch_up)
                )
            except asyncio.CancelledError:
                return
            except Exception as failure:
                print(f"{self.sending.instance}: the stream ended: {failure!r}", flush=True)
            time.sleep(0.2)
