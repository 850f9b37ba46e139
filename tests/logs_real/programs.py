"""The programs whose logs are read: nginx before the lab, rsyslog, two programs that ask it, and the lab itself."""

import http.client
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from world import World

HERE = Path(__file__).resolve().parent
# A program without limits of its own would read these for ever.
ENDLESS = ("stream_flood", "stream_endless", "stream_endless_event", "stream_endless_comment")
# These keep Node busy for seconds, in which the time of other asks runs out: they come by themselves.
HEAVY = ("huge_body", "huge_error_body")
ONE = "9f1c7e52-0d3b-4a86-b1c4-5e2f70a9d318"
ALL = "4b7d20e6-53af-4c19-8e02-c6a1f9d4b873"


def set_up(folder, binaries):
    world = World(folder, "lab", "nginx")
    world.start("lab", binaries / "unstuck-lab", "--port", world.ports["lab"], "--detached")
    world.wait_for("the lab answers", lambda: world.call("lab", "/lab/health"))
    places = "".join(f"{name}_temp_path temporary;" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    world.write(
        "nginx.conf",
        f"""
daemon off; worker_processes 1; pid nginx.pid; {user}
events {{}}
http {{
  {places}
  log_format with_request '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" request_id=$http_x_request_id';
  access_log access.log with_request;
  server {{
    listen {world.address("nginx")};
    location / {{ proxy_pass http://{world.address("lab")}; proxy_http_version 1.1; proxy_read_timeout 1s; }}
  }}
}}
""",
    )
    world.start("nginx", "nginx", "-p", folder, "-c", "nginx.conf", "-e", "nginx-error.log")
    world.write(
        "rsyslog.conf",
        f"""
global(workDirectory="{folder}" maxMessageSize="64k")
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="{folder}/socket")
action(type="omfile" file="{folder}/syslog-3164.log" template="RSYSLOG_TraditionalFileFormat")
action(type="omfile" file="{folder}/syslog-5424.log" template="RSYSLOG_SyslogProtocol23Format")
""",
    )
    world.start("rsyslog", "rsyslogd", "-n", "-f", "rsyslog.conf", "-i", f"{folder}/rsyslog.pid")
    world.wait_for("rsyslog listens", lambda: (Path(folder) / "socket").exists())
    world.wait_for("nginx answers", lambda: world.call("nginx", "/lab/health"))
    return world


def through_nginx(world, fault, call):
    """One ask by way of nginx. How it ends is in nginx's logs."""
    asked = http.client.HTTPConnection("127.0.0.1", world.ports["nginx"], timeout=4)
    headers = {"x-request-id": ALL, "content-type": "application/json", "authorization": "Bearer lab-key", "x-lab-fault": fault}
    body = json.dumps({"model": "lab-small", "messages": [{"role": "user", "content": "Shall we meet?"}]})
    try:
        asked.request("POST", f"/v1/chat/completions?call={call}", body, headers)
        answer = asked.getresponse()
        answer.read(64 << 10)
    except (OSError, http.client.HTTPException):
        pass
    finally:
        asked.close()


def run(world, command, asks):
    text = "\n".join(map(json.dumps, asks))
    done = subprocess.run(command, input=text, text=True, cwd=world.folder, capture_output=True, timeout=90)
    if done.returncode:
        sys.exit(f"{command}: {done.stderr}")


def ask_for_all(world, faults, python):
    """Asks for each fault: from both programs, and by way of nginx."""
    base = f"http://{world.address('lab')}/v1"
    asks = [{"base": base, "fault": fault, "call": call, "request": ALL} for call, fault in faults.items() if fault not in ENDLESS]
    light = [ask for ask in asks if ask["fault"] not in HEAVY]
    heavy = [ask for ask in asks if ask["fault"] in HEAVY]
    programs = [
        [python, HERE / "app.py", world.folder / "python.log", world.folder / "socket"],
        ["node", HERE / "app.mjs", world.folder / "pino.log"],
    ]
    with ThreadPoolExecutor(18) as pool:
        done = [pool.submit(run, world, command, light) for command in programs]
        done += [pool.submit(through_nginx, world, fault, call) for call, fault in faults.items()]
        for each in done:
            each.result()
    for command in programs:
        run(world, command, heavy)
    calls = json.loads(world.call("lab", "/lab/log"))["calls"]
    world.write("lab.log", "".join(json.dumps(call) + "\n" for call in calls))


def follow_one(world, python):
    """One request that fails behind nginx: the program logs it to its file and to syslog, nginx to its own."""
    asks = [{"base": f"http://{world.address('nginx')}/v1", "fault": "overloaded", "call": "The one", "request": ONE}]
    run(world, [python, HERE / "app.py", world.folder / "one.log", world.folder / "socket"], asks)
