"""A bucket for each address: full at first, empty after much use, and full again with time."""

from sync.server.rates import ADDRESSES, CAPACITY, REFILL, Rates


class Time:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def test_what_was_used_comes_back_with_time_and_never_more():
    time = Time()
    rates = Rates(time)
    rates.charge("10.0.0.1", CAPACITY)
    assert rates.wait("10.0.0.1") == 0
    rates.charge("10.0.0.1", REFILL * 30)
    assert rates.wait("10.0.0.1") == 30
    time.now += 30
    assert rates.wait("10.0.0.1") == 0
    time.now += 1e9
    rates.charge("10.0.0.1", CAPACITY + REFILL)
    assert rates.wait("10.0.0.1") == 1


def test_an_address_pays_for_itself_and_its_network_and_for_no_other():
    rates = Rates(Time())
    rates.charge("10.0.0.1", CAPACITY * 2)
    assert rates.wait("10.0.0.2") == 0
    rates.charge("2001:db8::1", CAPACITY * 2)
    assert rates.wait("2001:db8::ffff:1") > 0, "whoever has one address of a /64 has them all"
    assert rates.wait("2001:db8:0:1::1") == 0


def test_the_memory_for_addresses_ends_somewhere():
    rates = Rates(Time())
    rates.charge("10.0.0.1", CAPACITY * 2)
    for number in range(ADDRESSES):
        rates.charge(f"name-{number}", 1)
    assert rates.wait("10.0.0.1") == 0
    assert len(rates._left) == ADDRESSES
