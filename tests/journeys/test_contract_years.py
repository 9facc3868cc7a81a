"""A PPPK's contract is dated by the roster: from then on PC, desk and centre count by its year, and say so."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from desktop.app.homes import Homes
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.evidence.outside import Outside, claim_training
from desktop.office.desk import Desk
from desktop.office.follow_up import paces_of
from desktop.office.monthly import contract_words, contracts_line, monthly
from desktop.office.person import person_file
from desktop.office.roster import Sort, propose, proposed, read_preview
from desktop.office.trainings import claims_at_desk, recognise, waiting
from desktop.people.roles import role_of
from desktop.people.vouching import finish, vouch, waiting_keys
from desktop.screens.jp_card import jp_card
from desktop.screens.text import label
from desktop.store.jp_table import jp_table_of
from sync.jp_table import years_for
from sync.roster.lines import ROLE_NAMES
from tests.builders.road import Pc, desk_row, sent
from tests.builders.roster import HEAD, workbook

MARIA, KETUT = LEARNERS[5], LEARNERS[4]


def back(day, years):
    """The same day some years ago; none of these stories is about the 29th of February."""
    return day.replace(year=day.year - years)


class Story:
    def __init__(self, town, folder):
        self.town, self.folder = town, folder
        self.office = town.office((COORDINATOR, MARIA, KETUT))
        self.pc = Pc(folder / "pc", "PC Sekretariat", self.office)
        self.maria, self.ketut = self.pc.sit(MARIA), self.pc.sit(KETUT)
        self.desk = self.pc.sit(COORDINATOR)
        app = SimpleNamespace(store=self.pc.store, jobs=None)
        self.homes = Homes(SimpleNamespace(app=app, profile=self.maria, shelf=self.pc.shelf))
        self.today = self.homes.today()
        begins = self.today - timedelta(days=100)
        self.begins = begins.replace(day=min(begins.day, 28))
        """The day on which her year began, in this calendar year or the last."""

    def rounds(self):
        for one in (self.maria, self.ketut, self.desk):
            sent(one, self.town.url)

    def attends(self, profile, day):
        claim_training(profile, Outside("seminar", f"Seminar {day.isoformat()}", "BKPSDM", day, 2))

    def dates_the_contract(self):
        """The coordinator's list from SIMPEG has a column for it; the centre takes the proposal."""
        people = Desk(self.desk).people()
        start = back(self.begins, 2)
        rows = [
            (
                n,
                one.name,
                one.nips[-1].nip,
                one.unit,
                "",
                f"{start:%d-%m-%Y}" if one.name == MARIA.name else "-",
            )
            for n, one in enumerate(people, 1)
        ]
        found = read_preview(self.desk, workbook(self.folder / "simpeg.xlsx", rows, [(*HEAD, "TMT KONTRAK")]))
        assert [(one.sort, one.who) for one in found.told] == [(Sort.NIP, MARIA.name)]
        propose(self.desk, found)
        sent(self.desk, self.town.url)
        self.town.ask(
            "office", "accept", proposed(self.desk)[0].proposal.mark, "--out", str(self.folder / "baru")
        )
        for _ in range(2):
            self.rounds()
        return start

    def hours(self, profile, person):
        """What counts now at the PC, the desk, in a person's file there, and at the centre."""
        here = profile.standing().jp_of(profile.years().of(self.today))
        return (here.total, desk_row(self.desk, person).jp, self.town.row(self.office, person)["jp"])


@pytest.fixture
def story(town, tmp_path, cheap_pins, qapp):
    made = Story(town, tmp_path)
    yield made
    for one in (made.maria, made.ketut, made.desk):
        one.close()
    made.pc.off()


