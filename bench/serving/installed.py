"""Other people's programs that the benches over HTTP need, put into a directory of their own.

Nothing is installed into the system: a package of Debian is only unpacked, so that no service
begins, and what PyPI has goes into a virtual environment."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"


class Skipped(Exception):
    """A rival that can't take part here, and why. Whoever catches it prints it."""


def run(what, *command, cwd=None):
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise Skipped(f"{what}: {' '.join(last) or 'exit code ' + str(done.returncode)}")


def debian_program(where, name, packages):
    """The path of a program of Debian and the environment that it needs to run."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found:
        return Path(found), {}
    root = Path(where) / "debian" / name
    if not root.exists():
        if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
            raise Skipped(f"{name} is not installed, and this is no Debian")
        packed = root.with_suffix(".packages")
        shutil.rmtree(packed, ignore_errors=True)
        packed.mkdir(parents=True)
        run(f"download of {name}", "apt-get", "-q", "download", *packages, cwd=packed)
        fresh = root.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        for package in packed.glob("*.deb"):
            run(f"unpacking {package.name}", "dpkg-deb", "-x", package, fresh)
        fresh.rename(root)
    for place in ("usr/bin", "usr/sbin"):
        if (root / place / name).exists():
            libraries = sorted(str(p) for p in root.glob("usr/lib/*-linux-gnu"))
            needs = {"LD_LIBRARY_PATH": ":".join(libraries)} if libraries else {}
            return root / place / name, needs
    raise Skipped(f"the packages {', '.join(packages)} have no {name}")


def nginx(where):
    return debian_program(where, "nginx", ("nginx",))


def wrk(where):
    return debian_program(where, "wrk", ("wrk", "libluajit-5.1-2"))


def python(where):
    """The interpreter of the environment that has requirements.txt, made if it is not there."""
    home = Path(where) / "python"
    kept = home / "requirements.txt"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if not kept.exists() or kept.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(home, ignore_errors=True)
        run("making an environment for Python", sys.executable, "-m", "venv", home)
        run("installing the rivals over TAXII", home / "bin/pip", "install", "--quiet",
            "--no-deps", "--disable-pip-version-check", "-r", REQUIREMENTS)
        kept.write_text(wanted, encoding="utf-8")
    return home / "bin/python3"


def place_of_rivals(comity):
    """COMITY_BENCH_RIVALS, or beside the program's own directory."""
    given = os.environ.get("COMITY_BENCH_RIVALS")
    return Path(given) if given else Path(comity).resolve().parent.parent / "rivals"
