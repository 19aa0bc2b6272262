"""Inspections. Its tables name one another, so all of them are there whichever is asked for first."""

from app.inspections.recommendations import models as _all_tables  # noqa: F401
