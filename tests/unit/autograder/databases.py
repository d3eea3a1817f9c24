"""A PostgreSQL server for the tests, where its binaries are at hand: a socket in its own folder, no network."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 20  # seconds until the server must be up
PLACES = os.pathsep.join([os.environ.get("PATH", ""), *map(str, Path("/usr/lib/postgresql").glob("*/bin"))])


@contextmanager
def postgres() -> Iterator[Path]:
    """The folder of a running server's socket. Skips the test where the binaries or the driver are not installed."""
    driver = pytest.importorskip("psycopg2", reason="psycopg2 is not installed: pip install 'fieldmark[postgres]'")
    found = [shutil.which(name, path=PLACES) for name in ("initdb", "postgres")]
    if None in found:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    initdb, server = map(str, found)
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a short path: that of a socket has 107 characters at most
    as_user: list[str] = []
    if os.geteuid() == 0:  # which the server refuses
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        as_user = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    data = folder / "data"
    make = [initdb, "-D", str(data), "--auth=trust", "--no-sync", "--username=course", "--encoding=UTF8", "--locale=C"]
    subprocess.run([*as_user, *make], check=True, cwd=folder, stdout=subprocess.DEVNULL)
    run = [server, "-D", str(data), "-k", str(folder), "-c", "listen_addresses=", "-F"]
    with (folder / "log").open("w") as log, subprocess.Popen([*as_user, *run], cwd=folder, stderr=log) as process:
        try:
            _wait(driver, folder)
            yield folder
        finally:
            process.terminate()
            process.wait()
            shutil.rmtree(folder)


def _wait(driver, folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            driver.connect(f"host={folder} user=course dbname=postgres").close()
            return
        except driver.OperationalError:
            if time.monotonic() > until:
                raise RuntimeError((folder / "log").read_text()) from None
            time.sleep(0.1)


def new_database(folder: Path, name: str) -> str:
    """The URL of an empty database."""
    import psycopg2

    connection = psycopg2.connect(f"host={folder} user=course dbname=postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    return f"postgresql+psycopg2://course@/{name}?host={folder}"
