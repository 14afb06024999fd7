"""nginx with one worker, which every response of lunauth is measured beside."""

import os
import pathlib

from harness import procfs
from harness.process import Failure
from harness.server import Server


def command_line(directory: pathlib.Path, http: str, access_log: str = "off") -> list[object]:
    """Writes a configuration with these lines in its http block; the command line."""
    paths = "".join(f"{kind}_temp_path {directory}/{kind};\n" for kind in
                    ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "" if os.geteuid() else "user root;\n"
    (directory / "nginx.conf").write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {directory}/pid;\nerror_log stderr;\n"
        f"events {{ worker_connections 4096; }}\nhttp {{\n{paths}access_log {access_log};\n"
        "server_tokens off;\nkeepalive_requests 1000000000;\nkeepalive_timeout 300s;\n"
        f"{http}\n}}\n")
    return ["nginx", "-p", directory, "-c", "nginx.conf", "-e", "stderr"]


class Nginx(Server):
    """Sends the same bytes in response to everything."""

    def __init__(self, directory: pathlib.Path, body: str, fields: dict[str, str],
                 is_logging: bool = False) -> None:
        self.body, self.fields, self.is_logging = body, fields, is_logging
        super().__init__(directory)

    def command(self) -> list[object]:
        fields = "".join(f"add_header {name} '{value}';\n" for name, value in self.fields.items())
        return command_line(
            self.directory,
            f"server {{\nlisten 127.0.0.1:{self.port};\ndefault_type application/json;\n{fields}"
            f"location / {{ return 200 '{self.body}'; }}\n}}",
            f"{self.directory}/access.log" if self.is_logging else "off")

    @property
    def pid(self) -> int:
        """The one worker; its parent only waits."""
        children = procfs.children(self.process.pid)
        if len(children) != 1:
            raise Failure(f"nginx has {len(children)} workers")
        return children[0]
