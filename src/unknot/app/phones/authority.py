"""The household's own certificate authority, and the certificate of this computer that it signs.

A browser on a phone keeps the screen on, works offline and hides what is sent only over HTTPS (a secure context), and
nobody issues certificates for the addresses of a home network. So the program makes an authority of its own. Its key
lies beside the record, readable by its owner only. The authority is limited (RFC 5280, name constraints) to home names
and private addresses: it could not vouch for any site of the internet even if the key were stolen.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from unknot.app.home import data_home

AUTHORITY_LIFE = timedelta(days=3650)
LEAF_LIFE = timedelta(days=397)  # with the day below 398, the longest that Apple's systems take from any server
CLOCK_SKEW = timedelta(days=1)  # a phone's clock may be behind
RENEW_BEFORE = timedelta(days=60)

HOME_NAMES = ("local", "home.arpa", "lan", "internal")
"""Endings that no site of the internet can have (RFC 6762, RFC 8375, reserved by ICANN, and, by use, "lan")."""
PRIVATE_NETWORKS = tuple(
    map(
        ipaddress.ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8"),
    )
)

Address = ipaddress.IPv4Address


@dataclass(frozen=True, slots=True)
class Files:
    """Where the keys and certificates lie."""

    folder: Path

    @property
    def authority(self) -> Path:
        return self.folder / "authority.crt"

    @property
    def authority_key(self) -> Path:
        return self.folder / "authority.key"

    @property
    def leaf(self) -> Path:
        return self.folder / "server.crt"

    @property
    def leaf_key(self) -> Path:
        return self.folder / "server.key"


FILES = Files(data_home() / "lan")


class NotCoveredError(Exception):
    """The authority that the phones trust may not vouch for a name or address; ``name`` says for which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def keep_certificates(files: Files, names: Sequence[str], addresses: Sequence[Address], now: datetime) -> bool:
    """Make the authority if there is none, and this computer's certificate if it is missing, runs out within 60 days,
    or lacks a name. True when the certificate is new. Raises NotCoveredError."""
    files.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (files.authority.exists() and files.authority_key.exists()) or _ends(files.authority) < now + LEAF_LIFE:
        _make_authority(files, names, addresses, now)
    authority = _read(files.authority)
    for one in (*names, *addresses):
        if not covered(authority, one):
            raise NotCoveredError(str(one))
    if _good(files, authority, names, addresses, now):
        return False
    _make_leaf(files, authority, names, addresses, now)
    return True


def forget_authority(files: Files) -> None:
    """Remove the authority and what it signed; the next start makes another, which every phone has to trust anew."""
    for path in (files.authority_key, files.authority, files.leaf_key, files.leaf):
        path.unlink(missing_ok=True)


def fingerprint(files: Files) -> str:
    """SHA-256 of the authority's certificate, as phones show it."""
    digest = _read(files.authority).fingerprint(hashes.SHA256())
    return digest.hex(":").upper()


def download(files: Files) -> bytes:
    """The authority's certificate in the form that phones install (DER)."""
    return _read(files.authority).public_bytes(serialization.Encoding.DER)


def covered(authority: x509.Certificate, one: str | Address) -> bool:
    """Whether the authority may vouch for a name or an address."""
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    if isinstance(one, Address):
        return any(isinstance(tree, x509.IPAddress) and one in tree.value for tree in permitted)
    return any(
        isinstance(tree, x509.DNSName) and (one == tree.value or one.endswith("." + tree.value)) for tree in permitted
    )


def _good(
    files: Files, authority: x509.Certificate, names: Iterable[str], addresses: Iterable[Address], now: datetime
) -> bool:
    if not (files.leaf.exists() and files.leaf_key.exists()):
        return False
    leaf = _read(files.leaf)
    alternatives = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return (
        leaf.issuer == authority.subject
        and leaf.not_valid_before_utc <= now < leaf.not_valid_after_utc - RENEW_BEFORE
        and {*names} <= {*alternatives.get_values_for_type(x509.DNSName)}
        and {*addresses} <= {*alternatives.get_values_for_type(x509.IPAddress)}
    )


def _make_authority(files: Files, names: Iterable[str], addresses: Iterable[Address], now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    # The serial number in the name: two authorities of one household must not be taken for each other.
    serial = x509.random_serial_number()
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Unknot at home"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Unknot at home {serial % 16**6:06X}"),
        ]
    )
    # What the household has beyond the private ranges (a documentation network, say) is let in one by one.
    own = [ipaddress.ip_network(one) for one in addresses if not any(one in net for net in PRIVATE_NETWORKS)]
    endings = dict.fromkeys((*HOME_NAMES, *(one for one in names if not one.endswith(HOME_NAMES))))
    permitted = [*map(x509.DNSName, endings), *map(x509.IPAddress, (*PRIVATE_NETWORKS, *own))]
    certificate = (
        _builder(name, name, key, serial, now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(files.authority_key, _private(key))
    _write(files.authority, certificate.public_bytes(serialization.Encoding.PEM))


def _make_leaf(
    files: Files, authority: x509.Certificate, names: Sequence[str], addresses: Sequence[Address], now: datetime
) -> None:
    signer = serialization.load_pem_private_key(files.authority_key.read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, str([*names, *addresses][0])[:64])])
    alternatives = [*map(x509.DNSName, names), *map(x509.IPAddress, addresses)]
    certificate = (
        _builder(subject, authority.subject, key, x509.random_serial_number(), now, LEAF_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    _write(files.leaf_key, _private(key))
    _write(files.leaf, certificate.public_bytes(serialization.Encoding.PEM))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, serial: int, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(now - CLOCK_SKEW)
        .not_valid_after(now + life)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _ends(path: Path) -> datetime:
    return _read(path).not_valid_after_utc


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and for its owner only from the first byte."""
    part = path.with_suffix(path.suffix + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
