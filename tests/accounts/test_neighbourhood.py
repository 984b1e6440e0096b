"""Whose failures an address stands for."""

import pytest

from wiki.accounts.rules import CROWD, neighbourhood


@pytest.mark.parametrize(
    ("address", "place", "crowd"),
    [
        ("203.0.113.7", "203.0.113.7", 1),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", 1),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64", 1),
        ("127.0.0.1", "127.0.0.1", CROWD),
        ("192.168.0.9", "192.168.0.9", CROWD),
        ("::1", "::/64", CROWD),
        ("", "", CROWD),
        ("a socket", "a socket", CROWD),
    ],
)
def test_one_household_counts_as_one_and_a_shared_address_as_many(
    address: str, place: str, crowd: int
) -> None:
    assert neighbourhood(address) == (place, crowd)