def test_a_dated_contract_moves_hours_to_its_year_everywhere_at_once(story):
    before, after = story.begins - timedelta(days=1), story.begins + timedelta(days=1)
    for profile in (story.maria, story.ketut):
        for day in (before, after):
            story.attends(profile, day)
    story.rounds()
    for key in waiting_keys(story.desk):
        vouch(story.desk, key, key.person)
    story.rounds()
    for one in waiting(claims_at_desk(story.desk, Desk(story.desk).people())):
        recognise(story.desk, one, 800)
    for _ in range(2):
        story.rounds()
    this_year = 800 * sum(day.year == story.today.year for day in (before, after))
    assert set(story.hours(story.maria, MARIA)) == {this_year}
    assert story.homes.evidence(0).jp.span is None

    start = story.dates_the_contract()
    assert set(story.hours(story.maria, MARIA)) == {800}, "only what came after her year began"
    assert set(story.hours(story.ketut, KETUT)) == {this_year}, "a PNS counts by the calendar as before"
    view = story.homes.evidence(0)
    assert view.jp.span == (back(start, -2), back(start, -3) - timedelta(days=1))
    assert [one.title for one in view.entries] == [f"Seminar {after.isoformat()}"]
    assert view.jp.target == 2400
    card = jp_card(view.jp)
    said = card.findChild(type(label("")), "jp_year").text()
    assert said.startswith("Tahun kontrak ")
    assert str(view.jp.span[1].year) in said
    earlier = story.homes.evidence(view.jp.year - 1)
    assert [one.title for one in earlier.entries] == [f"Seminar {before.isoformat()}"]

    desk = Desk(story.desk)
    zone, now = story.desk.zone(), story.pc.store.now()
    paces = paces_of(jp_table_of(story.pc.store), now, zone)
    report = monthly(desk.renew(), paces, (), (), ("Kantor", zone, now))
    assert contracts_line(report).endswith("1 orang.")
    hers = next(line for line in report.lines if line.one.row.name == MARIA.name)
    assert str(view.jp.span[1].year) in contract_words(hers, report)
    assert hers.pace.days_left == (view.jp.span[1] - story.today).days
    file = person_file(story.desk, hers.one.row.person)
    assert (file.span, file.year.recognised) == (view.jp.span, 800), (
        "what the desk recognised, in her file too"
    )


def becomes(story, who, nip, contract):
    """The operator's next roster has another number for somebody; every PC takes the file and follows it."""
    people = Desk(story.desk).people()
    rows = [
        f"{nip if one.name == who.name else one.nips[-1].nip};{one.name};{one.unit};{ROLE_NAMES[role_of(one.role)]};"
        f"{who.nip if one.name == who.name else ''};{contract if one.name == who.name else ''}"
        for one in people
    ]
    roster = story.folder / "baru.csv"
    roster.write_text("NIP;Nama;Unit;Peran;NIP lama;Mulai kontrak\n" + "\n".join(rows) + "\n", "utf-8")
    out = str(story.folder / "berkas")
    story.town.ask("office", "update", str(roster), "--office", story.office.name, "--out", out)
    for _ in range(2):
        story.rounds()
    for profile in (story.maria, story.ketut, story.desk):
        finish(story.pc.store, profile)  # as the window does after each delivery


@pytest.mark.parametrize("way", ["a PNS becomes PPPK", "a PPPK becomes PNS"])
def test_who_changes_status_counts_the_other_way_on_their_own_pc_without_signing_up_again(story, way):
    start = back(story.begins, 1)
    if way == "a PNS becomes PPPK":
        who, profile, nip, dated = KETUT, story.ketut, "197812052025211001", f"{start:%d-%m-%Y}"
    else:
        story.dates_the_contract()
        who, profile, nip, dated = MARIA, story.maria, "199604242026032008", ""
    before = profile.years()
    person, history = profile.person, profile.facts()
    becomes(story, who, nip, dated)
    assert (profile.nip, profile.person) == (nip, person)
    assert profile.years() != before
    assert profile.years().by_contract is (who is KETUT)
    assert set(history) <= set(profile.facts()), "the number is new, the history is theirs"
    view = story.homes.evidence(0) if who is MARIA else None
    assert view is None or (view.jp.span, view.jp.target) == (None, 2000)
    entry = next(one for one in Desk(story.desk).people() if one.person == person)
    assert years_for(jp_table_of(story.pc.store), entry.nips) == profile.years(), (
        "the desk counts as the PC does"
    )
