"""A program that asks the lab through OpenAI's client and logs with Python's logging: to a file, and to syslog.

Arguments: the file, the socket of syslog. Standard input has the asks, a JSON object each: base, fault, call, request.
"""

import json
import logging
import logging.handlers
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import openai

FILE, SYSLOG = sys.argv[1:]
LONGEST_S = 4

log = logging.getLogger("assistant")
log.setLevel(logging.INFO)
file = logging.FileHandler(FILE)
file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s [request_id=%(request_id)s] %(message)s"))
syslog = logging.handlers.SysLogHandler(SYSLOG)
syslog.setFormatter(logging.Formatter("assistant: %(levelname)s [request_id=%(request_id)s] %(message)s"))
log.addHandler(file)
log.addHandler(syslog)


def ask(wanted):
    names = {"request_id": wanted["request"]}
    client = openai.OpenAI(base_url=wanted["base"], api_key="lab-key", max_retries=0, timeout=4)
    headers = {"x-request-id": wanted["request"]} | ({"x-lab-fault": wanted["fault"]} if wanted["fault"] else {})
    began = time.monotonic()
    try:
        messages = [{"role": "user", "content": "Shall we meet?"}]
        answer = client.chat.completions.create(model="lab-small", messages=messages, stream=True, extra_headers=headers)
        for _ in answer:
            if time.monotonic() - began > LONGEST_S:
                break
        log.info("%s was answered", wanted["call"], extra=names)
    except Exception:
        log.exception("%s failed", wanted["call"], extra=names)


with ThreadPoolExecutor(24) as pool:
    list(pool.map(ask, map(json.loads, sys.stdin)))
