"""`demo.json`: everything a stranger's program needs to use the running demonstration."""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from prakarsa.card.model import CardHolder
from prakarsa.cli.demo.stage import Stage
from prakarsa.cli.demo.world import World


def write_manifest(path: Path, stage: Stage, world: World, cards: Iterable[CardHolder], outbox: Path) -> None:
    """Write the manifest, readable by its owner only: it holds keys and card numbers (of nobody real)."""
    document = {
        "base_url": stage.base_url,
        "platforms": [{"client_code": p.client_code, "sign_key": p.sign_key, "name": p.name} for p in world.platforms],
        "institutions": [
            {
                "client_code": i.client_code,
                "sign_key": i.sign_key,
                "name": i.name,
                "redirect_uri": i.redirect_uri,
            }
            for i in world.institutions
        ],
        "courses": [
            {
                "course_code": s.course_code,
                "schedule_code": s.schedule_code,
                "amount": s.amount_idr,
                "seats": s.seats,
                "institution": s.institution,
            }
            for s in world.seats
        ],
        "cards": [
            {
                "prakerja_id": c.number,
                "phone": c.phone,
                "email": c.email,
                "name": c.name,
                "balance": c.balance_idr,
            }
            for c in cards
        ],
        "staff": [
            {"email": s.email, "password": s.password, "totp_secret": s.totp_secret, "role": s.role}
            for s in world.staff
        ],
        "test_codes": [
            {"client_code": client_code, "redeem_code": redeem_code, "case": case}
            for client_code, redeem_code, case in world.test_codes
        ],
        "outbox": str(outbox),
    }
    draft = path.with_suffix(".draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(document), indent=1))
    draft.replace(path)
