"""What a pack holds, who signed it and what room it needs, told before anything of it is copied."""

from PySide6.QtWidgets import QFrame, QWidget

from desktop.formats import jp, size
from desktop.language import tr, trn
from desktop.screens.activity_side import ICONS
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.bar import Bar, Fill, Piece, Swatch
from desktop.screens.icons import Icon
from desktop.screens.notice import notice
from desktop.screens.pack_views import PackPart, PackPreview, PackState
from desktop.screens.style import sp
from desktop.screens.text import label
from sync.packs.outline import ActivityKind


def preview_body(preview: PackPreview) -> QWidget:
    """The body of the sheet that asks whether to install."""
    parts: list[Part] = [label(tr("Isi paket"), "strong"), 8, _contents(preview), 16, _signer(preview)]
    if preview.list_age:
        words = tr("Daftar kepercayaan di komputer ini berumur {n} hari. Paket tetap dapat dipasang.")
        parts += [8, label(words.format(n=preview.list_age), "caption", wrap=True)]
    change = _change(preview)
    if change:
        parts += [16, label(change, wrap=True, name="packChange")]
    if preview.state is not PackState.SAME:
        parts += [16, *_space(preview)]
    return holder(column(*parts, None, gap=0))


def subtitle(preview: PackPreview) -> str:
    """The line under the title: version, size, source."""
    return tr("Versi {v}, {ukuran}").format(v=preview.version, ukuran=size(preview.size))


def _contents(preview: PackPreview) -> QFrame:
    pages = sum(part.items for part in preview.parts if part.kind is ActivityKind.PAGE)
    first = trn("{n} modul, {m} halaman", preview.modules).format(n=preview.modules, m=pages)
    rows: list[Part] = [_line("page", first, tr("{n} JP").format(n=jp(preview.jp)))]
    for part in preview.parts:
        if part.kind is not ActivityKind.PAGE:
            rows += [line(), _line(ICONS[part.kind], _part_words(part), size(part.size))]
    made = holder(column(*rows, gap=0), "card", "packContents")
    made.setAccessibleName(tr("Isi paket"))
    return made


def _part_words(part: PackPart) -> str:
    if part.kind is ActivityKind.QUIZ:
        return trn("{n} kuis, {m} soal", part.count).format(n=part.count, m=part.items)
    if part.kind is ActivityKind.VIDEO and part.captioned == part.count:
        return trn("{n} video dengan teks video (takarir)", part.count).format(n=part.count)
    words = {
        ActivityKind.VIDEO: trn("{n} video", part.count),
        ActivityKind.AUDIO: trn("{n} rekaman suara", part.count),
        ActivityKind.PDF: trn("{n} dokumen PDF", part.count),
        ActivityKind.IMAGE: trn("{n} gambar", part.count),
        ActivityKind.ASSIGNMENT: trn("{n} tugas", part.count),
    }[part.kind]
    return words.format(n=part.count)


def _line(icon: str, words: str, value: str) -> QFrame:
    made = holder(
        row(
            mid(Icon(icon, "muted", 20)),
            mid(label(words), 1),
            mid(label(value, "muted")),
            gap=12,
            margins=(18, 0, 16, 0),
        )
    )
    made.setFixedHeight(sp(40))
    return made


def _signer(preview: PackPreview) -> QWidget:
    if preview.first_use:
        return notice(
            "warn",
            tr("Ditandatangani {penerbit}, tetapi komputer ini belum mengenal pusat mana pun").format(
                penerbit=preview.publisher
            ),
            tr("Pasang hanya bila sidik ini sama dengan yang diberikan koordinator: {sidik}").format(
                sidik=preview.fingerprint
            ),
            name="packSigner",
        )
    return notice(
        "ok",
        tr("Asli: ditandatangani {penerbit}").format(penerbit=preview.publisher),
        tr("Sudah diperiksa di komputer ini, tanpa internet."),
        name="packSigner",
    )


def _change(preview: PackPreview) -> str:
    if preview.state is PackState.SAME:
        return tr("Versi ini sudah terpasang di komputer ini.")
    if preview.state is PackState.NEW:
        return ""
    change = tr("Perubahan dari versi {v}: {catatan}").format(
        v=preview.installed_version, catatan=preview.change_note or tr("tidak disebutkan.")
    )
    if preview.state is PackState.DOWNGRADE:
        change = tr(
            "Versi {v} yang lebih baru akan diganti; penerbit menandatangani pengembalian ini."
        ).format(v=preview.installed_version)
    return f"{change} {tr('Peserta yang sedang mengerjakan kuis menyelesaikan versi lama.')}"


def _space(preview: PackPreview) -> list[Part]:
    words = tr("perlu {perlu}, tersedia {ada}").format(perlu=size(preview.needed), ada=size(preview.free))
    used = max(0, preview.capacity - preview.free)
    least = preview.capacity * 0.012  # a pack is always wide enough to be seen
    pack = min(max(preview.needed, least), max(preview.free, least))
    bar = Bar(
        [Piece(used, Fill.USED), Piece(pack, Fill.RUNNING)], max(1, preview.capacity), words, name="space"
    )
    parts: list[Part] = [
        row(
            mid(label(tr("Ruang penyimpanan"), "strong")), None, mid(label(words, "muted", name="spaceWords"))
        ),
        8,
        bar,
        8,
        row(
            mid(Swatch(Fill.USED)),
            mid(label(tr("Terpakai {ukuran}").format(ukuran=size(used)), "caption")),
            8,
            mid(Swatch(Fill.RUNNING)),
            mid(label(tr("Paket ini {ukuran}").format(ukuran=size(preview.needed)), "caption")),
            None,
            gap=8,
        ),
    ]
    if not preview.fits:
        parts += [
            12,
            notice(
                "bad",
                tr("Ruang penyimpanan tidak cukup."),
                tr("Tidak ada yang disalin. Kosongkan ruang, lalu coba lagi. Pekerjaan Anda aman."),
                name="noSpace",
            ),
        ]
    return parts
