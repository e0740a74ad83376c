"""A certificate as an Open Badges 3.0 credential that anyone can verify without asking us.

OpenBadgeCredential on the VC data model 2.0, secured as VC-JWT (Open Badges 3.0, JSON Web Token Proof Format) with
Ed25519. The payload is the credential itself, next to the claims iss, jti, nbf and sub. The key in the header is a URL
that answers with one bare JWK, which is how verifiers dereference it. Ed25519 signs without chance: the same facts, key
and moment give the same token, so a lost token can be made again.

A badge names the person and nothing else about them: no NIK, phone, e-mail or card number, and its subject identifier
differs from badge to badge, so two badges cannot be joined without knowing who holds them.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import quote

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from prakarsa.certificate.rules import canonical_number

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
TYPES = ("VerifiableCredential", "OpenBadgeCredential")
SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}
_ALGORITHM = "EdDSA"
_HEADERS = {"alg", "kid", "typ"}  # Open Badges 3.0, Create the JOSE Header, allows no others than these and jwk
_LONGEST_TOKEN = 65_536


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The programme's key for certificates, at the public address where its other half is published."""

    private_key: Ed25519PrivateKey = field(repr=False)
    base_url: str
    key_id: str

    @property
    def issuer_id(self) -> str:
        """The issuer's identifier, and the address of its profile."""
        return f"{self.base_url}/issuer"


@dataclass(frozen=True, slots=True)
class BadgeFacts:
    """What one certificate says.

    `person_public_id` is an opaque, unguessable identifier of the person (never a NIK, phone, e-mail or card number);
    it enters the badge only as a salted hash. `evidence` may be empty. `completed_at` is UTC-aware.
    """

    number: str
    programme_name: str
    person_name: str
    person_public_id: str
    course_code: str
    course_title: str
    course_description: str
    hours: int
    criteria: str
    institution_code: str
    institution_name: str
    completed_at: datetime
    evidence: str = ""
    language: str = "id"


@dataclass(frozen=True, slots=True)
class VerifiedBadge:
    """What a badge says, once its signature and its inner agreement hold."""

    number: str
    verification_url: str
    issuer_id: str
    programme_name: str
    person_name: str
    person_hash: str
    salt: str
    course_code: str
    course_title: str
    hours: int
    institution_name: str
    completed_at: datetime
    valid_from: datetime
    key_id: str

    def belongs_to(self, person_public_id: str) -> bool:
        """Whether the badge was issued to the person with this public identifier."""
        return hmac.compare_digest(self.person_hash, identity_hash(person_public_id, self.salt))


def signing_key(private_key: Ed25519PrivateKey, base_url: str) -> SigningKey:
    """The key as used for certificates of the programme at `base_url`; its id ends in its thumbprint (RFC 7638)."""
    base_url = base_url.rstrip("/")
    members = OKPAlgorithm.to_jwk(private_key.public_key(), as_dict=True)
    canonical = json.dumps({name: members[name] for name in ("crv", "kty", "x")}, separators=(",", ":"))
    thumbprint = base64.urlsafe_b64encode(hashlib.sha256(canonical.encode()).digest()).rstrip(b"=").decode()
    return SigningKey(private_key, base_url, f"{base_url}/issuer/keys/{thumbprint}")


def public_jwk(key: SigningKey) -> dict[str, str]:
    """The public half as a JWK (RFC 8037): the answer at the address that is the key's id."""
    members = OKPAlgorithm.to_jwk(key.private_key.public_key(), as_dict=True)
    return {"kty": members["kty"], "crv": members["crv"], "x": members["x"], "kid": key.key_id, "alg": _ALGORITHM}


def jwk_set(keys: Iterable[SigningKey]) -> dict[str, list[dict[str, str]]]:
    """All public keys, the retired ones included, so that old certificates go on verifying (RFC 7517 section 5)."""
    return {"keys": [public_jwk(key) for key in keys]}


def issuer_profile(key: SigningKey, programme_name: str) -> dict[str, object]:
    """The issuer's profile: the answer at the address that is the issuer's id."""
    return {
        "@context": list(CONTEXTS[:2]),
        "id": key.issuer_id,
        "type": ["Profile"],
        "name": programme_name,
        "url": key.base_url,
    }


