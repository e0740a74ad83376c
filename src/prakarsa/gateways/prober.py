"""Probes: as an outsider, is what is said to be on sale really for sale?

Each walk reads the public catalogue like anybody, then goes the signed way of one platform up to the one-time code,
with a card that buys nothing. What the catalogue said and what the way answered are recorded side by side; whatever
goes wrong outside is recorded and never ends the round.
"""

import json
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import httpx

from prakarsa.card import actions as card
from prakarsa.kernel.clock import wall_now
from prakarsa.kernel.runtime import Runtime
from prakarsa.notice import actions as notices
from prakarsa.notice.probe_model import Alarm, LastTried, Outcome, Said, Trouble, Walk
from prakarsa.partner import actions as partner
from prakarsa.partner.model import PartnerKind
from prakarsa.partner.signature import sign, signing_text
from prakarsa.programme.refusals import NoWaveYet

AT_ONCE = 4
"""Platforms walked side by side."""
WAIT_SECONDS, ANSWER_SECONDS = 5.0, 10.0
"""For one wait, and for one whole answer."""
MOST_BYTES = 2**20
SOLD_OUT = "purchase.sold_out"
PLATFORM_USER = "prakarsa-probe"
API = "/api/v1/integration/payment"
NOT_FOR_THE_PROBE = {"purchase.age_not_met", "purchase.education_not_met"}
"""Refusals that are about who asks, not about what is offered."""


@dataclass(frozen=True, slots=True)
class Path:
    """The way of one platform: who signs with which key, and which courses were tried there last."""

    client_code: str
    secret: str | None = field(repr=False)
    last: LastTried = field(default_factory=LastTried)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the public catalogue says of one course on one platform; no refusal: it can be bought now."""

    course_code: str
    schedule_code: str
    price_idr: int
    refusal: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: HTTP status, JSON object, milliseconds."""

    status: int
    body: Mapping[str, Any]
    took_ms: int


class NoAnswer(Exception):
    """Nothing usable came back."""

    def __init__(self, trouble: Trouble, status: int | None = None, took_ms: int | None = None) -> None:
        super().__init__(trouble)
        self.trouble, self.status, self.took_ms = trouble, status, took_ms


class Prober:
    """Walks the ways of platforms at one address. May be used from several threads; close it after use."""

    def __init__(self, base_url: str, *, wait_seconds: float = WAIT_SECONDS, answer_seconds: float = ANSWER_SECONDS):
        self._answer_seconds = answer_seconds
        self._http = httpx.Client(
            base_url=base_url,
            timeout=wait_seconds,
            headers={"accept": "application/json", "accept-encoding": "identity", "user-agent": "prakarsa-probe"},
            mounts={"all://127.0.0.1": None, "all://localhost": None},  # a proxy is no way to this machine
        )

    def walk(self, path: Path, card_number: str, at: datetime) -> list[Walk]:
        """Try one course that is said to be on sale, and one that is said not to be. Raises nothing."""
        blank = Walk(platform_code=path.client_code, at=at, said=Said.NOTHING, outcome=Outcome.NOT_TRIED)
        try:
            on_sale = self._next_on_sale(path)
            refused = self._next_refused(path, on_sale)
        except NoAnswer as none:
            return [
                replace(
                    blank,
                    outcome=Outcome.FAILED,
                    problem=Trouble.NO_CATALOGUE,
                    http_status=none.status,
                    latency_ms=none.took_ms,
                )
            ]
        walks = [blank] if on_sale is None else [self._tried(blank, path, card_number, on_sale)]
        return walks if refused is None else [*walks, self._tried(blank, path, card_number, refused)]

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _next_on_sale(self, path: Path) -> Offered | None:
        """What is said to be on sale behind the course that was tried last, or from the beginning. Raises NoAnswer."""
        for after in dict.fromkeys((path.last.on_sale, None)):
            for offer in self._page(path.client_code, after):
                if offer.refusal is None:
                    return offer
        return None

    def _next_refused(self, path: Path, on_sale: Offered | None) -> Offered | None:
        """What is said not to be on sale, behind the course that is tried now. Raises NoAnswer."""
        for after in dict.fromkeys((on_sale.course_code if on_sale else path.last.not_on_sale, None)):
            for offer in self._page(path.client_code, after, all="yes"):
                if offer.refusal is not None:
                    return offer
        return None

    def _page(self, client_code: str, after: str | None, **also: str) -> list[Offered]:
        query = {"platform": client_code, **also, **({"after": after} if after else {})}
        answer = self._exchange("GET", "/courses.json", params=query)
        if answer.status != 200:
            raise NoAnswer(Trouble.NONSENSE, answer.status, answer.took_ms)
        return read_offers(answer, client_code)

    def _tried(self, blank: Walk, path: Path, card_number: str, offer: Offered) -> Walk:
        """One offer on the platform's own way: the seats of the class, then the one-time code."""
        walk = replace(
            blank,
            said=Said.ON_SALE if offer.refusal is None else Said.NOT_ON_SALE,
            course_code=offer.course_code,
            schedule_code=offer.schedule_code,
            said_refusal=offer.refusal,
        )
        if path.secret is None:
            return replace(walk, outcome=Outcome.FAILED, problem=Trouble.NO_KEY)
        classes = {"course_code": offer.course_code, "schedule_code": offer.schedule_code}
        wish = {
            "prakerja_id": card_number,
            "user_platform_id": PLATFORM_USER,
            **classes,
            "amount": offer.price_idr,
        }
        slowest = 0
        try:
            for name, members in (("quota-schedule", classes), ("send-otp", wish)):
                answer = self._ask(path, name, members)
                slowest = max(slowest, answer.took_ms)
                if (refusal := refusal_in(answer)) is not None:
                    unfit = offer.refusal is None and refusal in NOT_FOR_THE_PROBE
                    return replace(
                        walk,
                        outcome=Outcome.NOT_TRIED if unfit else Outcome.REFUSED,
                        refusal_code=refusal,
                        http_status=answer.status,
                        latency_ms=slowest,
                    )
        except NoAnswer as none:
            slowest = max(slowest, none.took_ms or 0)
            return replace(
                walk, outcome=Outcome.FAILED, problem=none.trouble, http_status=none.status, latency_ms=slowest
            )
        return replace(walk, outcome=Outcome.COULD, http_status=answer.status, latency_ms=slowest)

    def _ask(self, path: Path, name: str, members: Mapping[str, Any]) -> Answer:
        """One signed request, as the platform would send it (partner-api 1.4). Raises NoAnswer."""
        assert path.secret is not None
        body = json.dumps(members, separators=(",", ":")).encode()
        stamp = str(int(wall_now().timestamp()))
        address = f"{API}/{name}"
        headers = {
            "content-type": "application/json",
            "client_code": path.client_code,
            "timestamp": stamp,
            "signature": sign(path.secret, signing_text(path.client_code, stamp, "POST", address, body)),
        }
        return self._exchange("POST", address, content=body, headers=headers)

    def _exchange(self, method: str, address: str, **sent: Any) -> Answer:
        """Send and read, in bounded time and memory. Raises NoAnswer."""
        began = time.monotonic()
        try:
            with self._http.stream(method, address, **sent) as response:
                status, raw = response.status_code, bytearray()
                for piece in response.iter_bytes():
                    raw += piece
                    if len(raw) > MOST_BYTES:
                        raise NoAnswer(Trouble.TOO_LARGE, status, _took_ms(began))
                    if time.monotonic() - began > self._answer_seconds:
                        raise NoAnswer(Trouble.TOO_SLOW, status, _took_ms(began))
        except httpx.TimeoutException as error:
            raise NoAnswer(Trouble.TOO_SLOW, None, _took_ms(began)) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswer(Trouble.NO_CONNECTION, None, _took_ms(began)) from error
        try:
            body = json.loads(bytes(raw))
        except (ValueError, RecursionError) as error:
            raise NoAnswer(Trouble.NONSENSE, status, _took_ms(began)) from error
        if not isinstance(body, dict):
            raise NoAnswer(Trouble.NONSENSE, status, _took_ms(began))
        return Answer(status, body, _took_ms(began))


