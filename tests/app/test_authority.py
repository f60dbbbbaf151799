"""The certificates of the home computer, and the places it may be served at."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from unknot.app.phones import place
from unknot.app.phones.authority import (
    Address,
    Files,
    NotCoveredError,
    fingerprint,
    forget_authority,
    keep_certificates,
)
from unknot.app.phones.place import PlaceError, find_place

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAMES = ("unknot.test", "kitchen.local", "kitchen")
ADDRESSES = (Address("192.168.1.5"),)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "lan")


def _keep(files: Files, now: datetime = NOW, names: Sequence[str] = NAMES) -> bool:
    return keep_certificates(files, names, ADDRESSES, now)


def _leaf(files: Files) -> x509.Certificate:
    return x509.load_pem_x509_certificate(files.leaf.read_bytes())


def test_a_verifier_that_trusts_the_authority_trusts_the_computer_under_each_of_its_names(files: Files) -> None:
    _keep(files)
    store = Store([x509.load_pem_x509_certificate(files.authority.read_bytes())])
    for name in (*map(x509.DNSName, NAMES), *map(x509.IPAddress, ADDRESSES)):
        PolicyBuilder().store(store).time(NOW).build_server_verifier(name).verify(_leaf(files), [])
    with pytest.raises(VerificationError):
        other = PolicyBuilder().store(store).time(NOW).build_server_verifier(x509.DNSName("bank.example"))
        other.verify(_leaf(files), [])


def test_the_certificate_keeps_to_the_limits_of_phones(files: Files) -> None:
    _keep(files)
    leaf = _leaf(files)
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=398)
    usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]


def test_the_authority_vouches_for_home_names_and_private_addresses_only(files: Files) -> None:
    _keep(files)
    for names, addresses in ((["bank.example"], ADDRESSES), (NAMES, [Address("93.184.216.34")])):
        with pytest.raises(NotCoveredError):
            keep_certificates(files, names, addresses, NOW)
    assert keep_certificates(files, ["other.local"], [Address("10.1.2.3")], NOW)


def test_the_certificate_is_renewed_two_months_before_its_end_and_the_authority_stays(files: Files) -> None:
    assert _keep(files)
    mark = fingerprint(files)
    assert not _keep(files, NOW + timedelta(days=336))
    assert _keep(files, NOW + timedelta(days=338))
    assert fingerprint(files) == mark


def test_another_authority_is_made_only_when_asked_for(files: Files) -> None:
    _keep(files)
    mark = fingerprint(files)
    forget_authority(files)
    _keep(files)
    assert fingerprint(files) != mark


def test_keys_can_be_read_by_their_owner_only(files: Files) -> None:
    _keep(files)
    kept = {path: stat.S_IMODE(path.stat().st_mode) for path in files.folder.iterdir()}
    assert len(kept) == 4
    assert set(kept.values()) == {0o600}
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700


def test_what_the_person_names_comes_first_and_one_address_alone_is_listened_on() -> None:
    found = find_place(["Kitchen.Local", "192.168.1.5"])
    assert (found.hosts[0], found.listen, found.addresses) == ("kitchen.local", "192.168.1.5", ADDRESSES)


@pytest.mark.parametrize("host", ["93.184.216.34", "0.0.0.0", "224.0.0.1", "no name", "-x", "1.2.3", "a" * 64])
def test_addresses_of_the_internet_and_what_is_no_name_are_refused(host: str) -> None:
    with pytest.raises(PlaceError):
        find_place([host])


def test_a_computer_in_no_network_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "own_addresses", list)
    with pytest.raises(PlaceError, match="no home network"):
        find_place([])
