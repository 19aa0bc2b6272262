"""Settings of one installation, typed, from the environment (BDG_…) and the data folder."""

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SECRET_BYTES = 32


class ConfigError(RuntimeError):
    """The installation cannot start like this; the sentence says what to mend."""


@dataclass(frozen=True)
class Config:
    """Where one installation keeps its data and how it is reached."""

    data: Path
    database_url: str
    secret_key: str
    https: bool = False
    proxies: int = 0
    public_url: str = ""  # without a "/" at its end

    @property
    def is_sample(self) -> bool:
        """Whether the data folder is marked as a sample: pretended data, known passwords."""
        return (self.data / "sample.json").exists()

    @property
    def files(self) -> Path:
        return self.data / "files"


def from_environment() -> Config:
    """Read BDG_DATA, BDG_DATABASE_URL, BDG_SECRET_KEY, BDG_HTTPS, BDG_PROXIES and BDG_PUBLIC_URL; make the folder
    and the secret if new.

    Raises `ConfigError` for a secret that is too short or readable by everybody, and for an address that is none.
    """
    data = Path(os.environ.get("BDG_DATA", "data")).resolve()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Config(
        data=data,
        database_url=database_url(os.environ.get("BDG_DATABASE_URL", ""), data),
        secret_key=_secret(os.environ.get("BDG_SECRET_KEY", ""), data),
        https=os.environ.get("BDG_HTTPS", "") == "1",
        proxies=int(os.environ.get("BDG_PROXIES", "0")),
        public_url=public_url(os.environ.get("BDG_PUBLIC_URL", "")),
    )


def database_url(given: str, data: Path) -> str:
    """The address of the database: `given` (BDG_DATABASE_URL) with its driver, else SQLite's file in `data`."""
    if not given:
        return f"sqlite:///{(data / 'bdg.sqlite3').as_posix()}"
    if urlsplit(given).scheme in ("postgresql", "postgres"):
        return given.replace(given.split("://", 1)[0], "postgresql+psycopg", 1)
    return given


def public_url(given: str) -> str:
    """The address under which people reach the site (BDG_PUBLIC_URL), such as https://bdg.example.vn; "" where not set.

    Raises `ConfigError` for anything but a scheme, a host and a port.
    """
    address = given.strip().rstrip("/")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        whole = False
    if not whole or address != f"{parts.scheme}://{parts.netloc}" or "@" in address or not address.isascii():
        raise ConfigError(f"BDG_PUBLIC_URL={given}: cần dạng https://bdg.example.vn, không kèm đường dẫn.")
    return address


def _secret(given: str, data: Path) -> str:
    if given:
        if len(given) < SECRET_BYTES:
            raise ConfigError(f"BDG_SECRET_KEY: cần ít nhất {SECRET_BYTES} ký tự.")
        return given
    path = data / "secret.key"
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept_secret(path)
    with os.fdopen(number, "w") as file:
        file.write(secrets.token_urlsafe(SECRET_BYTES))
    return path.read_text()


def _kept_secret(path: Path) -> str:
    if os.name != "nt" and path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
        raise ConfigError(f"{path}: tệp khóa bí mật đang cho mọi người đọc; đặt lại quyền 600.")
    secret = path.read_text().strip()
    if len(secret) < SECRET_BYTES:
        raise ConfigError(f"{path}: tệp khóa bí mật trống hoặc quá ngắn; xóa tệp để tạo lại.")
    return secret
