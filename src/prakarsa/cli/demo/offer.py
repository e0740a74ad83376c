"""The invented partners and courses of the demonstration."""

from dataclasses import dataclass, replace
from datetime import date

from prakarsa.catalogue.model import CourseMode
from prakarsa.partner.model import LegalForm, NewPartner, PartnerKind, Profile

PLATFORMS = (
    NewPartner(PartnerKind.PLATFORM, "pasar-ilmu", "Pasar Ilmu", "PKS-01/2020", commission_percent=15),
    NewPartner(PartnerKind.PLATFORM, "kelas-kita", "Kelas Kita", "PKS-02/2020", commission_percent=10),
    NewPartner(PartnerKind.PLATFORM, "toko-terampil", "Toko Terampil", "PKS-03/2020", commission_percent=12),
)
OWNER, OWNED = "toko-terampil", "terampil-akademi"
"""This platform owns this institution, so it may not sell its courses (Permenko 11/2020 art. 36(5))."""


def institutions(callback_base: str) -> tuple[NewPartner, ...]:
    """Training institutions, each with a registered return address."""
    names = {
        "rumah-kerja": "Rumah Kerja Nusantara",
        "bina-digital": "Bina Digital",
        "dapur-mandiri": "Dapur Mandiri",
        "bahasa-kita": "Bahasa Kita",
        OWNED: "Terampil Akademi",
    }
    return tuple(
        NewPartner(
            PartnerKind.INSTITUTION,
            code,
            name,
            f"SK-LP-{place:02}/2020",
            redirect_uris=(f"{callback_base}/{code}/callback",),
        )
        for place, (code, name) in enumerate(names.items(), start=1)
    )


def profile(kind: PartnerKind) -> Profile:
    """What such a partner declares about itself (Permenko 11/2020 art. 30(3), 36(2)-(3))."""
    common = Profile(
        legal_form=LegalForm.PRIVATE_COMPANY,
        founded_on=date(2015, 6, 1),
        business_number="8120000000001",
        tax_number="01.000.000.0-000.000",
    )
    if kind is PartnerKind.INSTITUTION:
        return replace(common, platform_contract="PKS-LP-1/2020")
    return replace(common, provinces_served=30, integration_certified_on=date(2020, 3, 1))


@dataclass(frozen=True, slots=True)
class Offer:
    """One invented course, one line."""

    course_code: str
    institution: str
    title: str
    field: str
    mode: CourseMode
    hours: int
    meetings: int
    price_idr: int


_WEBINAR, _ALONE, _ROOM = CourseMode.WEBINAR, CourseMode.SELF_PACED, CourseMode.IN_PERSON
WALK_COURSE = "rk-layanan-pelanggan"
SECOND_COURSE = "bd-tabel-kerja"
SMALL_COURSE = "dm-kue-basah"
SMALL_SEATS = 40

OFFERS = (
    Offer(WALK_COURSE, "rumah-kerja", "Melayani Pelanggan lewat Telepon", "Layanan", _WEBINAR, 16, 2, 450_000),
    Offer("rk-admin-kantor", "rumah-kerja", "Administrasi Kantor Modern", "Perkantoran", _WEBINAR, 20, 3, 500_000),
    Offer("rk-surat-lamaran", "rumah-kerja", "Menulis Surat Lamaran", "Karier", _ALONE, 8, 1, 150_000),
    Offer("rk-wawancara", "rumah-kerja", "Menghadapi Wawancara Kerja", "Karier", _WEBINAR, 8, 1, 200_000),
    Offer("rk-gudang", "rumah-kerja", "Dasar Pengelolaan Gudang", "Logistik", _WEBINAR, 24, 4, 600_000),
    Offer(SECOND_COURSE, "bina-digital", "Tabel Kerja untuk Usaha Kecil", "Perkantoran", _WEBINAR, 16, 2, 350_000),
    Offer("bd-foto-produk", "bina-digital", "Foto Produk dengan Ponsel", "Pemasaran", _ALONE, 10, 1, 250_000),
    Offer("bd-toko-daring", "bina-digital", "Membuka Toko Daring", "Pemasaran", _WEBINAR, 18, 3, 400_000),
    Offer("bd-media-sosial", "bina-digital", "Pemasaran di Media Sosial", "Pemasaran", _WEBINAR, 20, 4, 550_000),
    Offer("bd-web-dasar", "bina-digital", "Membuat Halaman Web Pertama", "Teknologi", _ALONE, 30, 1, 700_000),
    Offer("bd-data-dasar", "bina-digital", "Membaca Data Penjualan", "Teknologi", _WEBINAR, 24, 4, 650_000),
    Offer(SMALL_COURSE, "dapur-mandiri", "Kue Basah untuk Dijual", "Kuliner", _ROOM, 16, 2, 500_000),
    Offer("dm-katering", "dapur-mandiri", "Memulai Katering Rumahan", "Kuliner", _WEBINAR, 20, 3, 450_000),
    Offer("dm-kopi", "dapur-mandiri", "Meracik Kopi Kedai", "Kuliner", _ROOM, 16, 2, 600_000),
    Offer("dm-pangan-aman", "dapur-mandiri", "Keamanan Pangan Rumahan", "Kuliner", _ALONE, 8, 1, 175_000),
    Offer("dm-harga-jual", "dapur-mandiri", "Menghitung Harga Jual", "Usaha", _ALONE, 6, 1, 125_000),
    Offer("bk-inggris-toko", "bahasa-kita", "Bahasa Inggris untuk Toko", "Bahasa", _WEBINAR, 24, 5, 500_000),
    Offer("bk-inggris-hotel", "bahasa-kita", "Bahasa Inggris untuk Hotel", "Bahasa", _WEBINAR, 24, 5, 550_000),
    Offer("bk-jepang-kerja", "bahasa-kita", "Bahasa Jepang untuk Kerja", "Bahasa", _WEBINAR, 40, 8, 900_000),
    Offer("bk-surel", "bahasa-kita", "Menulis Surel Bisnis", "Bahasa", _ALONE, 6, 1, 100_000),
    Offer("bk-bicara-umum", "bahasa-kita", "Berbicara di Depan Umum", "Karier", _WEBINAR, 12, 2, 300_000),
    Offer("ta-las-dasar", OWNED, "Keselamatan Kerja Las", "Teknik", _WEBINAR, 16, 2, 750_000),
    Offer("ta-listrik", OWNED, "Instalasi Listrik Rumah", "Teknik", _WEBINAR, 32, 6, 1_000_000),
)


def course_sheet() -> str:
    """The courses as the sheet an institution would hand in, every condition of Permenko 11/2020 met."""
    conditions = "has_live_session,tracks_completion,has_curriculum,has_evaluation,has_presence_log,expert_assessed"
    lines = [f"course_code,institution,title,field,mode,hours,meetings,price_idr,{conditions}"]
    lines += [
        f"{o.course_code},{o.institution},{o.title},{o.field},{o.mode},{o.hours},{o.meetings},{o.price_idr}"
        + ",ya" * (conditions.count(",") + 1)
        for o in OFFERS
    ]
    return "\n".join(lines) + "\n"
