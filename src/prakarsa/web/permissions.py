"""Who may open which page and press which button: one map, read by the guard, by the pages and by the tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a route admits. Routes for `anyone` do not even look who asks."""

    words: str
    person: bool = False
    roles: frozenset[str] = frozenset()
    looks: bool = True


ANYONE = Who("anyone", looks=False)
VISITOR = Who("anyone; the page shows more to a person who has signed in")
PERSON = Who("a signed-in person, for their own things only", person=True)


def staff(*roles: str) -> Who:
    """Staff with one of these roles; an admin stands in for everybody."""
    return Who("staff: " + ", ".join(roles), roles=frozenset({*roles, "admin"}))


EVERY_ROLE = staff("officer", "curator", "finance", "auditor")
OFFICER = staff("officer")
FINANCE = staff("finance")

PERMISSIONS: Mapping[str, Who] = MappingProxyType(
    {
        "GET /": ANYONE,
        "GET /static/{name}": ANYONE,
        "GET /apply": VISITOR,
        "POST /apply": VISITOR,
        "GET /sign-in": ANYONE,
        "POST /sign-in": ANYONE,
        "GET /sign-in/code": ANYONE,
        "POST /sign-in/code": ANYONE,
        "POST /sign-out": ANYONE,
        "GET /courses": ANYONE,
        "GET /courses/{code}": ANYONE,
        "GET /courses/{code}/classes/{schedule}": PERSON,
        "GET /institutions/{code}": ANYONE,
        "GET /status": ANYONE,
        "GET /draws": ANYONE,
        "GET /draws/{name}": ANYONE,
        "GET /certificates": ANYONE,
        "GET /certificates/{name}": ANYONE,
        "GET /issuer": ANYONE,
        "GET /issuer/keys/{key_id}": ANYONE,
        "GET /.well-known/jwks.json": ANYONE,
        "GET /errors": ANYONE,
        "GET /errors/{code}": ANYONE,
        "GET /card": PERSON,
        "POST /card/number": PERSON,
        "GET /timeline": PERSON,
        "GET /applications": PERSON,
        "POST /applications": PERSON,
        "GET /my-courses": PERSON,
        "GET /my-courses/{purchase_id}": PERSON,
        "POST /my-courses/{purchase_id}/rating": PERSON,
        "GET /payouts": PERSON,
        "POST /payouts/account": PERSON,
        "POST /payouts/retry": PERSON,
        "GET /questions": PERSON,
        "POST /questions": PERSON,
        "GET /verify/{token}": VISITOR,
        "POST /verify/{token}": VISITOR,
        "GET /verify/{token}/return": VISITOR,
        "GET /console/sign-in": ANYONE,
        "POST /console/sign-in": ANYONE,
        "POST /console/sign-out": ANYONE,
        "GET /console": EVERY_ROLE,
        "GET /console/waves": EVERY_ROLE,
        "POST /console/waves": OFFICER,
        "GET /console/waves/{number}": EVERY_ROLE,
        "POST /console/waves/{number}/screen": OFFICER,
        "POST /console/waves/{number}/commit": OFFICER,
        "POST /console/waves/{number}/seed": OFFICER,
        "POST /console/waves/{number}/draw": OFFICER,
        "POST /console/waves/{number}/decree": OFFICER,
        "POST /console/waves/{number}/issue": OFFICER,
        "GET /console/holds": EVERY_ROLE,
        "POST /console/holds": OFFICER,
        "GET /console/holds/{code}": EVERY_ROLE,
        "POST /console/holds/{code}/lift": OFFICER,
        "GET /console/payouts": staff("officer", "finance", "auditor"),
        "POST /console/payouts/send": FINANCE,
        "GET /console/questions": staff("officer", "curator", "finance"),
        "POST /console/questions/{number}": staff("officer", "curator", "finance"),
        "GET /console/books": staff("finance", "auditor"),
    }
)


def who_may(method: str, path_template: str) -> Who:
    """Whom a route admits; asking for the head of a page is asking for the page. Raises KeyError for unknown routes."""
    return PERMISSIONS[f"{'GET' if method == 'HEAD' else method} {path_template}"]


def staff_may(role: str, route: str) -> bool:
    """Whether a page should offer this button to this role."""
    return role in PERMISSIONS[route].roles