def probe_platforms(runtime: Runtime, *, base_url: str, actor: str) -> tuple[list[Walk], list[Alarm]]:
    """Walk the way of every active platform once and record it; the walks, and the alarms that stand.

    The keys are read in a transaction of their own, which is over before anything is asked. Before there is a wave
    nothing can be on sale, and nothing is done.
    """
    now = runtime.clock.now()
    with runtime.database.transaction(actor) as tx:
        try:
            card_number = card.issue_probe_card(tx, now)
        except NoWaveYet:
            return [], []
        platforms = [each for each in partner.partners(tx, PartnerKind.PLATFORM) if each.active]
        known = {each.client_code: partner.keys_of(tx, each.client_code, now) for each in platforms}
        last = notices.last_tried(tx)
    paths = [
        Path(code, keys.secrets[0] if keys and keys.secrets else None, last.get(code, LastTried()))
        for code, keys in known.items()
    ]
    with Prober(base_url) as prober, ThreadPoolExecutor(AT_ONCE) as pool:
        walked = list(pool.map(lambda path: prober.walk(path, card_number, now), paths))
    walks = [walk for walks in walked for walk in walks]
    with runtime.database.transaction(actor) as tx:
        return walks, notices.record_probe(tx, *walks, now=runtime.clock.now())


@contextmanager
def nonsense(answer: Answer) -> Iterator[None]:
    """Whatever is missing or of another kind than promised makes the whole answer unusable. Raises NoAnswer."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoAnswer(Trouble.NONSENSE, answer.status, answer.took_ms) from error


def read_offers(answer: Answer, client_code: str) -> list[Offered]:
    """What a page of the catalogue says of this platform; courses without a class cannot be tried. Raises NoAnswer."""
    with nonsense(answer):
        return [
            Offered(
                str(course["course_code"]),
                str(course["next_class"]),
                int(course["price_idr"]),
                None if seller["refusal"] is None else str(seller["refusal"]["code"]),
            )
            for course in answer.body["courses"]
            for seller in course["sellers"]
            if seller["client_code"] == client_code and course["next_class"] is not None
        ]


def refusal_in(answer: Answer) -> str | None:
    """The code of the refusal a platform was told; None when it was let through. Raises NoAnswer."""
    with nonsense(answer):
        if answer.status >= 500:
            raise ValueError
        if answer.status == 200 and answer.body["success"] is True:
            sold_out = "quota" in answer.body["data"] and int(answer.body["data"]["quota"]) <= 0
            return SOLD_OUT if sold_out else None
        return str(answer.body["refusal"])


def _took_ms(began: float) -> int:
    return int((time.monotonic() - began) * 1_000)
