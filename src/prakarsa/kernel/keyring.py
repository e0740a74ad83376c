"""Keys derived from one master secret: sealing personal data, blind indexes, short-lived digests.

Sealed values use AES-256-GCM with the purpose as associated data, so a value cannot be moved to another column.
Blind indexes are HMAC-SHA-256: equal values meet, nothing can be read back.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from prakarsa.kernel.refusals import BadSetting

_VERSION = b"\x01"
_NONCE_BYTES = 12
MASTER_BYTES = 32


class Keyring:
    """Everything that needs the programme's secret goes through here; the secret itself never leaves."""

    def __init__(self, master: bytes) -> None:
        self._aead = AESGCM(_derive(master, b"seal"))
        self._index_key = _derive(master, b"index")
        self._digest_key = _derive(master, b"digest")

    def seal(self, purpose: str, text: str) -> bytes:
        """Encrypt `text` so that only the same purpose opens it."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._aead.encrypt(nonce, text.encode(), purpose.encode())

    def open(self, purpose: str, sealed: bytes) -> str:
        """Decrypt what `seal` made for this purpose. Raises ValueError when it was changed or meant for another."""
        if sealed[:1] != _VERSION:
            raise ValueError("sealed under an unknown version")
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._aead.decrypt(nonce, body, purpose.encode()).decode()
        except InvalidTag as error:
            raise ValueError(f"not sealed for {purpose} with this key") from error

    def index(self, purpose: str, text: str) -> bytes:
        """A blind index: the same for equal texts of one purpose, unreadable without the key."""
        return hmac.digest(self._index_key, purpose.encode() + b"\x00" + text.encode(), hashlib.sha256)

    def digest(self, purpose: str, *parts: str) -> bytes:
        """A keyed digest of several parts, unambiguous in where each begins: for codes that people type."""
        message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in (purpose, *parts))
        return hmac.digest(self._digest_key, message, hashlib.sha256)


def token_digest(token: str) -> bytes:
    """What is stored of an unguessable token, so that a copy of the database opens no door."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()


def same(left: bytes, right: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(left, right)


def master_secret(environment: Mapping[str, str], home: Path) -> bytes:
    """The master secret: from the environment, a named file, or `HOME/secret.key`, made on first use (mode 0600).

    Raises BadSetting when it is not 64 hexadecimal digits.
    """
    if text := environment.get("PRAKARSA_SECRET_KEY"):
        return _master_from(text, "PRAKARSA_SECRET_KEY")
    if name := environment.get("PRAKARSA_SECRET_KEY_FILE"):
        try:
            return _master_from(Path(name).read_text(), "PRAKARSA_SECRET_KEY_FILE")
        except OSError as error:
            raise BadSetting("PRAKARSA_SECRET_KEY_FILE", str(error)) from error
    path = home / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _master_from(path.read_text(), str(path))
    with os.fdopen(descriptor, "w") as file:
        fresh = secrets.token_hex(MASTER_BYTES)
        file.write(fresh)
    return bytes.fromhex(fresh)


def _master_from(text: str, setting: str) -> bytes:
    try:
        master = bytes.fromhex(text.strip())
    except ValueError as error:
        raise BadSetting(setting, "not hexadecimal") from error
    if len(master) != MASTER_BYTES:
        raise BadSetting(setting, f"needs {MASTER_BYTES * 2} hexadecimal digits")
    return master


def _derive(master: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"prakarsa/" + use).derive(master)
