"""Settings: the environment first, then `prakarsa.toml` in the home folder, then defaults.

Every setting has one line in docs/settings.md; a test compares the two.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prakarsa.kernel.refusals import BadSetting

FILE_NAME = "prakarsa.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose. Addresses of outsiders are empty until an operator gives them."""

    home: Path
    database_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    clock_file: str = ""
    outbox_file: str = ""
    registry_url: str = ""
    registry_token: str = ""
    bank_url: str = ""
    bank_token: str = ""
    identity_url: str = ""
    identity_token: str = ""
    paying_account: str = "0000000001"
    probe_url: str = ""
    signature_window_seconds: int = 300
    pool_size: int = 16

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel over TLS only, except on an address that has no TLS (a first try on one machine)."""
        return self.base_url.startswith("https://")


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings of this process. Makes the home folder. Raises BadSetting."""
    home = Path(environment.get("PRAKARSA_HOME") or "~/.local/share/prakarsa").expanduser()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting("PRAKARSA_HOME", str(error)) from error
    found = _from_file(home / FILE_NAME)
    names = set(Settings.__dataclass_fields__) - {"home"}
    if unknown := set(found) - names:
        raise BadSetting(FILE_NAME, f"unknown setting {sorted(unknown)[0]}")
    for name in names:
        if text := environment.get(f"PRAKARSA_{name.upper()}"):
            found[name] = text
    for name in ("signature_window_seconds", "pool_size"):
        if name in found:
            found[name] = _whole_number(name, found[name])
    return Settings(home=home, **found)  # type: ignore[arg-type]  # values were checked by name above


def write_settings(home: Path, values: Mapping[str, str | int]) -> None:
    """Keep settings in the home folder, readable by its owner only."""
    lines = [f"{name} = {_toml(value)}\n" for name, value in sorted(values.items())]
    descriptor = os.open(home / FILE_NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(lines)


def _from_file(path: Path) -> dict[str, str | int]:
    try:
        text = path.read_text()
    except FileNotFoundError:
        return {}
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(FILE_NAME, str(error)) from error


def _whole_number(name: str, value: str | int) -> int:
    try:
        number = int(value)
    except ValueError as error:
        raise BadSetting(f"PRAKARSA_{name.upper()}", "needs a whole number") from error
    if number < 0:
        raise BadSetting(f"PRAKARSA_{name.upper()}", "needs a number of zero or more")
    return number


def _toml(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
