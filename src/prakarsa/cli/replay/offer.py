"""The invented partners and courses of the replay: the same for the same seed and size."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from prakarsa.catalogue.model import CourseMode
from prakarsa.cli.replay import calendar

FEWEST_COURSES, MOST_COURSES = 60, 400
_SUBJECTS = {
    "Kuliner": ("Meracik Kopi", "Kue Basah", "Katering Rumahan", "Sambal Kemasan", "Roti Manis", "Masakan Beku"),
    "Pemasaran": ("Foto Produk", "Toko Daring", "Media Sosial", "Iklan Murah", "Cerita Merek", "Surat Penawaran"),
    "Perkantoran": ("Tabel Kerja", "Surat Resmi", "Arsip Digital", "Presentasi", "Buku Kas", "Layanan Telepon"),
    "Teknologi": ("Halaman Web", "Servis Ponsel", "Data Penjualan", "Jaringan Rumah", "Keamanan Akun", "Aplikasi"),
    "Bahasa": ("Inggris untuk Kerja", "Jepang Dasar", "Korea Dasar", "Mandarin Dagang", "Arab Praktis", "Menulis"),
    "Keterampilan": ("Menjahit", "Cukur Rambut", "Las Listrik", "Listrik Rumah", "Hidroponik", "Pijat Bugar"),
}
_LEVELS = ("untuk Pemula", "untuk Usaha Kecil", "Langkah demi Langkah", "Tingkat Lanjut", "dari Rumah")
_PLATFORM_NAMES = (
    "Pasar Ilmu",
    "Kelas Kita",
    "Toko Terampil",
    "Rumah Belajar",
    "Jendela Kerja",
    "Karya Muda",
    "Sekolah Daring",
)


@dataclass(frozen=True, slots=True)
class Offered:
    """One invented course. `mended_on` is when its live session is shown, if it has none and ever gets one."""

    course_code: str
    institution: str
    title: str
    field: str
    mode: CourseMode
    price_idr: int
    platforms: tuple[str, ...]
    popularity: int
    interactive: bool
    mended_on: date | None

    @property
    def schedule_code(self) -> str:
        """The code of its one class."""
        return f"KLS-{self.course_code}"


@dataclass(frozen=True, slots=True)
class Institution:
    """One invented institution. `papers_on` is the day its contract with a platform is shown; None: never."""

    code: str
    name: str
    has_papers: bool
    papers_on: date | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that is sold."""

    platforms: tuple[tuple[str, str], ...]
    institutions: tuple[Institution, ...]
    courses: tuple[Offered, ...]

    @property
    def platform_codes(self) -> list[str]:
        """Client codes of the platforms."""
        return [code for code, _ in self.platforms]

    @property
    def uncertified(self) -> str:
        """The platform whose integration is certified some days too late."""
        return self.platforms[-1][0]


def invent(people: int, seed: int) -> Catalogue:
    """The catalogue for so many people."""
    dice = Random(f"{seed}/catalogue")  # noqa: S311  invented courses, not secrets
    platforms = tuple((name.lower().replace(" ", "-"), name) for name in _PLATFORM_NAMES)
    number = min(MOST_COURSES, max(FEWEST_COURSES, people // 6))
    institutions = tuple(_institution(dice, n) for n in range(max(8, number // 8)))
    codes = [code for code, _ in platforms]
    return Catalogue(platforms, institutions, tuple(_course(dice, n, institutions, codes) for n in range(number)))


def _institution(dice: Random, number: int) -> Institution:
    has_papers = number > 0 and dice.randrange(100) >= calendar.WITHOUT_PAPERS_PERCENT
    shown = calendar.HELD_FROM + timedelta(days=dice.randrange(3, 12))
    return Institution(
        code=f"balai-{number + 1:03}",
        name=f"Balai Karya {number + 1}",
        has_papers=has_papers,
        papers_on=None if has_papers else shown,
    )


def _course(dice: Random, number: int, institutions: Sequence[Institution], platforms: list[str]) -> Offered:
    field = dice.choice(list(_SUBJECTS))
    interactive = dice.randrange(100) >= calendar.NOT_INTERACTIVE_PERCENT
    mended_on, luck = None, dice.randrange(100)
    if not interactive and luck < calendar.MENDED_IN_TIME_PERCENT:
        mended_on = calendar.REHEARSED_ON + timedelta(days=dice.randrange(2, 15))
    elif not interactive and luck < calendar.MENDED_IN_TIME_PERCENT + calendar.MENDED_LATE_PERCENT:
        mended_on = calendar.TOLD_ON + timedelta(days=dice.randrange(2, 16))
    sold_by = dice.sample(platforms, k=dice.choice((1, 2, 2, 3)))
    return Offered(
        course_code=f"K{number + 1:04}",
        institution=dice.choice(institutions).code,
        title=f"{dice.choice(_SUBJECTS[field])} {dice.choice(_LEVELS)} {number + 1}",
        field=field,
        mode=CourseMode.WEBINAR if interactive else CourseMode.SELF_PACED,
        price_idr=dice.randrange(3, 19) * 50_000,
        platforms=tuple(sorted(sold_by)),
        popularity=1 + int(dice.paretovariate(1.2)),
        interactive=interactive,
        mended_on=mended_on,
    )
