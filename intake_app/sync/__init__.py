"""Sending to the central server and fetching from it: OpenRosa over HTTPS, and nothing else leaves this laptop."""
