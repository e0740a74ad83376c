"""A badge convinces code that is not ours, and nothing that was touched convinces anybody."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.ob3 import IdentityObject, OB3VerificationError, OB3Verifier
from openbadgeslib.ob3.contexts import bundled_contexts

from prakarsa.certificate.badge import (
    BadgeFacts,
    SigningKey,
    issue,
    issuer_profile,
    jwk_set,
    public_jwk,
    signing_key,
    verification_url,
    verify,
)

BASE = "https://prakarsa.example"
NUMBER = "2020-88839-XLL62-LTN92"
COMPLETED = datetime(2020, 8, 16, 9, 30, tzinfo=UTC)
NOW = datetime(2020, 8, 18, 3, 0, 0, 999_999, tzinfo=UTC)

# RFC 8037 appendix A: a published key pair, and in A.3 its thumbprint
RFC_8037_D = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
RFC_8037_X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
RFC_8037_THUMBPRINT = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"

KEY = signing_key(Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(RFC_8037_D + "=")), BASE)
KEYS = jwk_set([KEY])
OTHER_KEY = signing_key(Ed25519PrivateKey.generate(), BASE)
FACTS = BadgeFacts(
    number=NUMBER,
    programme_name="Program Kartu Prakarya",
    person_name="Siti Nurhaliza Wulandari",
    person_public_id="01j5q2k7n8v3m4x6",
    course_code="KRS/00123",
    course_title="Desain Grafis",
    course_description="Dasar desain grafis untuk usaha kecil.",
    hours=24,
    criteria="Hadir di setiap pertemuan dan mengerjakan tes akhir.",
    institution_code="LP 7",
    institution_name="Lembaga Maju Bersama",
    completed_at=COMPLETED,
    evidence="Hadir 5 dari 5 pertemuan; tes akhir dikerjakan.",
)
TOKEN = issue(FACTS, KEY, now=NOW)


def public_pem(key: SigningKey) -> bytes:
    return key.private_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def part(token: str, place: int) -> dict[str, Any]:
    text = token.split(".")[place]
    content: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return content


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def packed(header: object, claims: object, signature: bytes) -> str:
    return ".".join((encoded(json.dumps(header).encode()), encoded(json.dumps(claims).encode()), encoded(signature)))


def signed(claims: dict[str, Any], key: SigningKey = KEY, **header: Any) -> str:
    headers = {"typ": "JWT", "kid": key.key_id} | header
    return jwt.encode(claims, key.private_key, algorithm="EdDSA", headers=headers)


def test_an_independent_verifier_accepts_the_badge_and_reads_the_same_facts() -> None:
    credential = OB3Verifier(public_pem(KEY)).verify(TOKEN)
    assert credential.id == f"{BASE}/certificates/{NUMBER}"
    assert (credential.issuer.id, credential.issuer.name) == (f"{BASE}/issuer", FACTS.programme_name)
    assert (credential.achievement.name, credential.achievement.id) == (
        FACTS.course_title,
        f"{BASE}/courses/KRS%2F00123",
    )
    assert credential.achievement.criteria_narrative == FACTS.criteria
    assert credential.achievement.achievement_type == "CertificateOfCompletion"
    assert credential.credits_earned == credential.achievement.credits_available == 24
    assert [each.narrative for each in credential.evidence] == [FACTS.evidence]
    assert credential.issuance_date == datetime(2020, 8, 18, 3, tzinfo=UTC)
    assert credential.expiration_date is None


def test_an_independent_library_hashes_the_identity_to_the_same_value() -> None:
    credential = OB3Verifier(public_pem(KEY)).verify(TOKEN)
    name, identity = credential.identifiers
    assert (name.identity_type, name.hashed, name.identity_hash) == ("name", False, FACTS.person_name)
    assert identity == IdentityObject.create(FACTS.person_public_id, salt=NUMBER, identity_type="systemId")


def test_another_jwt_library_call_accepts_the_badge_with_the_published_key() -> None:
    published = jwt.PyJWKSet.from_dict(KEYS)[KEY.key_id]
    claims = jwt.decode(TOKEN, published, algorithms=["EdDSA"], options={"require": ["iss", "jti", "nbf", "sub"]})
    assert claims == part(TOKEN, 1)


def test_the_badge_holds_exactly_these_claims() -> None:
    assert part(TOKEN, 0) == {"alg": "EdDSA", "typ": "JWT", "kid": KEY.key_id}
    assert part(TOKEN, 1) == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        ],
        "id": "https://prakarsa.example/certificates/2020-88839-XLL62-LTN92",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Desain Grafis",
        "issuer": {
            "id": "https://prakarsa.example/issuer",
            "type": ["Profile"],
            "name": "Program Kartu Prakarya",
            "url": "https://prakarsa.example",
        },
        "validFrom": "2020-08-18T03:00:00Z",
        "credentialSubject": {
            "id": "https://prakarsa.example/certificates/2020-88839-XLL62-LTN92#holder",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": "Siti Nurhaliza Wulandari",
                    "identityType": "name",
                },
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": "sha256$" + hashlib.sha256(b"01j5q2k7n8v3m4x62020-88839-XLL62-LTN92").hexdigest(),
                    "identityType": "systemId",
                    "salt": "2020-88839-XLL62-LTN92",
                },
            ],
            "activityEndDate": "2020-08-16T09:30:00Z",
            "creditsEarned": 24,
            "achievement": {
                "id": "https://prakarsa.example/courses/KRS%2F00123",
                "type": ["Achievement"],
                "achievementType": "CertificateOfCompletion",
                "name": "Desain Grafis",
                "description": "Dasar desain grafis untuk usaha kecil.",
                "humanCode": "KRS/00123",
                "inLanguage": "id",
                "creditsAvailable": 24,
                "criteria": {"narrative": "Hadir di setiap pertemuan dan mengerjakan tes akhir."},
                "creator": {
                    "id": "https://prakarsa.example/institutions/LP%207",
                    "type": ["Profile"],
                    "name": "Lembaga Maju Bersama",
                },
            },
        },
        "evidence": [{"type": ["Evidence"], "narrative": "Hadir 5 dari 5 pertemuan; tes akhir dikerjakan."}],
        "credentialSchema": [
            {
                "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
                "type": "1EdTechJsonSchemaValidator2019",
            }
        ],
        "iss": "https://prakarsa.example/issuer",
        "jti": "https://prakarsa.example/certificates/2020-88839-XLL62-LTN92",
        "nbf": 1597719600,
        "sub": "https://prakarsa.example/certificates/2020-88839-XLL62-LTN92#holder",
    }


def test_every_member_of_a_badge_is_a_word_of_its_published_contexts() -> None:
    words = set(members(list(bundled_contexts().values()))) | {"@context", "iss", "jti", "nbf", "sub"}
    assert set(members(part(TOKEN, 1))) <= words
    assert set(members(issuer_profile(KEY, FACTS.programme_name))) <= words


def members(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        yield from content
        content = list(content.values())
    if isinstance(content, list):
        for each in content:
            yield from members(each)


def test_our_own_verifier_reads_the_facts_back() -> None:
    badge = verify(TOKEN, KEYS, now=NOW)
    assert (badge.number, badge.verification_url) == (NUMBER, verification_url(f"{BASE}/", NUMBER))
    assert (badge.issuer_id, badge.programme_name) == (f"{BASE}/issuer", FACTS.programme_name)
    assert (badge.person_name, badge.institution_name) == (FACTS.person_name, FACTS.institution_name)
    assert (badge.course_code, badge.course_title, badge.hours) == (FACTS.course_code, FACTS.course_title, 24)
    assert (badge.completed_at, badge.valid_from) == (COMPLETED, NOW.replace(microsecond=0))
    assert badge.key_id == KEY.key_id


def test_a_badge_is_known_to_belong_to_its_person_and_to_no_other() -> None:
    badge = verify(TOKEN, KEYS)
    assert badge.belongs_to(FACTS.person_public_id)
    assert not badge.belongs_to("01j5q2k7n8v3m4x7")


def test_two_badges_of_one_person_share_no_identifier() -> None:
    second = verify(issue(replace(FACTS, number="2020-88839-XLL62-LTNT4"), KEY, now=NOW), KEYS)
    first = verify(TOKEN, KEYS)
    assert first.person_hash != second.person_hash
    assert FACTS.person_public_id not in json.dumps(part(TOKEN, 1))


def test_the_same_facts_key_and_moment_give_the_same_token() -> None:
    jakarta = NOW.astimezone(timezone(timedelta(hours=7)))
    assert issue(FACTS, KEY, now=jakarta) == TOKEN


def test_a_key_is_published_as_the_standards_write_it() -> None:
    """RFC 8037 appendix A: the example key has this JWK and this thumbprint."""
    key_id = f"{BASE}/issuer/keys/{RFC_8037_THUMBPRINT}"
    assert public_jwk(KEY) == {"kty": "OKP", "crv": "Ed25519", "x": RFC_8037_X, "kid": key_id, "alg": "EdDSA"}
    assert RFC_8037_D not in json.dumps(KEYS) + repr(KEY)


def test_old_badges_go_on_verifying_after_the_key_was_changed() -> None:
    assert verify(TOKEN, jwk_set([OTHER_KEY, KEY])).number == NUMBER


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_single_changed_bit_is_refused_by_us_and_by_the_independent_verifier(place: int) -> None:
    parts = TOKEN.split(".")
    content = bytearray(base64.urlsafe_b64decode(parts[place] + "=="))
    content[len(content) // 2] ^= 1
    parts[place] = encoded(bytes(content))
    refused_by_all(".".join(parts))


def test_another_name_under_the_same_signature_is_refused() -> None:
    header, _, signature = TOKEN.split(".")
    claims = json.dumps(part(TOKEN, 1)).replace("Siti", "Tuti").encode()
    refused_by_all(".".join((header, encoded(claims), signature)))


def test_a_signature_of_another_key_is_refused_even_under_our_key_id() -> None:
    refused_by_all(signed(part(TOKEN, 1), OTHER_KEY))
    refused_by_all(signed(part(TOKEN, 1), OTHER_KEY, kid=KEY.key_id))


def test_a_key_carried_in_the_header_is_not_trusted() -> None:
    own_key = {name: public_jwk(OTHER_KEY)[name] for name in ("kty", "crv", "x")}
    refused_by_all(signed(part(TOKEN, 1), OTHER_KEY, jwk=own_key))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE"])
def test_an_unsigned_badge_is_refused(algorithm: str) -> None:
    header = {"alg": algorithm, "typ": "JWT", "kid": KEY.key_id}
    refused_by_all(packed(header, part(TOKEN, 1), b""))
    refused_by_all(packed(header, part(TOKEN, 1), base64.urlsafe_b64decode(TOKEN.split(".")[2] + "==")))


@pytest.mark.parametrize("secret", ["pem", "x", "jwk"])
def test_the_public_key_used_as_a_shared_secret_is_refused(secret: str) -> None:
    """The HS256 confusion: everyone knows the public key, so everyone could make such a signature."""
    known = {"pem": public_pem(KEY), "x": base64.urlsafe_b64decode(RFC_8037_X + "="), "jwk": json.dumps(KEYS).encode()}
    unsigned = packed({"alg": "HS256", "typ": "JWT", "kid": KEY.key_id}, part(TOKEN, 1), b"").rstrip(".")
    code = hmac.digest(known[secret], unsigned.encode(), hashlib.sha256)
    refused_by_all(f"{unsigned}.{encoded(code)}")


def refused_by_all(token: str) -> None:
    with pytest.raises(ValueError, match="badge"):
        verify(token, KEYS)
    with pytest.raises(OB3VerificationError):
        OB3Verifier(public_pem(KEY)).verify(token)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"iss": "https://elsewhere.example/issuer"}, "iss"),
        ({"jti": f"{BASE}/certificates/2020-88839-XLL62-LTNT4"}, "jti"),
        ({"sub": f"{BASE}/certificates/{NUMBER}"}, "sub"),
        ({"nbf": 1597719601}, "nbf"),
        ({"validFrom": "2020-08-18T03:00:00"}, "timezone"),
        ({"type": ["VerifiableCredential"]}, "type"),
        ({"@context": ["https://www.w3.org/2018/credentials/v1"]}, "context"),
        ({"credentialSubject": "Siti"}, "credentialSubject"),
        ({"id": f"{BASE}/certificates/1", "jti": f"{BASE}/certificates/1"}, "number"),
    ],
)
def test_a_signed_badge_that_contradicts_itself_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        verify(signed(part(TOKEN, 1) | change), KEYS)


@pytest.mark.parametrize(
    "claim", ["iss", "jti", "nbf", "sub", "validFrom", "issuer", "credentialSubject", "type", "id"]
)
def test_a_signed_badge_that_lacks_something_is_refused(claim: str) -> None:
    claims = part(TOKEN, 1)
    del claims[claim]
    with pytest.raises(ValueError, match=claim):
        verify(signed(claims), KEYS)


def test_the_expired_format_with_a_vc_claim_is_refused() -> None:
    claims = {name: part(TOKEN, 1)[name] for name in ("iss", "jti", "nbf", "sub")}
    with pytest.raises(ValueError, match=r"expired VC 1\.1 format"):
        verify(signed(claims | {"vc": part(TOKEN, 1)}), KEYS)


def test_a_key_of_another_issuer_in_the_same_set_cannot_sign_for_us() -> None:
    neighbour = signing_key(Ed25519PrivateKey.generate(), "https://neighbour.example")
    with pytest.raises(ValueError, match="another issuer"):
        verify(signed(part(TOKEN, 1), neighbour), jwk_set([KEY, neighbour]))


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"keys": None},
        {"keys": ["x"]},
        {"keys": [public_jwk(KEY) | {"kty": "RSA"}]},
        {"keys": [public_jwk(KEY) | {"crv": "Ed448"}]},
        {"keys": [public_jwk(KEY) | {"x": "AAAA"}]},
        {"keys": [public_jwk(KEY) | {"x": 7}]},
    ],
)
def test_a_set_without_the_right_key_is_refused_with_a_reason(keys: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="badge"):
        verify(TOKEN, keys)


def test_a_badge_is_not_valid_before_its_time() -> None:
    assert verify(TOKEN, KEYS, now=NOW.replace(microsecond=0))
    with pytest.raises(ValueError, match="not valid before"):
        verify(TOKEN, KEYS, now=NOW - timedelta(seconds=1))


@pytest.mark.parametrize("header", [{"crit": ["b64"], "b64": False}, {"typ": "vc+jwt"}, {"x5u": "https://a.example"}])
def test_a_header_the_standard_does_not_allow_is_refused(header: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="badge"):
        verify(signed(part(TOKEN, 1), **header), KEYS)


@pytest.mark.parametrize(
    "token", ["", ".", "..", "...", "a.b.c", "\ud800.a.b", TOKEN + ".x", TOKEN[:-2], "{}", "e30.e30.", "x" * 70_000]
)
def test_what_is_no_badge_is_refused_with_a_reason(token: str) -> None:
    with pytest.raises(ValueError, match="badge"):
        verify(token, KEYS)


@given(
    st.text()
    | st.builds(packed, st.dictionaries(st.sampled_from(["alg", "kid", "typ"]), st.text()), st.text(), st.binary())
)
def test_anything_handed_in_is_refused_in_an_orderly_way(token: str) -> None:
    with pytest.raises(ValueError, match="badge"):
        verify(token, KEYS)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(part(TOKEN, 1))), json_values, min_size=1))
def test_whatever_a_key_holder_signs_gets_an_answer(change: dict[str, Any]) -> None:
    claims = part(TOKEN, 1) | change
    header = {"alg": "EdDSA", "typ": "JWT", "kid": KEY.key_id}
    unsigned = packed(header, claims, b"").rstrip(".")
    token = f"{unsigned}.{encoded(KEY.private_key.sign(unsigned.encode()))}"
    answer = answer_to(token)
    assert answer == NUMBER or "badge" in answer


def answer_to(token: str) -> str:
    try:
        return verify(token, KEYS, now=NOW).number
    except ValueError as error:
        return str(error)


@pytest.mark.parametrize("number", ["", "2020-88839-XLL62-LTN93", "202088839XLL62LTN92", NUMBER.lower()])
def test_a_badge_is_only_issued_under_a_number_in_its_written_form(number: str) -> None:
    with pytest.raises(ValueError, match="not a certificate number"):
        issue(replace(FACTS, number=number), KEY, now=NOW)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        issue(FACTS, KEY, now=datetime(2020, 8, 18))  # noqa: DTZ001  the very thing that is refused


def test_a_badge_without_evidence_or_description_is_still_a_badge() -> None:
    token = issue(replace(FACTS, evidence="", course_description=""), KEY, now=NOW)
    credential = OB3Verifier(public_pem(KEY)).verify(token)
    assert (credential.evidence, credential.achievement.description) == ([], FACTS.course_title)
    assert verify(token, KEYS).number == NUMBER
