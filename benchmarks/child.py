"""The parent's side of `benchmarks.measured`."""

import json
import subprocess
import sys

from .site import ROOT


class Child:
    def __init__(self, kind: str, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.measured", kind],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, path: str, count: int) -> dict:
        self.process.stdin.write(json.dumps({"path": path, "count": count}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if not answer["status"].startswith("200"):
            raise RuntimeError(f"{path} answered {answer['status']}")
        return answer

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()
