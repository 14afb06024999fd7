"""A mail server that accepts every mail."""

import socketserver
import threading


class MailServer(socketserver.ThreadingTCPServer):
    """Counts its clients, and the mails it gets by SMTP (RFC 5321)."""

    daemon_threads = True

    class Handler(socketserver.StreamRequestHandler):
        """One client."""

        def handle(self) -> None:
            self.server.clients += 1
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    while (line := self.rfile.readline()) not in (b".\r\n", b""):
                        pass
                    self.server.mails += 1
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
                if word == b"QUIT":
                    return

    def __init__(self, address: str = "127.0.0.1") -> None:
        super().__init__((address, 0), self.Handler)
        self.mails = self.clients = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server_address[1]
