"""What the page about certificates says, in Indonesian and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.server.pages.language import ENGLISH_MONTHS, MONTHS
from sync.server.pages.lookup import ENGLISH_TROUBLE, TROUBLE, Answer, Line

TYPED = "nomor"
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class CertificateWords:
    """The page in one language; `title`, `place` and `other` are for its frame."""

    language: str
    other: tuple[str, str]
    title: str
    place: str
    lead: str
    lines: tuple[Line, ...]
    ask: str
    holds: str
    holds_advice: str
    revoked: str
    erased: str
    number: str
    name: str
    nip: str
    course: str
    hours: str
    day: str
    issuer: str
    hidden: str
    months: tuple[str, ...]
    answers: Mapping[Answer, str]


INDONESIAN = CertificateWords(
    language="id",
    other=("en", "English"),
    title="Periksa sertifikat",
    place="Sertifikat dari pusat ini",
    lead="Ketik nomornya, atau tempelkan teks dari kode QR agar nama dan NIP ikut ditampilkan.",
    lines=(Line(TYPED, "Nomor atau teks kode QR", "Misalnya 00037/SLH/BPSDM/2026, atau SULUH1:…", _LONGEST),),
    ask="Periksa",
    holds="Sertifikat ini asli dan berlaku.",
    holds_advice="Cocokkan dengan yang tercetak.",
    revoked="Sertifikat ini sudah dicabut.",
    erased="Nomor ini pernah diterbitkan; data orangnya sudah dihapus.",
    number="Nomor",
    name="Nama",
    nip="NIP",
    course="Mata pelatihan",
    hours="Jam pelajaran",
    day="Selesai",
    issuer="Penerbit",
    hidden="Nama dan NIP hanya ditampilkan kepada yang memegang kode QR-nya.",
    months=MONTHS,
    answers={
        Answer.UNFIT: "Ini bukan nomor sertifikat dan bukan teks kode QR dari Suluh.",
        Answer.NO_OFFICE: "Tidak dikenal di pusat ini.",
        Answer.UNKNOWN: "Pusat ini tidak pernah menerbitkan sertifikat itu. Periksa nomornya huruf demi"
        " huruf; bila benar, jangan diterima.",
        Answer.LARGE: "Teksnya terlalu panjang.",
        **TROUBLE,
    },
)
ENGLISH = CertificateWords(
    language="en",
    other=("id", "Bahasa Indonesia"),
    title="Check a certificate",
    place="Certificates of this centre",
    lead="Type its number, or paste the text of its QR code to see name and NIP as well.",
    lines=(
        Line(TYPED, "Number or text of the QR code", "Such as 00037/SLH/BPSDM/2026, or SULUH1:…", _LONGEST),
    ),
    ask="Check",
    holds="This certificate is genuine and holds.",
    holds_advice="Compare it with what is printed.",
    revoked="This certificate was taken back.",
    erased="This number was given once; the person's data were erased.",
    number="Number",
    name="Name",
    nip="NIP",
    course="Course",
    hours="Lesson hours",
    day="Completed",
    issuer="Issuer",
    hidden="Name and NIP are shown only to whoever holds its QR code.",
    months=ENGLISH_MONTHS,
    answers={
        Answer.UNFIT: "This is neither a certificate's number nor the text of a QR code of Suluh.",
        Answer.NO_OFFICE: "Not known at this centre.",
        Answer.UNKNOWN: "This centre never gave that certificate. Check the number letter by letter; if it is"
        " right, do not accept it.",
        Answer.LARGE: "The text is too long.",
        **ENGLISH_TROUBLE,
    },
)
LANGUAGES = (INDONESIAN, ENGLISH)
