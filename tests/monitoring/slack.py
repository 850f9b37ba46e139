"""Keeps what `unstuck probe` tells Slack of an outage, a file for each message.

Arguments: the folder of the programs, the folder for the files.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from world import World

BINARIES, FILES = (Path(argument).resolve() for argument in sys.argv[1:])


def messages(world):
    return json.loads(world.call("lab", "/sinks/slack/received"))["received"]


with tempfile.TemporaryDirectory() as folder:
    world = World(folder, "lab")
    lab = f"http://{world.address('lab')}"
    settings = 'source = "openrouter"\nkey = "env:LAB_KEY"\ninterval = "500ms"\nquiet = "1s"'
    alert = '[[alert]]\nto = "slack"\nurl = "env:SLACK_URL"'
    world.write("unstuck.toml", f'[[probe]]\nname = "a & <b>"\nbase_url = "{lab}/v1"\n{settings}\n{alert}\n')
    os.environ["SLACK_URL"] = f"{lab}/sinks/slack/services/T/B/x"
    try:
        world.start("lab", BINARIES / "unstuck-lab", "--port", world.ports["lab"], "--detached")
        world.wait_for("the lab listens", lambda: world.call("lab", "/lab/health"))
        world.fault("server_error")
        world.start("probe", BINARIES / "unstuck", "probe", "--watch")
        world.wait_for("the beginning is told", lambda: len(messages(world)) == 1)
        world.fault("healthy")
        world.wait_for("the end is told", lambda: len(messages(world)) == 2)
        for number, call in enumerate(messages(world)):
            (FILES / f"{number}.json").write_text(json.dumps(call["body"]))
    finally:
        world.end()
