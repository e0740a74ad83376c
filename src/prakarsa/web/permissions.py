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
ANY_STAFF = staff("officer", "curator", "finance", "auditor", "assessor", "monitor")
CURATOR = staff("curator")
JUDGES = staff("officer", "curator", "auditor", "assessor", "monitor")
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
        "GET /courses.json": ANYONE,
        "GET /courses/{code}": ANYONE,
        "GET /courses/{code}/classes/{schedule}": PERSON,
        "GET /institutions/{code}": ANYONE,
        "GET /status": ANYONE,
        "GET /status.json": ANYONE,
        "GET /status.atom": ANYONE,
        "GET /holds/{code}": VISITOR,
        "POST /holds/{code}": PERSON,
        "GET /policy": ANYONE,
        "GET /policy/{name}": ANYONE,
        "GET /desk/{token}": ANYONE,
        "GET /desk/{token}/lists/{code}": ANYONE,
        "GET /desk/{token}/items/{code}": ANYONE,
        "POST /desk/{token}/items/{code}": ANYONE,
        "GET /desk/{token}/holds/{code}": ANYONE,
        "POST /desk/{token}/holds/{code}": ANYONE,
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
        "GET /surveys": PERSON,
        "POST /surveys/{number}": PERSON,
        "GET /questions": PERSON,
        "POST /questions": PERSON,
        "GET /verify/{token}": VISITOR,
        "POST /verify/{token}": VISITOR,
        "GET /verify/{token}/return": VISITOR,
        "GET /console/sign-in": ANYONE,
        "POST /console/sign-in": ANYONE,
        "POST /console/sign-out": ANYONE,
        "GET /console": ANY_STAFF,
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
        "GET /console/holds/people": EVERY_ROLE,
        "GET /console/holds/proposals/{code}": EVERY_ROLE,
        "POST /console/holds/proposals/{code}/confirm": OFFICER,
        "POST /console/holds/proposals/{code}/reject": OFFICER,
        "POST /console/holds/{code}/lift": OFFICER,
        "POST /console/holds/{code}/review": OFFICER,
        "GET /console/holds/{code}/appeals/{appeal}": EVERY_ROLE,
        "POST /console/holds/{code}/appeals/{appeal}": OFFICER,
        "GET /console/cancellations": EVERY_ROLE,
        "POST /console/cancellations": OFFICER,
        "GET /console/cancellations/{code}": EVERY_ROLE,
        "POST /console/cancellations/{code}/confirm": OFFICER,
        "POST /console/cancellations/{code}/withdraw": OFFICER,
        "POST /console/cancellations/{code}/run": OFFICER,
        "GET /console/policy": EVERY_ROLE,
        "POST /console/policy": staff("officer", "curator"),
        "GET /console/policy/{code}": EVERY_ROLE,
        "POST /console/policy/{code}/approve": staff("officer", "curator"),
        "POST /console/policy/{code}/withdraw": staff("officer", "curator"),
        "POST /console/policy/{code}/revocation": staff("officer", "curator"),
        "POST /console/policy/{code}/revoke": staff("officer", "curator"),
        "GET /console/notices": EVERY_ROLE,
        "POST /console/notices": OFFICER,
        "GET /console/notices/{code}": EVERY_ROLE,
        "POST /console/notices/{code}/send": OFFICER,
        "POST /console/notices/{code}/discard": OFFICER,
        "GET /console/policy/{code}/dry-run": EVERY_ROLE,
        "POST /console/policy/{code}/dry-run": staff("officer", "curator"),
        "GET /console/rehearsals": EVERY_ROLE,
        "GET /console/rehearsals/{code}": EVERY_ROLE,
        "POST /console/rehearsals/{code}/gaps": staff("officer", "curator"),
        "GET /console/cut-over/{code}": EVERY_ROLE,
        "GET /console/cut-over/courses/{code}": EVERY_ROLE,
        "GET /console/gaps": EVERY_ROLE,
        "GET /console/gaps/{code}": EVERY_ROLE,
        "POST /console/gaps/{code}/time": staff("officer", "curator"),
        "GET /console/gaps/items/{code}": EVERY_ROLE,
        "POST /console/gaps/items/{code}": staff("curator"),
        "GET /console/mass-actions": EVERY_ROLE,
        "POST /console/mass-actions": OFFICER,
        "GET /console/mass-actions/{code}": EVERY_ROLE,
        "POST /console/mass-actions/{code}/confirm": OFFICER,
        "POST /console/mass-actions/{code}/withdraw": OFFICER,
        "POST /console/mass-actions/{code}/run": OFFICER,
        "POST /console/mass-actions/{code}/undo": OFFICER,
        "GET /console/curation": JUDGES,
        "POST /console/curation/rounds": CURATOR,
        "GET /console/curation/rounds/{code}": staff("officer", "curator", "auditor", "assessor"),
        "POST /console/curation/rounds/{code}/call": CURATOR,
        "POST /console/curation/rounds/{code}/relieve": CURATOR,
        "POST /console/curation/rounds/{code}/approve": CURATOR,
        "POST /console/curation/rounds/{code}/reject": CURATOR,
        "GET /console/curation/rounds/{code}/marks": staff("assessor"),
        "POST /console/curation/rounds/{code}/marks": staff("assessor"),
        "POST /console/curation/applications": CURATOR,
        "GET /console/curation/applications/{code}": staff("officer", "curator", "auditor"),
        "POST /console/curation/applications/{code}/decision": CURATOR,
        "POST /console/curation/applications/{code}/answers": CURATOR,
        "POST /console/curation/applications/{code}/decree": CURATOR,
        "GET /console/curation/observations": staff("curator", "auditor", "monitor"),
        "POST /console/curation/observations": staff("monitor"),
        "GET /console/curation/reviews/{code}": staff("officer", "curator", "auditor", "monitor"),
        "POST /console/curation/reviews/{code}/close": CURATOR,
        "POST /console/curation/reviews/{code}/improve": CURATOR,
        "POST /console/curation/reviews/{code}/hold": CURATOR,
        "GET /console/curation/indicators": JUDGES,
        "GET /console/curation/ties": JUDGES,
        "POST /console/curation/ties": staff("curator", "assessor", "monitor"),
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
