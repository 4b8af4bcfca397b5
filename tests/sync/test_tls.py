"""Somebody else at the other end of HTTPS is noticed before anything is sent."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from intake_app.errors import NotTheServer
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.trial_receiver import TrialReceiver
from tests.sync.helps import SHORT, row


def self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "portal")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "portal.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file


class QuietServer(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """The handshake that fails is what the test wants."""


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    with QuietServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_certificate_that_nobody_vouches_for_is_not_the_server(portal: int):
    with (
        OpenRosaServer(f"https://127.0.0.1:{portal}/v1/projects/1", "a" * 64, timeouts=SHORT) as server,
        pytest.raises(NotTheServer),
    ):
        server.submit(row("a"))


def test_a_server_that_speaks_no_tls_is_not_the_server(receiver: TrialReceiver):
    with (
        OpenRosaServer(f"https://127.0.0.1:{receiver.port}/v1/projects/1", receiver.token, timeouts=SHORT) as server,
        pytest.raises(NotTheServer),
    ):
        server.submit(row("a"))
    assert receiver.received == ()
