"""The feed handler: WebSocket in, Redis out."""

from prometheus_client import Counter, Gauge

MESSAGES = Counter("feed_messages_total", "Messages of the exchange")
LAST_MESSAGE = Gauge("feed_last_message_timestamp_seconds", "When the last message came")
