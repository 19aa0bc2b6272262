"""Which rows name a file of the store. The clean-up and the check of all files look at exactly these tables."""

from typing import ClassVar

from sqlalchemy import Table

from app.extensions import Base


class NamesFile:
    """Mixin for every model whose rows name a stored file; a table without it would lose its files to the clean-up.

    The columns are called `storage_key`, `name` and `sha256` unless the class says otherwise; all three may be empty
    where the file is still to come.
    """

    stored_as: ClassVar[tuple[str, str, str]] = ("storage_key", "name", "sha256")


def tables() -> list[tuple[Table, tuple[str, str, str]]]:
    """Each table that names files, with its columns of the key, the name and the hash."""
    mappers = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
    return [
        (mapper.local_table, mapper.class_.stored_as)
        for mapper in mappers
        if issubclass(mapper.class_, NamesFile) and isinstance(mapper.local_table, Table)
    ]
