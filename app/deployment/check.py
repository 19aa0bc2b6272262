"""Looks over an installation without changing it: settings, folder, then what the database says."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from app import config as configuration
from app.deployment import folder, records, settings


def faults(environment: Mapping[str, str]) -> list[str]:
    """What is wrong with the installation that these variables describe, one sentence each; empty where nothing is."""
    data = Path(environment.get("BDG_DATA", "data")).resolve()
    return list(_found(data, environment))


def _found(data: Path, environment: Mapping[str, str]) -> Iterator[str]:
    yield from settings.faults(data, environment)
    missing = folder.missing(data)
    if missing is not None:
        yield missing
        return
    url = environment.get("BDG_DATABASE_URL", "")
    yield from folder.faults(data, on_sqlite=not url)
    # The rest needs an application; its own refusals (a short secret) are among what was found above.
    yield from records.faults(configuration.Config(data, configuration.database_url(url, data), "-" * 40))
