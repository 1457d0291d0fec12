"""Memory of a worker after 1,000 requests, as `make run` starts it, as a multiple of bare Django's behind gunicorn."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from oer_platform.messages import compile_all

from .site import ROOT, import_editions, manage, site_environment

REQUESTS = 1_000
WORKERS = 2
PATHS = ("/en/", "/en/blueprints/", "/en/search/?q=network", "/en/blueprints/networking-dinners/", "/ar/")


def main() -> None:
    compile_all()
    with site_environment() as environment:
        manage(environment, "load_demo", "-v0")
        import_editions(environment, 500)
        bare = measured("benchmarks.bare:make_application()", dict(os.environ), ("/",))
        own = measured("oer_platform.wsgi:application", environment, PATHS, "--config", "python:oer_platform.gunicorn")
    print(f"Memory of a worker after {REQUESTS} requests, MiB")
    for name, what in (("Rss", "resident, with what workers share"), ("Pss", "its share")):
        figures = f"bare Django {bare[name]:.0f}, platform {own[name]:.0f}"
        print(f"  {what}: {figures}: {own[name] / bare[name]:.2f} x (goal 2.5)")


def measured(application: str, environment: dict[str, str], paths: tuple[str, ...], *options: str) -> dict[str, float]:
    """Rss and Pss of one of two workers, in MiB, as Linux tells them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    gunicorn = [sys.executable, "-m", "gunicorn", application, "--bind", address, "--workers", str(WORKERS)]
    server = subprocess.Popen(
        [*gunicorn, "--threads", "4", "--no-control-socket", "--log-level", "error", *options],
        cwd=ROOT,
        env=environment,
    )
    try:
        wait_for(address)
        for number in range(REQUESTS * WORKERS):
            read(f"http://{address}{paths[number % len(paths)]}")
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        figures = [memory_of(child) for child in children]
        return {name: sum(figure[name] for figure in figures) / len(figures) for name in ("Rss", "Pss")}
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    for _ in range(120):
        try:
            read(f"http://{address}/")
            return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("The server did not start.")


def read(address: str) -> None:
    with urllib.request.urlopen(address, timeout=30) as answer:
        answer.read()


def memory_of(process: str) -> dict[str, float]:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