def verification_url(base_url: str, number: str) -> str:
    """Where anyone checks a certificate: the credential's id, and what the QR on the paper holds."""
    return f"{base_url.rstrip('/')}/certificates/{number}"


def identity_hash(identity: str, salt: str) -> str:
    """The hash of an identity as Open Badges writes it in an IdentityObject: SHA-256 over identity, then salt."""
    return "sha256$" + hashlib.sha256(f"{identity}{salt}".encode()).hexdigest()


def issue(subject: BadgeFacts, key: SigningKey, *, now: datetime) -> str:
    """The signed badge (compact JWS), valid from `now` on, for ever.

    Raises ValueError when the number is not a certificate number in its written form or a moment has no zone.
    """
    if canonical_number(subject.number) != subject.number:
        raise ValueError(f"not a certificate number: {subject.number!r}")
    credential = _credential(subject, key, _whole_second(now))
    claims = {
        "iss": key.issuer_id,
        "jti": credential["id"],
        "nbf": int(now.timestamp()),
        "sub": credential["credentialSubject"]["id"],
    }
    return jwt.encode(
        credential | claims,
        key.private_key,
        algorithm=_ALGORITHM,
        headers={"typ": "JWT", "kid": key.key_id},
    )


def verify(token: str, public_jwk_set: Mapping[str, Any], *, now: datetime | None = None) -> VerifiedBadge:
    """What a badge says, if one of the given keys signed it and its claims agree with its content.

    With `now`, a badge that is not yet valid is refused too.
    Raises ValueError with the reason for anything else that may be handed in.
    """
    header, claims = _read_signed(token, public_jwk_set)
    if "vc" in claims:
        raise ValueError("the badge has the expired VC 1.1 format: the credential is wrapped in a vc claim")
    try:
        badge = msgspec.convert(claims, _Badge)
    except msgspec.ValidationError as error:
        raise ValueError(f"the badge is not an Open Badges 3.0 credential: {error}") from error
    _require_agreement(badge, header["kid"])
    if now is not None and badge.valid_from > now:
        raise ValueError(f"the badge is not valid before {badge.valid_from.isoformat()}")
    return _verified(badge, header["kid"])


def _credential(facts: BadgeFacts, key: SigningKey, valid_from: str) -> dict[str, Any]:
    address = verification_url(key.base_url, facts.number)
    institution = f"{key.base_url}/institutions/{quote(facts.institution_code, safe='')}"
    evidence = [{"type": ["Evidence"], "narrative": facts.evidence}] if facts.evidence else []
    return {
        "@context": list(CONTEXTS),
        "id": address,
        "type": list(TYPES),
        "name": facts.course_title,
        "issuer": {
            "id": key.issuer_id,
            "type": ["Profile"],
            "name": facts.programme_name,
            "url": key.base_url,
        },
        "validFrom": valid_from,
        "credentialSubject": {
            "id": f"{address}#holder",
            "type": ["AchievementSubject"],
            "identifier": _identities(facts),
            "activityEndDate": _whole_second(facts.completed_at),
            "creditsEarned": facts.hours,
            "achievement": {
                "id": f"{key.base_url}/courses/{quote(facts.course_code, safe='')}",
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "name": facts.course_title,
                "description": facts.course_description or facts.course_title,
                "humanCode": facts.course_code,
                "inLanguage": facts.language,
                "creditsAvailable": facts.hours,
                "criteria": {"narrative": facts.criteria},
                "creator": {"id": institution, "type": ["Profile"], "name": facts.institution_name},
            },
        },
        **({"evidence": evidence} if evidence else {}),
        "credentialSchema": [SCHEMA],
    }


def _identities(facts: BadgeFacts) -> list[dict[str, Any]]:
    """The name as it is read, and who it is for those who know: the number, never used twice, salts the hash."""
    return [
        {"type": "IdentityObject", "hashed": False, "identityHash": facts.person_name, "identityType": "name"},
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": identity_hash(facts.person_public_id, facts.number),
            "identityType": "systemId",
            "salt": facts.number,
        },
    ]


