"""The API for people: positions, orders, reports."""
