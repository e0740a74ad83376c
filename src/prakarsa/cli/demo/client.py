"""How the walk speaks to the product: as a partner's client, as a browser without JavaScript, as a reader of SMS."""

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
from lxml import html

from prakarsa.cli.demo.refusals import StoryBroken
from prakarsa.partner.signature import sign, signing_text

_PATIENCE_SECONDS = 30


class PartnerClient:
    """A platform's or institution's client: signs the compact body with the current second, as real ones do."""

    def __init__(self, base_url: str, client_code: str, sign_key: str) -> None:
        self.client_code = client_code
        self._sign_key = sign_key
        self._http = httpx.Client(base_url=base_url, timeout=30)

    def call(self, name: str, members: Mapping[str, Any], *, authorization: str = "") -> tuple[int, dict[str, Any]]:
        """POST one integration endpoint; its status and its envelope."""
        path = f"/api/v1/integration/{name}"
        body = json.dumps(members, separators=(",", ":"))
        timestamp = str(int(time.time()))
        headers = {
            "content-type": "application/json",
            "client_code": self.client_code,
            "timestamp": timestamp,
            "signature": sign(self._sign_key, signing_text(self.client_code, timestamp, "POST", path, body.encode())),
        }
        if authorization:
            headers["authorization"] = f"Payment {authorization}"
        answer = self._http.post(path, content=body, headers=headers)
        return answer.status_code, answer.json()

    def ask(self, name: str, members: Mapping[str, Any], *, authorization: str = "") -> dict[str, Any]:
        """The data of an answer that must be a success. Raises StoryBroken."""
        status, envelope = self.call(name, members, authorization=authorization)
        if status != 200 or not envelope["success"]:
            raise StoryBroken(name, f"{status} {envelope.get('code')} {envelope.get('message')}")
        data: dict[str, Any] = envelope.get("data", {})
        return data


class Browser:
    """Pages and forms, with cookies and without JavaScript."""

    def __init__(self, base_url: str, language: str = "en") -> None:
        self._http = httpx.Client(base_url=base_url, timeout=30, follow_redirects=True)
        self._language = language

    def open(self, address: str) -> html.HtmlElement:
        """A page that must be there. Raises StoryBroken."""
        return self._page(address, self._http.get(address, params=self._params(address)))

    def fetch(self, address: str) -> httpx.Response:
        """Anything that is not a page."""
        return self._http.get(address)

    def submit(self, page: html.HtmlElement, action_end: str, values: Mapping[str, str]) -> html.HtmlElement:
        """Fill the form whose action ends so, and send it; the page that follows. Raises StoryBroken."""
        form = self._form(page, action_end, values)
        return self._page(action_end, self._http.post(form.action, data=dict(form.form_values())))

    def press_and_leave(self, page: html.HtmlElement, button: str, leaves_to: str) -> str:
        """Press the first button with that name and follow redirects to `leaves_to`, which is not opened; where it led.

        Raises StoryBroken.
        """
        form = page.forms[-1]
        pressed = form.xpath(f".//button[@name='{button}']")[0]
        values = {**dict(form.form_values()), button: pressed.get("value")}
        answer = self._http.post(form.action or page.base_url, data=values, follow_redirects=False)
        while answer.next_request is not None:
            target = str(answer.next_request.url)
            if target.startswith(leaves_to):
                return target
            answer = self._http.get(target, follow_redirects=False)
        raise StoryBroken(button, f"{answer.status_code} without leading to {leaves_to}")

    def _form(self, page: html.HtmlElement, action_end: str, values: Mapping[str, str]) -> Any:
        form = next((f for f in page.forms if (f.action or "").split("?")[0].endswith(action_end)), None)
        if form is None:
            raise StoryBroken(action_end, "the page has no such form")
        for name, value in values.items():
            form.fields[name] = value
        return form

    def _page(self, address: str, answer: httpx.Response) -> html.HtmlElement:
        page = html.fromstring(answer.content, base_url=str(answer.url))
        if answer.status_code != 200:
            words = " ".join(page.text_content().split())[:400]
            raise StoryBroken(address, f"{answer.status_code} {words}")
        page.make_links_absolute()
        return page

    def _params(self, address: str) -> dict[str, str]:
        return {} if "?" in address or "lang" in self._http.cookies else {"lang": self._language}


class Outbox:
    """The file the development carrier writes; read from where the last reading ended."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_to = 0

    def skip(self) -> None:
        """Forget everything that has arrived so far."""
        self._read_to = self._path.stat().st_size if self._path.exists() else 0

    def wait_for(self, what: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next message that fits. Raises StoryBroken when none comes."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for message in self._new():
                if wanted(message):
                    return message
            time.sleep(0.02)
        raise StoryBroken(what, "no such message arrived")

    def _new(self) -> list[dict[str, Any]]:
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            file.seek(self._read_to)
            whole, _, _ = file.read().rpartition(b"\n")
        self._read_to += len(whole) + 1 if whole else 0
        return [json.loads(line) for line in whole.split(b"\n") if line]


def eventually(what: str, look: Callable[[], Any]) -> Any:
    """The first true answer of something that happens in the background. Raises StoryBroken."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.1)
    raise StoryBroken(what, "it did not happen within half a minute")