def _whole_second(at: datetime) -> str:
    """A moment as the credential writes it; nbf counts whole seconds, and the two must be equal."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_signed(token: str, public_jwk_set: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header and the claims, after the signature held. The header chooses among the given keys, nothing else."""
    if len(token) > _LONGEST_TOKEN:
        raise ValueError("the badge is too long")
    try:
        header = jwt.get_unverified_header(token)
        if header["alg"] != _ALGORITHM or header.get("typ", "JWT") != "JWT" or not {"kid"} <= set(header) <= _HEADERS:
            raise ValueError(f"the badge's header is not one of ours: only {_ALGORITHM} with a kid is accepted")
        public_key = jwt.PyJWK(_jwk_named(header["kid"], public_jwk_set), algorithm=_ALGORITHM)
        claims = jwt.decode(
            token,
            public_key,
            algorithms=[_ALGORITHM],
            options={
                "require": ["iss", "jti", "nbf", "sub"],
                "verify_aud": False,
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except (jwt.PyJWTError, RecursionError, UnicodeError, KeyError) as error:
        raise ValueError(f"the badge is not a signed credential of the programme: {error}") from error
    return header, claims


def _jwk_named(key_id: object, public_jwk_set: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {"kid": key_id, "kty": "OKP", "crv": "Ed25519"}
    for jwk in public_jwk_set.get("keys") or ():
        if isinstance(jwk, dict) and wanted.items() <= jwk.items():
            return jwk
    raise ValueError("the badge was signed with a key that is not the programme's")


_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Content(msgspec.Struct, frozen=True, rename="camel"):
    """One object of a badge; members we do not read may be present."""


class _Profile(_Content, frozen=True):
    id: str
    name: str


class _Achievement(_Content, frozen=True):
    name: str
    human_code: str
    creator: _Profile


class _Identity(_Content, frozen=True):
    hashed: bool
    identity_hash: str
    identity_type: str
    salt: str = ""


class _Subject(_Content, frozen=True):
    id: str
    identifier: list[_Identity]
    activity_end_date: _Moment
    credits_earned: int
    achievement: _Achievement


class _Badge(_Content, frozen=True):
    context: list[str] = msgspec.field(name="@context")
    id: str
    type: list[str]
    issuer: _Profile
    valid_from: _Moment
    credential_subject: _Subject
    iss: str
    jti: str
    nbf: int
    sub: str


def _require_agreement(badge: _Badge, key_id: str) -> None:
    """The claims repeat the content, as Open Badges 3.0 demands, and the key is one of the issuer's own."""
    if tuple(badge.context[:2]) != CONTEXTS[:2] or not set(TYPES) <= set(badge.type):
        raise ValueError("the badge is not an Open Badges 3.0 credential: other context or type")
    pairs = {
        "iss": (badge.iss, badge.issuer.id),
        "jti": (badge.jti, badge.id),
        "sub": (badge.sub, badge.credential_subject.id),
        "nbf": (badge.nbf, badge.valid_from.timestamp()),
    }
    for claim, (claimed, contained) in pairs.items():
        if claimed != contained:
            raise ValueError(f"the badge contradicts itself: {claim} is not what the credential says")
    if not key_id.startswith(f"{badge.iss}/keys/"):
        raise ValueError("the badge was signed with a key of another issuer")


def _verified(badge: _Badge, key_id: str) -> VerifiedBadge:
    subject = badge.credential_subject
    number = canonical_number(badge.id.rpartition("/")[2])
    names = [known for known in subject.identifier if known.identity_type == "name" and not known.hashed]
    hashes = [known for known in subject.identifier if known.identity_type == "systemId" and known.hashed]
    if number is None or len(names) != 1 or len(hashes) != 1:
        raise ValueError("the badge is not a certificate of this programme: no number, name or identity")
    return VerifiedBadge(
        number=number,
        verification_url=badge.id,
        issuer_id=badge.iss,
        programme_name=badge.issuer.name,
        person_name=names[0].identity_hash,
        person_hash=hashes[0].identity_hash,
        salt=hashes[0].salt,
        course_code=subject.achievement.human_code,
        course_title=subject.achievement.name,
        hours=subject.credits_earned,
        institution_name=subject.achievement.creator.name,
        completed_at=subject.activity_end_date,
        valid_from=badge.valid_from,
        key_id=key_id,
    )
