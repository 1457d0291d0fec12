"""Runs inside a child process: answers requests of its parent and says what they cost.

Started with "bare", "wagtail" or "platform"; reads JSON lines {"path", "count"} and writes {"cpu", "status", "rss"}:
CPU seconds of all requests together, the last status, peak memory of the process in KiB.
"""

import io
import json
import resource
import sys
import time


def environ(address: str) -> dict:
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT_LANGUAGE": "en",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }


def main() -> None:
    if sys.argv[1] == "bare":
        from .bare import make_application

        application = make_application()
    elif sys.argv[1] == "wagtail":
        from .empty_wagtail import application
    else:
        from oer_platform.wsgi import application
    statuses: list[str] = []
    for line in sys.stdin:
        order = json.loads(line)
        started = time.process_time()
        for _ in range(order["count"]):
            response = application(environ(order["path"]), lambda status, headers, exc=None: statuses.append(status))
            for _chunk in response:
                pass
            response.close()
        cpu = time.process_time() - started
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps({"cpu": cpu, "status": statuses[-1], "rss": rss}), flush=True)
        statuses.clear()


if __name__ == "__main__":
    main()
