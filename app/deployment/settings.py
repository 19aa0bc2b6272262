"""The settings of the environment: the secret, debugging, https, proxies."""

import json
import os
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.config import SECRET_BYTES, ConfigError, public_url

SAMPLE = Path(__file__).resolve().parents[2] / "data"  # where `run.py` puts a sample unless told otherwise
_FEW_LETTERS = 10
_MANY_PROXIES = 3
_SERVING = "serving.json"
_PATIENCE = 2  # seconds


def faults(data: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the variables, and with the secret that they or the data folder hold."""
    if not (environment.get("BDG_SECRET_KEY") or _text(data / "secret.key").strip()):
        path = data / "secret.key"
        yield f"Chưa có khóa bí mật: đặt BDG_SECRET_KEY, hoặc khởi động một lần để tệp {path} được tạo."
    yield from openings(data, environment)
    yield from _cookie(environment.get("BDG_HTTPS", ""))
    yield from _proxies(data, environment.get("BDG_PROXIES", "0"))
    yield from _public_url(environment)


def openings(data: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """What lets a stranger in at once, so that no server starts with it: a secret that can be guessed, debugging."""
    yield from _secret(data, environment.get("BDG_SECRET_KEY", ""))
    if environment.get("FLASK_DEBUG", "").lower() not in ("", "0", "false", "no"):
        yield "FLASK_DEBUG đang bật: trang lỗi sẽ lộ mã nguồn và biến. Bỏ biến này đi."


def _secret(data: Path, given: str) -> Iterator[str]:
    path = data / "secret.key"
    secret = given or _text(path).strip()
    name = "BDG_SECRET_KEY" if given else str(path)
    if not secret:
        return
    if len(secret) < SECRET_BYTES or len(set(secret)) < _FEW_LETTERS:
        yield f"{name}: khóa bí mật yếu; cần ít nhất {SECRET_BYTES} ký tự ngẫu nhiên."
    elif data != SAMPLE and secret == _text(SAMPLE / "secret.key").strip():
        yield f"{name}: khóa bí mật trùng với khóa của dữ liệu giả định; xóa đi để tạo khóa khác."


def _cookie(https: str) -> Iterator[str]:
    if https == "1":
        return
    if https not in ("", "0"):
        yield f"BDG_HTTPS={https} không có tác dụng: giá trị bật là 1."
    yield "Cookie đăng nhập không có cờ Secure: cho đứng sau https rồi đặt BDG_HTTPS=1."


def _proxies(data: Path, given: str) -> Iterator[str]:
    if not given.isdigit():
        yield f"BDG_PROXIES={given}: phải là số proxy phía trước (0, 1, 2…)."
        return
    if int(given) > _MANY_PROXIES:
        yield f"BDG_PROXIES={given}: tin quá nhiều proxy, người dùng có thể tự khai địa chỉ. Ghi đúng số proxy thật."
    host = served_host(data)
    if int(given) and host in ("0.0.0.0", "::"):
        yield (
            f"Máy chủ nghe ở {host} mà tin tiêu đề của proxy (BDG_PROXIES={given}): máy khác gọi thẳng có thể giả "
            "địa chỉ. Cho nghe 127.0.0.1 hoặc địa chỉ chỉ proxy tới được."
        )


def _public_url(environment: Mapping[str, str]) -> Iterator[str]:
    try:
        address = public_url(environment.get("BDG_PUBLIC_URL", ""))
    except ConfigError as error:
        yield str(error)
        return
    if not address:
        yield (
            "Chưa đặt BDG_PUBLIC_URL (địa chỉ mọi người dùng, ví dụ https://bdg.example.vn): "
            "máy chủ trả lời mọi tên máy, văn bản và lời nhắc không có đường dẫn."
        )
    elif environment.get("BDG_HTTPS") == "1" and not address.startswith("https://"):
        yield f"BDG_PUBLIC_URL={address}: phải bắt đầu bằng https:// vì BDG_HTTPS=1."


def note_serving(data: Path, host: str, port: int) -> None:
    """Note where the server of `data` listens, for this check."""
    text = json.dumps({"host": host, "port": port, "process": os.getpid()})
    (data / _SERVING).write_text(text, encoding="utf-8")


def served_host(data: Path) -> str | None:
    """Where the server was last told to listen; None where it never ran."""
    text = _text(data / _SERVING)
    return str(json.loads(text)["host"]) if text else None


def is_served(data: Path) -> bool:
    """Whether a server runs on `data` now: the process that noted itself lives, and its address answers."""
    text = _text(data / _SERVING)
    if not text:
        return False
    noted = json.loads(text)
    if os.name != "nt" and not _lives(int(noted["process"])):  # on Windows a signal 0 would not be harmless
        return False
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(noted["host"], noted["host"])
    try:
        socket.create_connection((host, int(noted["port"])), timeout=_PATIENCE).close()
    except OSError:
        return False
    return True


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return process != os.getpid()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
