"""What runs while engines are tried: each program in one folder, on free ports of loopback. All of it ends with the test."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PATIENCE_S = 40


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class World:
    """The programs by name, and the port of each that listens."""

    def __init__(self, folder, *listening):
        self.folder = Path(folder)
        self.running = {}
        self.ports = {name: free_port() for name in listening}

    def address(self, name):
        return f"127.0.0.1:{self.ports[name]}"

    def start(self, name, *command):
        log = open(self.folder / f"{name}.log", "ab")
        environment = {**os.environ, "LAB_KEY": "lab-key"}
        self.running[name] = subprocess.Popen(
            [str(part) for part in command], cwd=self.folder, stdout=log, stderr=log, env=environment
        )

    def kill(self, name, how=signal.SIGKILL):
        process = self.running.pop(name)
        process.send_signal(how)
        return process.wait(timeout=10)

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def call(self, name, path, body=None, kind="application/json"):
        """Asks a program. What is sent is JSON, or bytes as they are."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(f"http://{self.address(name)}{path}", data, {"content-type": kind})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def wait_for(self, what, holds):
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                if holds():
                    return
            except OSError:
                pass
            if time.monotonic() > until:
                self.tell()
                sys.exit(f"It did not happen: {what}")
            time.sleep(0.2)

    def tell(self):
        for log in self.folder.glob("*.log"):
            print(log.name, log.read_text()[-1500:])

    def fault(self, name):
        self.call("lab", "/lab/fault", {"name": name, "times": -1})

    def end(self):
        for name in list(self.running):
            self.kill(name)
