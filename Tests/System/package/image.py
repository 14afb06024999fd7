"""The image: its layout, its content, and its programs in a chroot; the files that use it."""

import gzip
import hashlib
import io
import json
import pathlib
import subprocess
import tarfile

from harness.mail_server import MailServer
from harness.accounts import PASSWORD
from harness.paths import ROOT
from harness.ports import free_port
from harness.process import Process, wait_for
from harness.site import Site
from harness.topic import Context
from package import debs

PYTHON = ROOT / ".build/package/bin"
EXAMPLES = ROOT / "packaging/oci"
# The example of Authelia's documentation.
AUTHELIA = """users:
  ada:
    displayname: Ada
    password: "$argon2id$v=19$m=65536,t=3,p=4$BpLnfgDsc2WD8F2q$o/vzA4myCqZZ36bUGsDY//8mKUYNZZaR0t4MFFSs+iM"
    email: ada@example.org
"""


def run_image(context: Context) -> None:
    """Built twice, unpacked, and run as a container engine would."""
    deb = debs.now(context.directory.parent)
    layouts = [context.directory / name for name in ("one", "two")]
    printed = [subprocess.run(
        [ROOT / "packaging/oci/build", deb, layout, context.directory / "debian.tar"],
        stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT).stdout for layout in layouts]
    context.note(printed[0].strip().replace(f"{layouts[0]}: ", "the image has "))
    contents = [{path.relative_to(layout): path.read_bytes() for path in layout.rglob("*")
                 if path.is_file()} for layout in layouts]
    context.check("two images of one package are equal byte by byte", contents[0] == contents[1])
    check_bill(layouts[0].with_suffix(".spdx.json"), context)
    configuration, layer = check_layout(layouts[0], context)
    root = context.directory / "root"
    with tarfile.open(fileobj=io.BytesIO(layer)) as archive:
        names = archive.getnames()
        archive.extractall(root, numeric_owner=True, filter="fully_trusted")
    odd = [path for path in root.rglob("*") if not path.is_symlink()
           and path.stat().st_mode & 0o6002 and path.name != "tmp"]
    context.check("no file is setuid or writable for all", not odd, odd)
    shells = [name for name in names if name.endswith(("/sh", "/bash", "/busybox", "/dpkg"))]
    context.check("the image has no shell and no package manager", not shells, shells)
    run_container(root, configuration, context)


def check_layout(layout: pathlib.Path, context: Context) -> tuple[dict, bytes]:
    """Follows the digests from the index to the layer; the configuration and the layer, unpacked."""
    def blob(descriptor: dict) -> bytes:
        content = (layout / "blobs/sha256" / descriptor["digest"].removeprefix("sha256:")).read_bytes()
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        context.check(f"the digest and size of a {descriptor['mediaType']} are right",
                      (digest, len(content)) == (descriptor["digest"], descriptor["size"]), descriptor)
        return content

    version = json.loads((layout / "oci-layout").read_text())
    context.check("the layout has its version", version == {"imageLayoutVersion": "1.0.0"}, version)
    index = json.loads((layout / "index.json").read_text())
    manifest = json.loads(blob(index["manifests"][0]))
    configuration = json.loads(blob(manifest["config"]))
    context.check("the image has one layer", len(manifest["layers"]) == 1, manifest)
    layer = gzip.decompress(blob(manifest["layers"][0]))
    digest = f"sha256:{hashlib.sha256(layer).hexdigest()}"
    context.check("the configuration names the layer", configuration["rootfs"]["diff_ids"] == [digest])
    return configuration["config"], layer


