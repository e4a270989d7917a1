"""The strategy: reads quotes from Redis, decides, asks the gateway."""
