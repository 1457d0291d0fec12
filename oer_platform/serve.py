"""`make run`: prepares this machine's installation, then serves the site and works off its tasks.

One process watches over three things: gunicorn, the task worker, and what falls due every minute. When
one of them ends, or on Ctrl-C, all of them end.
"""

import argparse
import ctypes.util
import gc
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import django
from django.conf import settings
from django.core.management import CommandError, call_command

SCHEDULE_SECONDS = 60
REPAIR_EVERY = 10
STOP_SECONDS = 15
# What a wheel cannot bring: the library, what it is for, and how to get it.
SYSTEM_LIBRARIES = {
    "magic": ("libmagic", "recognises uploaded files more exactly", "apt-get install libmagic1"),
    "pangoft2-1.0": ("Pango", "makes PDF files of resources", "apt-get install libpango-1.0-0 libpangoft2-1.0-0"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oer_platform.settings.dev")
    if not is_free(options.port):
        say(f"Port {options.port} is in use. Choose another one: make run PORT={options.port + 1}")
        return 1
    os.environ.setdefault("OER_BASE_URL", f"http://127.0.0.1:{options.port}")
    django.setup()
    prepare()
    return serve(options.port, options.workers)


def say(text: str) -> None:
    print(text, flush=True)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def prepare() -> None:
    """Bring database, texts, static files and first content up to date; nothing that is there is touched."""
    from home.demo.media import made_ahead
    from home.demo.works import read_works

    for name, (library, purpose, command) in SYSTEM_LIBRARIES.items():
        if ctypes.util.find_library(name) is None:
            say(f"Not found: {library}, which {purpose}. All else works without it. To get it: {command}")
    started = time.monotonic()
    marker = settings.DATA_DIR / "demonstration-loaded"
    if marker.exists():
        bring_up_to_date()
    else:
        # Pictures and worksheets need no database, so another process makes them meanwhile.
        with made_ahead(read_works()):
            bring_up_to_date()
            say("Setting up the site and its demonstration content …")
            call_command("setup_site", verbosity=0)
            call_command("create_demo_accounts", verbosity=0)
            call_command("load_demo", verbosity=0)
        marker.touch()
    try:
        call_command("search_check", repair=True, stdout=io.StringIO())
    except CommandError as error:
        say(f"Search will be put right later: {error}")
    say(f"Ready after {time.monotonic() - started:.0f} s.")


def bring_up_to_date() -> None:
    """Texts, static files and the database's tables."""
    subprocess.run([sys.executable, "-m", "oer_platform.messages", "compile"], check=True)
    # Collecting static files needs no database, so it goes on beside the migrations.
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    with subprocess.Popen(collect) as collecting, rare_collections():
        call_command("migrate", verbosity=0, interactive=False)
    if collecting.returncode:
        raise subprocess.CalledProcessError(collecting.returncode, collect)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Migrations make so many classes that a sixth of their time would go into looking which are garbage."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 1000)
    yield
    gc.set_threshold(*usual)


def serve(port: int, workers: int) -> int:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    gunicorn = [
        sys.executable, "-m", "gunicorn", "oer_platform.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--config", "python:oer_platform.gunicorn", "--workers", str(workers), "--threads", "4",
        "--no-control-socket", "--log-level", "warning",
        "--max-requests", "5000", "--max-requests-jitter", "500", "--graceful-timeout", "10",
    ]  # fmt: skip
    worker = [sys.executable, "manage.py", "db_worker", "--interval", "1"]
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    # Sessions of their own: Ctrl-C reaches only this process, which then ends them in order.
    children = [subprocess.Popen(command, env=environment, start_new_session=True) for command in (gunicorn, worker)]
    try:
        greet(port)
        threading.Thread(target=keep_schedule, args=(stopping,), daemon=True).start()
        while not stopping.wait(0.5):
            ended = [child for child in children if child.poll() is not None]
            if ended:
                say(f"{ended[0].args[2]} ended by itself with code {ended[0].returncode}; stopping.")
                return 1
        return 0
    finally:
        stopping.set()
        stop(children)


def greet(port: int) -> None:
    say(f"\nThe site:  http://127.0.0.1:{port}/\nThe admin: http://127.0.0.1:{port}/admin/\n")
    call_command("show_demo_accounts")
    say("\nCtrl-C ends it. `make accounts` prints the accounts again, `make reset` starts over.")


def keep_schedule(stopping: threading.Event) -> None:
    """Publish and expire what is due, send mails that failed; now and then compare the catalog with the pages,
    delete personal data past their date, have files read again that need it, and add up downloads and searches."""
    turn = 0
    while not stopping.wait(SCHEDULE_SECONDS):
        turn += 1
        try:
            call_command("publish_scheduled", verbosity=0)
            call_command("send_registration_mails", verbosity=0)
            if turn % REPAIR_EVERY == 0:
                call_command("check_catalog", repair=True, stdout=io.StringIO())
                call_command("delete_expired_registrations", verbosity=0)
                call_command("read_files_again", later=True)
                call_command("count_downloads", stdout=io.StringIO())
                call_command("close_search_days", stdout=io.StringIO())
            # Last: a search server that is away keeps nothing else from being done.
            call_command("send_search_changes", verbosity=0)
            if turn % REPAIR_EVERY == 0:
                call_command("search_check", repair=True, stdout=io.StringIO())
        except Exception as error:
            say(f"The minutely tasks failed and will be tried again: {error}")


def stop(children: list[subprocess.Popen]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
