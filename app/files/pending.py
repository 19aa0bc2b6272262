"""Files are stored before the rows that name them are written: what becomes of them where the rows are not."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.extensions import db
from app.files.store import Storage


@dataclass
class Pending:
    """Stored files on their way into rows; whoever stores one after another adds its key as soon as it is there."""

    keys: list[str] = field(default_factory=list)
    spare: list[str] = field(default_factory=list)
    are_placed: bool = False

    def placed(self, spare: Iterable[str] = ()) -> None:
        """Say, as the last thing before the commit, that rows name the files now; all but the `spare` keys."""
        db.session.flush()  # what the database refuses is refused here, where the files still go again
        self.are_placed = True
        self.spare.extend(spare)


@contextmanager
def pending(store: Storage, *keys: str) -> Iterator[Pending]:
    """Around a write that names the files under `keys`: they go again where it was refused or could not begin.

    Once they are `placed` they stay whatever happens, since a commit whose answer was lost may have been made; what
    stays without a row is found by the clean-up. The spare ones go after the commit.
    """
    files = Pending(list(keys))
    try:
        yield files
    except BaseException:
        if not files.are_placed:
            _remove(store, files.keys)
        raise
    _remove(store, files.spare)


def _remove(store: Storage, keys: Iterable[str]) -> None:
    for key in keys:
        store.remove(key)
