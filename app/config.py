"""Settings of one installation, typed, from the environment (BDG_…) and the data folder."""

import hashlib
import json
import os
import secrets
import stat
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

SECRET_BYTES = 32
SAMPLE_MARK = "sample.json"
UNREADABLE = "%(path)s: không đọc được. Chọn thư mục khác bằng --data."
_MOST_DIGITS = 3


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
        return is_sample(self.data)

    @property
    def sample_day(self) -> date | None:
        """The day that a sample's data folder pretends; None for real data."""
        if not self.is_sample:
            return None
        path = self.data / SAMPLE_MARK
        try:
            return date.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["today"])
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigError(UNREADABLE % {"path": path}) from error

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def place(self) -> str:
        """Where the data lie, for an operator to read: never the password of a database."""
        if self.on_sqlite:
            return str(self.data)
        url = urlsplit(self.database_url)
        return f"{self.data}, PostgreSQL {url.hostname or 'localhost'}{url.path}"

    @property
    def cookie(self) -> str:
        """The name of the sign-in cookie: browsers do not tell two servers of one machine apart by their ports."""
        own = hashlib.blake2b(f"{self.secret_key}\n{self.data}".encode(), digest_size=4).hexdigest()
        return f"bdg_{own}"

    @property
    def files(self) -> Path:
        return self.data / "files"


def from_environment(*, make: bool = True) -> Config:
    """Read BDG_DATA, BDG_DATABASE_URL, BDG_SECRET_KEY, BDG_HTTPS, BDG_PROXIES and BDG_PUBLIC_URL.

    `make` the folder and the secret where they are new. Raises `ConfigError` for a secret that is too short or readable
    by everybody, for a number or an address that is none, and for a folder that is not there where none is to be made.
    """
    data = data_folder()
    if make:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    elif not data.is_dir():
        raise ConfigError(f"Chưa có cơ sở dữ liệu: không có thư mục {data}. Đặt BDG_DATA đúng như của máy chủ.")
    return Config(
        data=data,
        database_url=database_url(os.environ.get("BDG_DATABASE_URL", ""), data),
        secret_key=_secret(os.environ.get("BDG_SECRET_KEY", ""), data, make=make),
        https=os.environ.get("BDG_HTTPS", "") == "1",
        proxies=_proxies(os.environ.get("BDG_PROXIES", "")),
        public_url=public_url(os.environ.get("BDG_PUBLIC_URL", "")),
    )


def is_sample(data: Path) -> bool:
    """Whether the folder `data` is marked as that of a sample."""
    return (data / SAMPLE_MARK).exists()


def data_folder() -> Path:
    """The data folder that the environment names, else ./data."""
    return Path(os.environ.get("BDG_DATA") or "data").resolve()


def _proxies(given: str) -> int:
    if given and not (given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS):
        raise ConfigError(f"BDG_PROXIES={given[:40]}: phải là số proxy phía trước (0, 1, 2…).")
    return int(given or "0")


def database_url(given: str, data: Path) -> str:
    """The address of the database: `given` (BDG_DATABASE_URL) with its driver, else SQLite's file in `data`."""
    if not given:
        return f"sqlite:///{(data / 'bdg.sqlite3').as_posix()}"
    scheme, found, rest = given.partition("://")
    if found and scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        _require_address(rest)
        return f"postgresql+psycopg://{rest}"
    if found and scheme == "sqlite":
        return given
    raise ConfigError("BDG_DATABASE_URL: cần dạng postgresql://TÀI_KHOẢN:MẬT_KHẨU@MÁY:CỔNG/TÊN.")


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


def _require_address(rest: str) -> None:
    try:
        urlsplit(f"//{rest}").port  # noqa: B018  it is read to be judged
    except ValueError as error:
        raise ConfigError("BDG_DATABASE_URL: tên máy hoặc cổng không đúng.") from error


def _secret(given: str, data: Path, *, make: bool) -> str:
    if given:
        if len(given) < SECRET_BYTES:
            raise ConfigError(f"BDG_SECRET_KEY: cần ít nhất {SECRET_BYTES} ký tự.")
        return given
    path = data / "secret.key"
    if not make and not path.exists():
        return secrets.token_urlsafe(SECRET_BYTES)  # of this process alone
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
