"""The mailer under the network rules of the unit."""

import pathlib

import system
from harness.mail_server import MailServer
from report import Report

# For documentation (RFC 5737); on this machine, but not loopback.
ADDRESS = "192.0.2.25"
DROP_IN = pathlib.Path("/etc/systemd/system/lunauth.service.d/mail.conf")


def under_network_rules(report: Report) -> None:
    """Loopback is reached, another address only where the operator allows it."""
    system.run("ip", "address", "add", f"{ADDRESS}/32", "dev", "lo")
    with MailServer() as near, MailServer(ADDRESS) as far:
        use("localhost", near.port, "none")
        done = send()
        report.check("a mail to a server on this machine is sent", done.status == 0
                     and near.mails == 1, (done, system.journal()[-500:]))
        if system.filters_addresses(ADDRESS, far.port):
            use(ADDRESS, far.port, "starttls")
            done = send()
            report.check("another address is not reached", done.status != 0 and not far.clients,
                         (done, far.clients))
        else:
            report.skip("the kernel of this container lets systemd filter no addresses")
        far.clients = 0
        DROP_IN.parent.mkdir()
        DROP_IN.write_text(f"[Service]\nIPAddressAllow={ADDRESS}\n")
        system.run("systemctl", "daemon-reload")
        use(ADDRESS, far.port, "starttls")
        done = send()
        # It speaks no TLS: to be reached is all that is asked here.
        report.check("an address of IPAddressAllow is reached", far.clients, done)
        near.shutdown()
        far.shutdown()
    DROP_IN.unlink()
    DROP_IN.parent.rmdir()
    system.run("systemctl", "daemon-reload")
    system.configure()
    system.run("systemctl", "restart", "lunauth")


def use(host: str, port: int, security: str) -> None:
    """Lets the daemon send by a server."""
    system.configure(mail={"transport": "smtp", "from": "noreply@example.org", "timeoutSeconds": 5,
                           "smtp": {"host": host, "port": port, "security": security}})
    system.run("systemctl", "restart", "lunauth")


def send() -> system.Done:
    """A test mail through the running daemon."""
    return system.run("lunauth", "mail", "test", "ada@example.org")
