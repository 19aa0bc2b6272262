"""Documents in and out: bytes and plain data only; nothing here knows the web or the database."""
