"""What is in force, for anybody: every parameter of a wave with its legal basis, and the history of each."""

from litestar import Controller, Response

from prakarsa.programme import actions as programme
from prakarsa.web.plumbing.numbers import number_in
from prakarsa.web.plumbing.routes import show
from prakarsa.web.plumbing.visit import Here, Named

HIGHEST_WAVE = 9_999
"""No wave has a higher number, so whoever asks for one gets the same no."""


class PublicPolicy(Controller):
    """Policy."""

    path = "/policy"

    @show("/")
    def in_force(self, visit: Here) -> Response[str]:
        """Every parameter in force today, for one wave; for the newest, unless another is asked for."""
        number = min(number_in(visit.query("wave")), HIGHEST_WAVE)
        with visit.transaction() as tx:
            wave = programme.wave(tx, number) if number else programme.newest_wave(tx, visit.now)
            rows = programme.parameters_in_force(tx, wave.number, visit.now)
            return visit.page(
                "policy.html",
                wave=wave,
                waves=programme.waves(tx),
                rows=rows,
                upcoming=programme.upcoming_changes(tx, visit.now),
            )

    @show("/{name:str}")
    def history(self, visit: Here, name: Named) -> Response[str]:
        """Every value a parameter has had."""
        with visit.transaction() as tx:
            return visit.page("policy_history.html", name=name, schemes=programme.history(tx, name))
