"""partnerreg and its peers side by side, on the same generated registries, in one run.

    python tests/benchmarks [--sizes 100,1000,10000] [--runs 5] [--peers DIR] [--markdown]

`--peers` is a folder for the peers' environments; what is missing there is installed on the first
run (check-jsonschema and sourcemeta's jsonschema with pip, ajv-cli with npm). hledger is used
where it is on the path. Every figure is a whole process, page cache warm, A B A B.
"""

import argparse
import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parents[1] / "schemas"
KINDS = {
    "partnership": "partnerships",
    "membership": "memberships",
    "organisation": "organisations",
}
sys.path.insert(0, str(HERE))

from make_registry import journal, write_registry  # noqa: E402


@dataclass
class Measured:
    """Seconds, processor seconds and peak memory (bytes) of each run of one contender."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        low, high = min(self.seconds), max(self.seconds)
        return f"{self.median:7.3f} s ({low:.3f}-{high:.3f}), {max(self.memory) / 2**20:.0f} MB"


@dataclass
class Contender:
    """Command lines run one after the other as one figure, and what is done before each run."""

    name: str
    lines: Sequence[Sequence[str]]
    before: Callable[[], None] = lambda: None


class Bench:
    """One size: a registry, a journal of its funding, and a cache of our own."""

    def __init__(self, folder: Path, size: int, peers: Path, runs: int) -> None:
        self.folder, self.size, self.peers, self.runs = folder, size, peers, runs
        self.root = folder / "registry"
        self.cache = folder / "cache"
        self.wrong = write_registry(self.root, size)
        self.environ = {**os.environ, "XDG_CACHE_HOME": str(self.cache)}
        self.touched = 0
        self.journal = folder / "funding.journal"
        self.journal.write_text("".join(journal(self.entries())), "utf-8")

    def ours(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "partnerreg", *arguments, "--registry", str(self.root)] + [
            "--as-of", "2022-06-15"
        ]  # fmt: skip

    def entries(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Yield the funding lines that partnerreg counts: hledger gets the same."""
        text = self.output(self.ours("totals", "--explain", "--format", "csv", "--no-cache"))
        for row in csv.DictReader(text.splitlines()):
            yield row["record"], row["source"], row["year"], row["currency"], row["amount"]

    def forget(self) -> None:
        shutil.rmtree(self.cache, ignore_errors=True)

    def touch(self) -> None:
        """Change one file, to bytes that it has not had before."""
        self.touched += 1
        with (self.root / "organisations/organisation-0.yaml").open("a", encoding="utf-8") as file:
            file.write(f"# {self.touched}\n")

    def sourcemeta(self) -> list[list[str]]:
        program = str(self.peers / "sourcemeta/bin/jsonschema")
        return [
            [program, "validate", str(SCHEMAS / f"{kind}.schema.json"), str(self.root / folder)]
            + [
                "--resolve",
                str(SCHEMAS / "common.schema.json"),
                "--extension",
                ".yaml",
                "--continue",
            ]
            for kind, folder in KINDS.items()
        ]

    def check_jsonschema(self) -> list[list[str]]:
        program = str(self.peers / "check-jsonschema/bin/check-jsonschema")
        return [
            [program, "--schemafile", str(SCHEMAS / f"{kind}.schema.json"), "-o", "json"]
            + sorted(map(str, (self.root / folder).glob("*.yaml")))
            for kind, folder in KINDS.items()
        ]

    def ajv(self) -> list[list[str]]:
        program = str(self.peers / "ajv/node_modules/.bin/ajv")
        return [
            [
                program,
                "validate",
                "--spec=draft2020",
                "--strict=false",
                "-s",
                str(self.bundle(kind)),
            ]
            + ["-d", str(self.root / folder / "*.yaml")]
            for kind, folder in KINDS.items()
        ]

    def bundle(self, kind: str) -> Path:
        """Return a schema with the common parts inside: ajv wants an $id to find them."""
        path = self.folder / f"{kind}.bundle.json"
        text = (SCHEMAS / f"{kind}.schema.json").read_text("utf-8")
        whole = json.loads(text.replace("common.schema.json#", "#"))
        common = (
            (SCHEMAS / "common.schema.json").read_text("utf-8").replace("common.schema.json#", "#")
        )
        whole["$defs"] = {**whole.get("$defs", {}), **json.loads(common)["$defs"]}
        path.write_text(json.dumps(whole), "utf-8")
        return path

    def hledger(self) -> list[list[str]]:
        return [
            ["hledger", "-f", str(self.journal), "balance", "--yearly", "--no-total", "not:payer"]
        ]

    def measure(self, *contenders: Contender) -> dict[str, Measured]:
        """Run the contenders in turns, and return what each took."""
        found = {one.name: Measured() for one in contenders}
        for turn in range(self.runs + 1):
            for one in contenders:
                one.before()
                seconds, processor, memory = self.run(one.lines)
                if turn:  # the first turn warms the page cache
                    found[one.name].seconds.append(seconds)
                    found[one.name].processor.append(processor)
                    found[one.name].memory.append(memory)
        return found

    def run(self, lines: Sequence[Sequence[str]]) -> tuple[float, float, int]:
        memory, processor = 0, 0.0
        start = time.perf_counter()
        for line in lines:
            process = subprocess.Popen(
                line, env=self.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            _, _, usage = os.wait4(process.pid, 0)
            memory = max(memory, usage.ru_maxrss * 1024)
            processor += usage.ru_utime + usage.ru_stime
        return time.perf_counter() - start, processor, memory

    def output(self, line: Sequence[str]) -> str:
        return subprocess.run(
            line, env=self.environ, capture_output=True, text=True, check=False
        ).stdout

    def same_work(self, lines: dict[str, list[list[str]]]) -> None:
        """Say whether the peers find the same files invalid, and the same totals.

        And whether our own answers are the same, cold, from the cache and without it.
        """
        for command in ("validate", "totals", "totals --by theme", "expiring"):
            self.forget()
            line = self.ours(*command.split(), "--format", "json")
            answers = {self.output(each) for each in (line, line, [*line, "--no-cache"])}
            print(f"  {command}: {'the same answer' if len(answers) == 1 else 'DIFFERENT answers'}")
        ours = {
            Path(one["path"]).name
            for one in json.loads(self.output(self.ours("validate", "--format", "json")))["rows"]
            if one["severity"] == "error"
        }
        print(f"  {len(ours)} of {self.size} files are wrong, {self.wrong} were meant to be")
        for name, every in lines.items():
            if name == "hledger":
                continue
            text = "".join(
                done.stdout + done.stderr
                for line in every
                for done in [
                    subprocess.run(
                        line, env=self.environ, capture_output=True, text=True, check=False
                    )
                ]
            )
            if name == "check-jsonschema":
                parts = [
                    json.loads(part)
                    for part in text.replace("}\n{", "}\0{").split("\0")
                    if part.strip()
                ]
                theirs = {
                    Path(e["filename"]).name for part in parts for e in part.get("errors", ())
                }
            else:
                bad = re.findall(r"(?m)^fail: (.+)$|^(.+) invalid$", text)
                theirs = {Path(one or other).name for one, other in bad}
            other = sorted(theirs ^ ours)
            verdict = f"DIFFERENT: {len(other)} files, such as {other[0]}" if other else "the same"
            print(f"  {name}: {verdict} files are wrong")
        if "hledger" in lines:
            rows = json.loads(self.output(self.ours("totals", "--format", "json")))["rows"]
            total = sum(Decimal(row["amount"]) for row in rows)
            out = self.output(
                ["hledger", "-f", str(self.journal), "balance", "not:payer", "-O", "csv"]
            )
            last = out.strip().splitlines()[-1].split(",")[1].strip('"')
            theirs = Decimal(last.split()[0])
            verdict = "the same total" if theirs == total else f"DIFFERENT: {theirs}, not {total}"
            print(f"  hledger: {verdict}")


def installed(peers: Path) -> set[str]:
    """Install the peers that are missing; return those that can be run."""
    for name, package in (
        ("check-jsonschema", "check-jsonschema"),
        ("sourcemeta", "sourcemeta-jsonschema"),
    ):
        if not (peers / name).exists():
            subprocess.run([sys.executable, "-m", "venv", str(peers / name)], check=True)
            subprocess.run([str(peers / name / "bin/pip"), "install", "-q", package], check=False)
    if shutil.which("npm") and not (peers / "ajv").exists():
        (peers / "ajv").mkdir()
        subprocess.run(["npm", "install", "--silent", "ajv-cli"], cwd=peers / "ajv", check=False)
    found = {
        "check-jsonschema": peers / "check-jsonschema/bin/check-jsonschema",
        "sourcemeta": peers / "sourcemeta/bin/jsonschema",
        "ajv-cli": peers / "ajv/node_modules/.bin/ajv",
    }
    names = {name for name, path in found.items() if path.exists()}
    return names | ({"hledger"} if shutil.which("hledger") else set())


def compare(bench: Bench, names: set[str], slow: bool) -> list[tuple[str, str, Measured, Measured]]:
    """Return what was compared: our work, the peer, and what each took."""
    lines = {"sourcemeta": bench.sourcemeta(), "ajv-cli": bench.ajv()}
    lines |= {"check-jsonschema": bench.check_jsonschema()} if slow else {}
    lines |= {"hledger": bench.hledger()}
    lines = {name: every for name, every in lines.items() if name in names}
    bench.same_work(lines)
    validate = bench.ours("validate", "--format", "concise")
    totals, expiring = bench.ours("totals"), bench.ours("expiring")
    by_theme = bench.ours("totals", "--by", "theme")
    by_event = bench.ours("expiring", "--by", "event")
    work = [
        (
            Contender("validate, cold", [validate], bench.forget),
            ("sourcemeta", "ajv-cli", "check-jsonschema"),
        ),
        (Contender("validate, no cache", [[*validate, "--no-cache"]]), ("sourcemeta",)),
        (Contender("validate, unchanged", [validate]), ("sourcemeta",)),
        (Contender("validate, one file changed", [validate], bench.touch), ("sourcemeta",)),
        (Contender("totals, cold", [totals], bench.forget), ("hledger",)),
        (Contender("totals, unchanged", [totals]), ("hledger",)),
        (Contender("totals, other options", [by_theme]), ("hledger",)),
        (Contender("totals, one file changed", [totals], bench.touch), ("hledger",)),
        (Contender("expiring, cold", [expiring], bench.forget), ("hledger",)),
        (Contender("expiring, unchanged", [expiring]), ("hledger",)),
        (Contender("expiring, other options", [by_event]), ("hledger",)),
        (Contender("expiring, one file changed", [expiring], bench.touch), ("hledger",)),
    ]
    found = []
    for ours, peers in work:
        rivals = [Contender(name, lines[name]) for name in peers if name in lines]
        if rivals:
            took = bench.measure(ours, *rivals)
            found += [(ours.name, one.name, took[ours.name], took[one.name]) for one in rivals]
    return found


def start_up(bench: Bench) -> list[tuple[str, str, Measured, Measured]]:
    """Compare what is waited for before anything is done."""
    typer = Contender("import typer", [[sys.executable, "-c", "import typer"]])
    found = []
    for option in ("--version", "--help"):
        ours = Contender(option, [[sys.executable, "-m", "partnerreg", option]])
        took = bench.measure(ours, typer)
        found.append((option, typer.name, took[option], took[typer.name]))
    shipped = [sys.executable, "-m", "partnerreg", "overview", "--no-cache", "--registry"]
    ours = Contender("overview, no cache", [[*shipped, str(SCHEMAS.parent / "registry")]])
    nothing = Contender("python -c pass", [[sys.executable, "-c", "pass"]])
    took = bench.measure(ours, nothing)
    for one in took.values():
        one.seconds = one.processor
    found.append((f"{ours.name} (processor)", nothing.name, took[ours.name], took[nothing.name]))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", default="100,1000,10000", help="how many records (also 100000)")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--peers", type=Path, default=Path(tempfile.gettempdir()) / "partnerreg-peers"
    )
    parser.add_argument("--slow", type=int, default=1_000, help="largest size for check-jsonschema")
    parser.add_argument("--markdown", action="store_true", help="print the manual's table")
    given = parser.parse_args()
    given.peers.mkdir(parents=True, exist_ok=True)
    names = installed(given.peers)
    print(f"peers: {', '.join(sorted(names)) or 'none'}; {os.cpu_count()} cores")
    rows: list[tuple[str, str, str, Measured, Measured]] = []
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder), size, given.peers, given.runs)
            print(f"\n{size} records")
            found = compare(bench, names, slow=size <= given.slow)
            found += start_up(bench) if size == 100 else []
            for name, peer, ours, theirs in found:
                ratio = ours.median / theirs.median
                print(f"  {name:27} {ours}  |  {peer:16} {theirs}  |  ratio {ratio:.3f}")
                rows.append((f"{size:,}", name, peer, ours, theirs))
    if given.markdown:
        print("\n| records | partnerreg | seconds | peer | seconds | ratio |")
        print("| --: | :-- | --: | :-- | --: | --: |")
        for size, name, peer, ours, theirs in rows:
            ratio = ours.median / theirs.median
            print(
                f"| {size} | {name} | {ours.median:.2f} | {peer} | {theirs.median:.2f} | {ratio:.2f} |"
            )


if __name__ == "__main__":
    main()
