"""Every made part of every page."""

from tools.documents import Part, architecture, permissions, policy, refusals

PARTS = (
    Part("ARCHITECTURE.md", "rooms", architecture.rooms),
    Part("ARCHITECTURE.md", "conditions", architecture.purchase_conditions),
    Part("docs/concepts.md", "invariants", architecture.invariants),
    Part("docs/concepts.md", "course moves", architecture.course_moves),
    Part("docs/concepts.md", "partner moves", architecture.partner_moves),
    Part("docs/refusals.md", "refusals", refusals.refusals),
    Part("docs/policy.md", "parameters", policy.parameters),
    Part("docs/permissions.md", "pages", permissions.pages),
    Part("docs/permissions.md", "addresses", permissions.addresses),
)
