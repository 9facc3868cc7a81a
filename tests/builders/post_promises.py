"""What the centre promises to carriers, each as one story for a right centre and for a faulty one."""

from sync.server.commands import main
from sync.server.home import Home
from tests.builders.centre import BUDI, CentreProcess, Line, Office
from tests.builders.post import Machine, carries, names, shipment


def lists_only_what_need_not_come_again(office: Office, line: Line, _: Home) -> None:
    machine = Machine(office)
    stranger = machine.seat()
    stranger.reads(3)
    machine.puts(stranger.segment())
    assert carries(office, line, machine.gives()[0]).stored == set()


def acknowledges_carried_work_without_a_gap(office: Office, line: Line, _: Home) -> None:
    machine = Machine(office)
    budi = machine.seat(BUDI)
    budi.reads(9)
    machine.puts(budi.segment(1, 4), budi.segment(7, 10))
    machine.finds(carries(office, line, machine.gives()[0]))
    assert budi.acked == 4


def answers_a_revoked_key_with_nothing(office: Office, line: Line, home: Home) -> None:
    machine = Machine(office)
    budi = machine.seat(BUDI)
    machine.puts(budi.segment())
    machine.finds(carries(office, line, machine.gives()[0]))
    assert main(["key", "revoke", budi.signing.public.hex(), "--data", str(home.folder)]) == 0
    budi.cursors = {}
    (found,) = machine.finds(carries(office, line, machine.gives()[0]))
    assert found.letters == ()


def takes_work_that_comes_before_its_writer_is_introduced(office: Office, line: Line, _: Home) -> None:
    machine = Machine(office)
    budi = machine.seat(BUDI)
    budi.reads(2)
    machine.puts(budi.segment(2, 3), budi.segment(1, 1))
    parts = machine.gives_apart()
    assert carries(office, line, shipment(office, parts)).stored == names(parts)


def lists_only_what_a_power_cut_leaves(office: Office, line: Line, home: Home, centre: CentreProcess) -> None:
    """Told to a centre that is killed in the end."""
    machine = Machine(office)
    budi = machine.seat(BUDI)
    budi.reads(3)
    machine.puts(budi.segment())
    parts = machine.gives()
    assert carries(office, line, parts[0]).stored == names(parts)
    centre.kill()
    machine.outbox.clear()
    machine.puts(budi.segment(1, 1))
    with CentreProcess(home) as again, Line(again.port) as anew:
        machine.finds(carries(office, anew, machine.gives()[0]))
    assert budi.acked == 4
