"""Seals: canonical JSON, a chain of hashes, and a signature with a key that is not in the database."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

START = "0" * 64  # what the first record of a chain names as the one before it


def canonical(payload: dict[str, Any]) -> str:
    """Write a payload the one way RFC 8785 allows, so that the same facts always have the same hash."""
    return rfc8785.dumps(payload).decode()


def digest(text: str) -> str:
    """Give the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def salted(salt: str, text: str) -> str:
    """Stand in for a text about a person: without the salt nobody can try names against it."""
    return digest(f"{salt}{text}") if text else ""


def new_salt() -> str:
    """Give 128 bits of chance."""
    return secrets.token_hex(16)


class Seal:
    """The key that signs what is closed; it lies in a file beside the database, never in it."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self._public = private.public_key()

    @classmethod
    def from_file(cls, path: Path) -> "Seal":
        """Read the key, or make one that only its owner may read."""
        try:
            return cls(Ed25519PrivateKey.from_private_bytes(path.read_bytes()))
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_once(path, Ed25519PrivateKey.generate().private_bytes_raw())
            return cls(Ed25519PrivateKey.from_private_bytes(path.read_bytes()))

    @property
    def key_id(self) -> str:
        """Name the key by its public half."""
        return hashlib.sha256(self._public.public_bytes_raw()).hexdigest()[:16]

    def sign(self, text: str) -> str:
        """Sign a text."""
        return self._private.sign(text.encode()).hex()

    def has_signed(self, text: str, signature: str) -> bool:
        """Whether the signature under a text is ours."""
        try:
            self._public.verify(bytes.fromhex(signature), text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


def _write_once(path: Path, content: bytes) -> None:
    """Write a whole file under its name or leave the one that a faster process has put there."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
