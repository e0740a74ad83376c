"""Invented applicants for tests: good by default, each test bends what it is about."""

from datetime import date

from prakarsa.gateways.simulators.population import Invented, generate
from prakarsa.people.model import NewPerson

TODAY = date(2020, 8, 16)


def as_applicant(person: Invented) -> NewPerson:
    """What an invented person fills into the form."""
    return NewPerson(
        name=person.name,
        birth_date=person.birth_date,
        nik=person.nik,
        kk=person.kk,
        phone=person.phone,
        email=person.email,
        education=person.education,
        situation=person.situation,
        in_formal_education=person.in_formal_education,
        citizenship=person.citizenship,
    )


def applicants(count: int, seed: int = 7) -> list[NewPerson]:
    """Different people, the same for the same seed."""
    return [as_applicant(person) for person in generate(count, seed, TODAY)]
