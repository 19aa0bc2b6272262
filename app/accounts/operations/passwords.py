"""Passwords: Argon2id, few hashes at once, and the same work whether or not the account exists."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 10
_AT_ONCE = 2

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_room = BoundedSemaphore(_AT_ONCE)


def hashed(password: str) -> str:
    """The Argon2id hash (19 MiB, t=2, p=1) that is stored."""
    with _room:
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether `password` is the one behind `stored`; None takes as long as a wrong one and is never right."""
    nobody = _nobody()  # asked for in every case: the first to come must not tell by its time
    with _room:
        try:
            return _hasher.verify(stored or nobody, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobody() -> str:
    """A hash that no account has; made at the first sign-in, since it would slow down every start."""
    return _hasher.hash("không ai có mật khẩu này")
