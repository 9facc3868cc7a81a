"""The link that benchmarks measure on does to packets what a bad link does, and counts each byte once."""

import contextlib
import random
import socket
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.link import Count, Lane, Link, Watch
from tests.benchmarks.link_proxy import LinkProxy
from tests.benchmarks.weak_link import WeakLink, can_join

PC, CENTRE = b"\x0a\x4d\x00\x02", b"\x0a\x4d\x00\x01"
SYN, ACK = 0x02, 0x10
LINKS = [
    pytest.param(
        WeakLink,
        id="namespaces",
        marks=pytest.mark.skipif(bool(can_join()), reason=f"no namespaces here: {can_join()}"),
    ),
    pytest.param(LinkProxy, id="proxy"),
]


class Still(random.Random):
    """Chance that loses no packet."""

    def random(self):
        return 0.999_999


def lane(**link):
    return Lane(Link(**link), Still())


def packet(number, payload=b"", *, up=True, port=5000, flags=ACK):
    """An IPv4 packet with TCP in it, as the kernel writes them."""
    source, target, ports = (PC, CENTRE, (port, 443)) if up else (CENTRE, PC, (443, port))
    tcp = struct.pack(">HHIIBBHHH", *ports, number, 0, 5 << 4, flags, 0, 0, 0) + payload
    head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0, source, target)
    return head + tcp


def test_a_packet_takes_the_way_and_the_time_its_bits_need():
    way = lane(delay=0.3, rate=64_000)
    way.feed(10.0, b"x" * 800)
    assert way.next() == pytest.approx(10.4)
    assert way.due(10.39) == []
    assert way.due(10.41) == [b"x" * 800]


def test_packets_queue_before_the_narrow_place_and_a_full_queue_drops_them():
    way = lane(rate=8_000, queue=2_000)
    for name in b"abc":
        way.feed(0.0, bytes([name]) * 1_000)
    assert [one[:1] for one in way.due(9.0)] == [b"a", b"b"], "the third found no room"


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(40, 1500)), max_size=60), st.integers(0, 2**32))
def test_packets_never_overtake_each_other_and_none_comes_early(sent, seed):
    link = Link(0.3, 64_000, 0.45, 0.05)
    way, now, order = Lane(link, random.Random(seed)), 0.0, []
    for name, (pause, size) in enumerate(sent):
        now += pause
        data = name.to_bytes(2, "big") + b"\0" * (size - 2)
        order.append((now + link.delay + size * 8 / link.rate, data))
        way.feed(now, data)
    arrived = []
    while (at := way.next()) is not None:
        arrived += [(at, one) for one in way.due(at)]
    places = [order.index(next(one for one in order if one[1] is data)) for _, data in arrived]
    assert places == sorted(places)
    assert all(at >= order[place][0] - 1e-9 for place, (at, _) in zip(places, arrived, strict=True))


def test_about_as_much_is_lost_as_was_said():
    way = Lane(Link(lost=0.05), random.Random(1))
    for _ in range(10_000):
        way.feed(0.0, b"x")
    assert 9_400 < len(way.due(1.0)) < 9_600


def test_payload_is_counted_once_and_what_comes_again_apart():
    watch = Watch()
    watch.passes(packet(99, flags=SYN), up=True)
    for number, data in ((100, b"a" * 50), (150, b"b" * 50), (150, b"b" * 50), (120, b"c" * 100)):
        assert watch.passes(packet(number, data), up=True)
    watch.passes(packet(7, b"answer", up=False), up=False)
    found = watch.count
    assert (found.up, found.down, found.again, found.connections) == (120, 6, 130, 1)
    assert found.wire == 6 * 40 + 256


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 1400), min_size=1, max_size=20), st.randoms())
def test_whatever_is_repeated_each_byte_counts_once_also_where_numbers_begin_anew(first, sizes, chance):
    watch, number, said = Watch(), (first + 1) % 2**32, []
    watch.passes(packet(first, flags=SYN), up=True)
    for size in sizes:
        said.append(packet(number, b"x" * size))
        watch.passes(said[-1], up=True)
        number = (number + size) % 2**32
        watch.passes(chance.choice(said), up=True)
    assert watch.count.up == sum(sizes)


def test_a_link_that_is_cut_in_mid_upload_passes_nothing_until_it_is_mended():
    watch = Watch()
    watch.cut_up_after(60)
    assert watch.passes(packet(1, b"a" * 50), up=True)
    assert not watch.passes(packet(51, b"b" * 50), up=True)
    assert not watch.passes(packet(1, up=False), up=False)
    watch.mend()
    assert not watch.passes(packet(51, b"b" * 50), up=True), "the router has forgotten this one"
    assert watch.passes(packet(9, flags=SYN, port=5001), up=True)
    assert watch.passes(packet(10, b"b" * 50, port=5001), up=True)


def test_what_is_no_tcp_does_not_pass():
    assert not Watch().passes(b"\x60" + b"\0" * 60, up=True)
    assert Watch().count == Count()


@contextlib.contextmanager
def over(link):
    """A connection over a link: the client's end and the server's."""
    listener, address = link.listen()
    host, port = address.split(":")
    near = link.run(lambda: socket.create_connection((host, int(port)), timeout=20))
    far, _ = listener.accept()
    far.settimeout(20)
    with listener, near, far:
        yield near, far


def received(end, count):
    data = b""
    while len(data) < count:
        piece = end.recv(65536)
        assert piece, f"only {len(data)} came"
        data += piece
    return data


@pytest.mark.parametrize("kind", LINKS)
def test_over_a_bad_link_everything_arrives_whole_and_is_counted(kind):
    text = random.Random(3).randbytes(40_000)
    with kind(Link(0.002, 8_000_000, 0.002, 0.03)) as link, over(link) as (near, far):
        near.sendall(text)
        assert received(far, len(text)) == text
        far.sendall(text[:500])
        assert received(near, 500) == text[:500]
        count = link.taken()
    assert (count.up, count.down, count.connections) == (40_000, 500, 1)


@pytest.mark.parametrize("kind", LINKS)
def test_over_a_cut_link_nothing_arrives_and_after_it_new_connections_do(kind):
    with kind() as link:
        with over(link) as (near, far):
            link.cut_up_after(0)
            with contextlib.suppress(OSError):
                near.sendall(b"lost")
            far.settimeout(0.1)
            with contextlib.suppress(OSError):
                assert far.recv(10) == b""
        link.mend()
        with over(link) as (near, far):
            near.sendall(b"after")
            assert received(far, 5) == b"after"
