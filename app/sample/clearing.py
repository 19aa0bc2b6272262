"""Takes a sample away, so that it can be made anew. What is not provably the sample's stays."""

import shutil

from app.config import SAMPLE_MARK, Config, ConfigError
from app.core import clock
from app.files.store import FileStore
from app.sample import mark

_MADE = ("log", "previews", SAMPLE_MARK, "first-admin.code", "serving.json", "upgrade.lock")


def clear(settings: Config) -> None:
    """Empty the folder of a sample, but for its key and what is nobody's; stored files go into the trash.

    Raises `ConfigError` where it is not proven that the database is the sample's.
    """
    made = mark.read(settings)
    if made is None:
        raise ConfigError(f"{settings.data} không phải dữ liệu giả định nên không làm lại.")
    if not settings.on_sqlite:
        raise ConfigError("Dữ liệu giả định chưa được tạo đầy đủ; hãy tạo lại cơ sở dữ liệu trống.")
    mark.require_its_own(settings, made)
    FileStore(settings.files).set_all_aside(clock.now().date())
    for path in (*settings.data.glob("bdg.sqlite3*"), *settings.data.glob("audit-*.anchor")):
        path.unlink()
    for name in _MADE:
        path = settings.data / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
