"""Words that Indonesian names are made of, by naming culture, and where each culture is at home.

A name is drawn part by part, so that any likeness to someone living is chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Culture:
    """One way of naming. Each part is a choice; an empty word leaves the part out."""

    female: tuple[tuple[str, ...], ...]
    male: tuple[tuple[str, ...], ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_JAVANESE_FAMILY = _words("Nugraha Saputra Wicaksana Prasetya Laksana Utama Kusuma Pamungkas Wardana Hartanta Raharja")
_CLANS_BATAK = _words("Siregar Hutapea Simanjuntak Nainggolan Situmeang Pardede Sihombing Tampubolon Manurung Harahap")
_CLANS_MINANG = _words("Sikumbang Caniago Piliang Guci Jambak Koto Pitopang Mandahiliang Sumagek Payobada")
_CLANS_PAPUA = _words("Wenda Kogoya Rumbiak Mandacan Tabuni Kayame Yikwa Mambor Waromi Kambuaya Sawaki Douw")
_CLANS_MINAHASA = _words("Lumowa Rondonuwu Tumiwa Wowiling Mangundap Sumarauw Kalalo Rorimpandey Walangitan")
_CLANS_MALUKU = _words("Latupeirissa Sahetapy Tuhumury Pattinama Lekatompessy Huwae Matulessy Salampessy")
_CLANS_TIMOR = _words("Nahak Bria Seran Fallo Tefa Lende Kaka Djawa Bere Mau Tapun Liwu")
_CLANS_CHINESE = _words("Halim Winarta Tanuwidjaja Limanto Kusnadi Sutedja Harjono Setiadi Angkasa Budihardja")
_CHRISTIAN_MEN = _words("Yohanes Markus Yakobus Petrus Matias Filipus Simson Elias Benyamin Otniel Stefanus")
_CHRISTIAN_WOMEN = _words("Maria Yuliana Marta Ester Debora Magdalena Agustina Yosefina Kristina Paulina Adolfina")

CULTURES: Mapping[str, Culture] = {
    "javanese": Culture(
        female=(
            _words("Sri Endah Wahyu Retno Tri Dwi Nur Anik Siti Rini Ning Umi"),
            _words("Handayani Wahyuni Rahayu Astuti Puspitasari Utami Ningsih Lestari Setyowati Widayati Purwanti"),
            ("", "", "", *_words("Kusumawati Pertiwi Ningrum")),
        ),
        male=(
            _words("Agung Slamet Sigit Bambang Wahyu Eko Dwi Tri Heru Sugeng Teguh Yudi Catur"),
            _words("Darmanto Riyanto Kuswanto Santoso Haryadi Suprapto Setiadi Basuki Triyono"),
            ("", "", "", *_JAVANESE_FAMILY),
        ),
    ),
    "sundanese": Culture(
        female=(
            _words("Neng Euis Ai Ani Iis Yeti Cucu Enok Lilis Imas Wiwin"),
            _words("Nurhayati Komalasari Rohaeti Suryani Rosmiati Maryamah Sukaesih Nuraeni Kurniasih Yuningsih"),
        ),
        male=(
            _words("Asep Ujang Dadang Cecep Endang Iwan Deden Yayan Maman Tatang Aep Encep"),
            _words("Sutisna Suherman Kosasih Sobari Supriatna Ruhiyat Sukmana Koswara Hermansyah Nurjaman Somantri"),
        ),
    ),
    "betawi": Culture(
        female=(
            _words("Siti Mpok Nur Ida Rohmah Neneng"),
            _words("Zubaedah Romlah Masitoh Hamidah Rodiah Maimunah Saodah Juleha"),
        ),
        male=(
            _words("Muhammad Ahmad Abdul Mat Rojali Sanusi"),
            _words("Mahmud Naim Rohili Syafei Hasbullah Marzuki Sabeni Nawawi"),
        ),
    ),
    "madurese": Culture(
        female=(
            _words("Siti Nur Sitti Hos Musrifah Rahma"),
            _words("Homsiyah Maimunah Jamilatun Sumiyati Hotijah Aisyatun Muslimah"),
        ),
        male=(
            _words("Moh Abd Ach Mat Zainal Fathor"),
            _words("Rosidi Mukhlis Sahrawi Buhari Rofii Matrawi Subaidi Hosnan"),
        ),
    ),
    "acehnese": Culture(
        female=(
            _words("Cut Nur Putri Syarifah Ainul"),
            _words("Mardhiah Azizah Zahara Keumala Rauzah Maulida Safrina Yusra"),
        ),
        male=(
            _words("Teuku Muhammad Said Fajri Zulfikar Mukhtar"),
            _words("Iskandar Ramli Hamzah Nasruddin Fauzan Zulkarnaini Mustafa Razali"),
        ),
    ),
    "batak": Culture(
        female=(_words("Tiur Rotua Lamria Duma Romaito Hotmauli Risma Tiurma Sondang Rumondang"), _CLANS_BATAK),
        male=(_words("Parlin Togar Saut Binsar Hotman Maruli Jonggi Poltak Parulian Tumpal Sahat"), _CLANS_BATAK),
    ),
    "minang": Culture(
        female=(
            _words("Yuliarni Gusnimar Desmawati Rahmi Elfia Mardiana Nelvi Yusmanidar Wirda Fitria"),
            ("", *_words("Yanti Hayati Zulaikha Syafni Murni")),
            _CLANS_MINANG,
        ),
        male=(
            _words("Syafril Zulkifli Yulisman Fadhil Rusdi Marzul Efrizal Nofrian Yasril Hendri"),
            ("", *_words("Arifin Anwar Jamaris Effendi Amrin")),
            _CLANS_MINANG,
        ),
    ),
    "malay": Culture(
        female=(
            _words("Nurul Siti Wan Rosnah Tengku Sarinah"),
            _words("Aini Hasanah Zaleha Rohani Fatimah Azlina Syuhada Marlina"),
        ),
        male=(
            _words("Muhammad Wan Raja Azhar Encik Rahmad"),
            _words("Syahputra Ridwan Firdaus Hamdan Jamaludin Azman Kamarul Rosli"),
        ),
    ),
    "balinese": Culture(
        female=(
            _words("Ni"),
            _words("Wayan Made Nyoman Ketut Luh Kadek Komang Putu"),
            _words("Suartini Ariani Sukerti Widiastuti Sudiani Parwati Ratnadi Mariani"),
        ),
        male=(
            _words("I"),
            _words("Wayan Made Nyoman Ketut Gede Kadek Komang Putu"),
            _words("Sudarma Suartana Astawa Wirawan Mudita Sukadana Arnawa Wardika"),
        ),
    ),
    "sasak": Culture(
        female=(_words("Baiq Siti Nur Sri"), _words("Raodah Mahyuni Zohriah Hidayani Sumiati Mahnim Rahmawati")),
        male=(_words("Lalu Muhammad Sahrul Amaq"), _words("Sukardi Wiranata Jumahir Saparudin Mahsun Turmuzi Rasidi")),
    ),
    "banjar": Culture(
        female=(_words("Siti Noor Rusmini Norhayati"), _words("Aminah Jannah Halidah Mastura Saniah Raudah Galuh")),
        male=(_words("Akhmad Muhammad Rahmadi Gusti Syahrani"), _words("Rifani Jailani Saberan Rusli Hadiani Anang")),
    ),
    "dayak": Culture(
        female=(_CHRISTIAN_WOMEN, _words("Bungai Lidia Tambun Nyelong Sangen Luwuk Pampang Usat")),
        male=(_CHRISTIAN_MEN, _words("Ngabe Lawing Ajang Bayan Tingang Jalung Usop Sawang Runting")),
    ),
    "bugis": Culture(
        female=(
            _words("Andi Sitti Nur Hasnah Besse"),
            _words("Tenriola Hasmawati Rahmatia Darmawati Suriani Tenriawaru Marhuma Jumriah"),
        ),
        male=(
            _words("Andi Muh Baso Ambo Daeng Syamsul"),
            _words("Patarai Syahrir Mappaseng Tahir Malarangi Saharuddin Rappe Sulolipu"),
        ),
    ),
    "minahasa": Culture(
        female=(_words("Meiske Novita Deisy Jeane Vonny Olga Selvie Marlyn"), _CLANS_MINAHASA),
        male=(_words("Jefry Ronny Novry Steven Marthen Denny Franky Melky"), _CLANS_MINAHASA),
    ),
    "maluku": Culture(
        female=(_CHRISTIAN_WOMEN + _words("Halimah Wa Salma Rukia"), _CLANS_MALUKU),
        male=(_CHRISTIAN_MEN + _words("Abubakar Umar Rahman Usman"), _CLANS_MALUKU),
    ),
    "timor": Culture(female=(_CHRISTIAN_WOMEN, _CLANS_TIMOR), male=(_CHRISTIAN_MEN, _CLANS_TIMOR)),
    "papuan": Culture(female=(_CHRISTIAN_WOMEN, _CLANS_PAPUA), male=(_CHRISTIAN_MEN, _CLANS_PAPUA)),
    "chinese": Culture(
        female=(_words("Lina Fenny Mei Shinta Melissa Yenny Vivian Livia"), ("", "Ling", "Hwa"), _CLANS_CHINESE),
        male=(_words("Hendra Andreas Tony Kevin Rudy Edwin Felix Willy"), ("", "Liong", "Hok"), _CLANS_CHINESE),
    ),
}

_JAVA = ("javanese", "javanese", "javanese", "javanese", "sundanese", "chinese")
_SUMATRA = ("malay", "malay", "javanese", "minang", "batak", "chinese")
_PAPUA = ("papuan", "papuan", "papuan", "javanese", "bugis", "maluku")

AT_HOME: Mapping[str, tuple[str, ...]] = {
    "11": ("acehnese", "acehnese", "acehnese", "javanese"),
    "12": ("batak", "batak", "batak", "javanese", "malay", "chinese"),
    "13": ("minang", "minang", "minang", "minang", "javanese"),
    "14": _SUMATRA,
    "15": _SUMATRA,
    "16": _SUMATRA,
    "17": _SUMATRA,
    "18": ("javanese", "javanese", "malay", "sundanese"),
    "19": ("malay", "malay", "chinese"),
    "21": ("malay", "batak", "minang", "chinese", "javanese"),
    "31": ("betawi", "betawi", "javanese", "javanese", "sundanese", "batak", "minang", "chinese"),
    "32": ("sundanese", "sundanese", "sundanese", "sundanese", "javanese", "betawi", "chinese"),
    "33": _JAVA,
    "34": _JAVA,
    "35": ("javanese", "javanese", "javanese", "madurese", "chinese"),
    "36": ("sundanese", "sundanese", "betawi", "javanese", "chinese"),
    "51": ("balinese", "balinese", "balinese", "balinese", "javanese"),
    "52": ("sasak", "sasak", "sasak", "balinese"),
    "53": ("timor", "timor", "timor", "bugis"),
    "61": ("dayak", "malay", "chinese", "madurese"),
    "62": ("dayak", "dayak", "banjar", "javanese"),
    "63": ("banjar", "banjar", "banjar", "javanese"),
    "64": ("banjar", "bugis", "javanese", "dayak"),
    "65": ("dayak", "bugis", "javanese"),
    "71": ("minahasa", "minahasa", "minahasa", "javanese"),
    "72": ("bugis", "bugis", "minahasa", "javanese"),
    "73": ("bugis", "bugis", "bugis", "bugis", "chinese"),
    "74": ("bugis", "bugis", "javanese"),
    "75": ("bugis", "minahasa", "malay"),
    "76": ("bugis", "bugis", "javanese"),
    "81": ("maluku", "maluku", "maluku", "bugis"),
    "82": ("maluku", "maluku", "bugis"),
    "91": _PAPUA,
    "92": _PAPUA,
    "93": _PAPUA,
    "94": _PAPUA,
    "95": ("papuan", "papuan", "papuan", "papuan", "javanese"),
    "96": _PAPUA,
}
