"""An import that is killed in the middle is resumed by running it again."""

import sqlite3
import subprocess

from harness.process import Failure, wait_for
from harness.topic import Context
from moves.lines import email, write
from moves.scene import Scene
from moves.systems import counts

COUNT = 6_000


def run(context: Context) -> None:
    """Kills two imports, and runs a third one to its end, beside a running server."""
    scene = Scene(context)
    file = context.directory / "accounts"
    write(file, COUNT)
    before = 0
    for part in (0.2, 0.6):
        kill_at(scene, file, int(COUNT * part))
        present = stored(scene)
        scene.check("a killed import leaves whole batches", present % 100 == 0
                    and before < present < COUNT, present)
        scene.check("of which the server knows", scene.log_in(email(present - 1)).status == 200)
        before = present
    done = scene.move(file)
    scene.check("the import that is run again adds the rest", counts(done.stderr) == (
        COUNT - before, 0, before, 0), done.stderr)
    scene.check("no account is there twice", stored(scene) == COUNT, stored(scene))
    same = scene.move(file, "--verify")
    scene.check("all of them are as the file says", counts(same.stderr) == (0, 0, COUNT, 0),
                same.stderr)
    scene.check("the last one signs in", scene.log_in(email(COUNT - 1)).status == 200)


def kill_at(scene: Scene, file: object, count: int) -> None:
    """Kills an import once so many accounts are stored."""
    process = subprocess.Popen(
        [scene.daemon.binary, "import", str(file)], env=scene.daemon.environment(),
        cwd=scene.daemon.directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if not wait_for(lambda: stored(scene) >= count or process.poll() is not None, 60, 0.005):
            raise Failure(f"an import stores {stored(scene)} accounts in a minute")
    finally:
        process.kill()
        process.wait()


def stored(scene: Scene) -> int:
    """The accounts in the database, without the owner."""
    base = sqlite3.connect(scene.daemon.data / "lunauth.db", timeout=10)
    try:
        return base.execute("SELECT count(*) - 1 FROM accounts").fetchone()[0]
    finally:
        base.close()