def run_container(root: pathlib.Path, configuration: dict, context: Context) -> None:
    """The daemon in a chroot with /proc and /dev, as its user, and its health check."""
    user = configuration["User"]
    port, admin = free_port(), free_port()
    with MailServer() as mails:
        settings = {
            "LUNAUTH_LISTEN": f"127.0.0.1:{port}", "LUNAUTH_ADMIN_LISTEN": f"127.0.0.1:{admin}",
            "LUNAUTH_SETUP_CODE": "a code for this test", "LUNAUTH_MAIL_TRANSPORT": "smtp",
            "LUNAUTH_MAIL_FROM": "noreply@example.org", "LUNAUTH_MAIL_SMTP_HOST": "127.0.0.1",
            "LUNAUTH_MAIL_SMTP_PORT": str(mails.port), "LUNAUTH_MAIL_SMTP_SECURITY": "none"}
        inside = [*configuration["Env"], *(f"{name}={value}" for name, value in settings.items())]
        for name in "proc", "dev":
            (root / name).mkdir()
        enter = [ROOT / "Tests/System/package/enter", root, user, configuration["WorkingDir"]]
        entry = configuration["Entrypoint"]
        daemon = Process([*enter, *inside, *entry, *configuration["Cmd"]], context.directory / "log")

        def run(*words: str) -> tuple[int, str]:
            done = subprocess.run([*map(str, enter), *inside, *words], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, check=False, timeout=60)
            return done.returncode, done.stdout

        site = Site(port)
        context.check("the daemon listens", wait_for(
            lambda: "listening on" in daemon.text, 20, process=daemon), daemon.text)
        health = configuration["Healthcheck"]["Test"][1:]
        context.check("the health check of a running server passes", run(*health)[0] == 0, run(*health))
        done = site.request("POST", "/auth/setup", {
            "username": "owner", "email": "owner@example.org", "password": PASSWORD},
            [("X-Setup-Code", "a code for this test")])
        context.check("it is set up", done.status == 201, done)
        done = run(*entry, "mail", "test", "ada@example.org")
        context.check("its mailer sends", done[0] == 0 and mails.mails, (done, daemon.text[-500:]))
        mails.shutdown()
        done = run("LUNAUTH_DATABASE=postgres://lunauth@127.0.0.1:1/lunauth", *entry, "check")
        context.check("it has the library of PostgreSQL", "refused" in done[1], done)
        (root / "tmp/users.yml").write_text(AUTHELIA)
        done = run(*entry, "import", "--from", "authelia", "--dry-run", "/tmp/users.yml")
        context.check("it has the library of YAML", done[0] == 0, done)
    owners = {path.stat().st_uid for path in (root / "var/lib/lunauth").iterdir()}
    context.check("the data belong to its user", owners == {int(user.split(":")[0])}, owners)
    context.check("it drains and exits with 0", daemon.stop(20) == 0, daemon.text[-500:])
    context.check("the health check of no server fails", run(*health)[0] == 69, run(*health))


def run_examples(context: Context) -> None:
    """Compose and Kubernetes files by their schemas, and the image that they name by its user."""
    for name, command in (
            ("compose.yaml", ["check-jsonschema", "--no-cache", "--builtin-schema", "vendor.compose-spec"]),
            ("kubernetes.yaml", ["kubernetes-validate", "--strict"])):
        done = subprocess.run([PYTHON / command[0], *command[1:], EXAMPLES / name], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        context.check(f"{name} fits its schema", done.returncode == 0, done.stdout)
    deb = debs.version(debs.now(context.directory.parent))
    kubernetes = (EXAMPLES / "kubernetes.yaml").read_text()
    context.check("the Kubernetes example names this version", f"lunauth:{deb}\n" in kubernetes, deb)


def run_dist(context: Context) -> None:
    """The source archive: the same twice, with its checksum, and its bill of materials."""
    directories = [context.directory / name for name in ("one", "two")]
    for directory in directories:
        subprocess.run([ROOT / "packaging/dist", directory], stdout=subprocess.DEVNULL, check=True)
    files = [{path.name: path.read_bytes() for path in directory.iterdir()} for directory in directories]
    context.check("two archives of one commit are equal byte by byte", files[0] == files[1])
    done = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=directories[0],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    context.check("the checksums are right", done.returncode == 0, done.stdout)
    archive = next(directories[0].glob("*.tar.gz"))
    with tarfile.open(archive) as opened:
        names = {name.split("/", 1)[-1] for name in opened.getnames()}
    tracked = set(subprocess.run(["git", "ls-tree", "-r", "--name-only", "HEAD"], text=True, cwd=ROOT,
                                 stdout=subprocess.PIPE, check=True).stdout.splitlines())
    context.check("the archive has every file of the commit", tracked <= names, tracked - names)
    check_bill(next(directories[0].glob("*.spdx.json")), context)


def check_bill(file: pathlib.Path, context: Context) -> None:
    """A bill of materials by the validator of the SPDX project."""
    done = subprocess.run([PYTHON / "pyspdxtools", "-i", file], text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    packages = json.loads(file.read_text())["packages"]
    context.check(f"{file.name} is valid SPDX", done.returncode == 0 and len(packages) > 5,
                  done.stdout[-600:])
