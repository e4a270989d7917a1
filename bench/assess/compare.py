"""Times ./pitcrew assess and other tools, each on the files that it understands, in the same run and in turns.

Usage: compare.py FOLDER TOOLS ROUNDS WARM, where WARM is what AssessBench says of a warm process; compare.py harden FOLDER ROUNDS
times what proves fixes; compare.py own ROUNDS times one own check.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections import namedtuple

Cost = namedtuple("Cost", "seconds memory processor")  # memory in MiB; processor: seconds of it, of all threads
ENVIRONMENT = {**os.environ, "CHECKOV_RUN_SCA_PACKAGE_SCAN": "false", "NO_COLOR": "1"}


def run(command, out=subprocess.DEVNULL):
    """What one process costs with those that it started: its memory is the most of any of them."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1: something was found
        sys.exit(f"{' '.join(command[:4])} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(time.perf_counter() - begin, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def rounds_of(commands, count):
    """Medians by name; the commands take turns. The first round, which fills caches, counts for none, but of what takes over ten seconds it is all."""
    costs = {name: [] for name in commands}
    memory = {name: 0 for name in commands}
    slow = set()
    for turn in range(count + 1):
        for name, command in commands.items():
            if name in slow:
                continue
            cost = run(command)
            if turn or cost.seconds > 10:
                costs[name].append(cost)
            if cost.seconds > 10:
                slow.add(name)
            memory[name] = max(memory[name], cost.memory)
    return {
        name: Cost(
            statistics.median(one.seconds for one in all_),
            memory[name],
            statistics.median(one.processor for one in all_),
        )
        for name, all_ in costs.items()
    }


def text_of(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (UnicodeDecodeError, OSError):
        return ""


def is_dockerfile(path):
    name = os.path.basename(path)
    return bool(re.fullmatch(r"(?i)(.*\.)?(docker|container)file|dockerfile\..*", name))


def is_workflow(path):
    return "/.github/workflows/" in "/" + path and path.endswith((".yml", ".yaml"))


def is_kubernetes(path, text):
    return path.endswith((".yml", ".yaml")) and bool(
        re.search(r"(?m)^apiVersion:", text) and re.search(r"(?m)^kind:", text)
    )


def pick(folder, home, fits):
    """Hard links, or copies, of the files that fit, at the same paths below another folder."""
    shutil.rmtree(home, ignore_errors=True)
    count = lines = 0
    for top, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if one not in (".git", "node_modules")]
        for name in names:
            path = os.path.join(top, name)
            inside = os.path.relpath(path, folder)
            if os.path.islink(path) or os.path.getsize(path) > 1 << 20:
                continue
            text = text_of(path)
            if not text or not fits(inside, text):
                continue
            copy = os.path.join(home, inside)
            os.makedirs(os.path.dirname(copy), exist_ok=True)
            shutil.copyfile(path, copy)
            count += 1
            lines += text.count("\n")
    return count, lines


def pitcrew(folder):
    return ["./pitcrew", "assess", folder, "--fail-on", "never"]


def files_in(folder):
    return [os.path.join(top, name) for top, _, names in os.walk(folder) for name in names]


def harden(folder, count):
    found = rounds_of(
        {
            "assess": pitcrew(folder),
            "assess, as SARIF": [*pitcrew(folder), "--format", "sarif"],
            "harden": ["./pitcrew", "harden", folder],
            "harden --include-behaviour": ["./pitcrew", "harden", folder, "--include-behaviour"],
        },
        int(count),
    )
    print("| | seconds | peak memory |\n|---|---|---|")
    for name, cost in found.items():
        print(f"| {name} | {cost.seconds:.2f} | {cost.memory:.0f} MiB |")


def own(count):
    """One Dockerfile, with one own check beside it and with none."""
    commands = {}
    for name, codes in {"no own check": [], "one own check": ["OWN-001"]}.items():
        home = os.path.join("target/assess-own", name.split()[0])
        shutil.rmtree(home, ignore_errors=True)
        os.makedirs(home)
        with open(os.path.join(home, "Dockerfile"), "w", encoding="utf-8") as file:
            file.write("FROM debian:13\nCMD [\"gateway\"]\n")
        for code in codes:
            run(["./pitcrew", "check", "new", code, "--in", home])
        commands[name] = pitcrew(home)
    print("| | seconds | of the processor | peak memory |\n|---|---|---|---|")
    for name, cost in rounds_of(commands, int(count)).items():
        print(f"| {name} | {cost.seconds:.2f} | {cost.processor:.2f} | {cost.memory:.0f} MiB |")


def main(folder, tools, count, warm):
    count, warm = int(count), json.loads(warm)
    cold, memory, _ = rounds_of({"all": pitcrew(folder)}, count)["all"]
    print(f"Corpus: {warm['files']} files, {warm['lines']} lines, {warm['findings']} findings.\n")
    print("| | seconds | files/s | lines/s | peak memory |\n|---|---|---|---|---|")
    print(f"| cold process | {cold:.2f} | {warm['files'] / cold:,.0f} | {warm['lines'] / cold:,.0f} | {memory:.0f} MiB |")
    hot = warm["seconds"]
    print(f"| warm | {hot:.3f} | {warm['files'] / hot:,.0f} | {warm['lines'] / hot:,.0f} | |")
    docker = next((one for one in sorted(files_in(folder)) if is_dockerfile(one)), None)
    if docker:
        one, one_memory, _ = rounds_of({"one": pitcrew(docker)}, max(count, 5))["one"]
        print(f"| one Dockerfile, cold | {one:.3f} | | | {one_memory:.0f} MiB |")

    home = "target/assess-picked"
    kinds = {
        "checkov": lambda path, text: is_dockerfile(path) or is_workflow(path)
        or os.path.basename(path) == ".gitlab-ci.yml" or is_kubernetes(path, text),
        "hadolint": lambda path, text: is_dockerfile(path),
        "zizmor": lambda path, text: is_workflow(path),
        "trivy": lambda path, text: is_dockerfile(path) or is_kubernetes(path, text),
    }
    commands = {
        "checkov": lambda at: ["--directory", at, "--quiet", "--compact", "--soft-fail", "--skip-download",
                               "--framework", "dockerfile", "kubernetes", "github_actions", "gitlab_ci"],
        "hadolint": lambda at: ["--no-fail", *files_in(at)],
        "zizmor": lambda at: ["--offline", "--no-exit-codes", at],
        "trivy": lambda at: ["config", "--quiet", "--skip-check-update", "--skip-version-check", at],
    }
    print("\n| tool | files that it understands | lines | seconds | Pitcrew on these | times | peak memory |\n|---|---|---|---|---|---|---|")
    for name, fits in kinds.items():
        program = os.path.join(tools, name)
        if not os.path.exists(program):
            print(f"| {name} | not installed | | | | | |")
            continue
        at = os.path.join(home, name)
        files, lines = pick(folder, at, fits)
        if not files:
            print(f"| {name} | 0 | | | | | |")
            continue
        version = subprocess.run([program, "--version"], capture_output=True, text=True, env=ENVIRONMENT)
        version = re.search(r"\d+\.\d+\.\d+", version.stdout + version.stderr)
        found = rounds_of({"other": [program, *commands[name](at)], "ours": pitcrew(at)}, min(count, 3))
        other, ours = found["other"].seconds, found["ours"].seconds
        print(
            f"| {name} {version.group(0) if version else ''} | {files} | {lines} | {other:.2f} | {ours:.2f} "
            f"| {other / ours:.1f} | {found['other'].memory:.0f} MiB |"
        )


if sys.argv[1] == "harden":
    harden(*sys.argv[2:])
elif sys.argv[1] == "own":
    own(*sys.argv[2:])
else:
    main(*sys.argv[1:])
