"""What CONTRIBUTING shows works: its examples are run, the files that it names are there."""

import re
import textwrap
from pathlib import Path

from conftest import PARTNERSHIP, partnership
from partnerreg.checks.rule import RecordFile
from partnerreg.cli.options import Common
from partnerreg.loading.loader import load_folder
from partnerreg.reading.yaml_reader import read

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
RULE, REPORT = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def test_the_rule(write):
    module: dict = {}
    exec(compile(RULE, "rule", "exec"), module)
    samples = re.findall(r"(?:Bad|Good):\n((?: {4}.*\n)+)", module["__doc__"])
    for sample, count in zip(samples, (1, 0), strict=True):
        root = write({"partnerships/x.yaml": partnership(textwrap.dedent(sample))})
        (record,) = load_folder(root).registry.agreements
        document, _ = read(PARTNERSHIP.encode())
        assert document
        assert len(list(module["check"](RecordFile(record, document.data, "")))) == count


def test_the_report(write, capsys):
    module: dict = {}
    exec(compile(REPORT, "report", "exec"), module)
    root = write({"partnerships/x.yaml": partnership("")})
    assert module["run"](Common(registry=root, as_of="2022-06-15")) == 0
    assert "partnership" in capsys.readouterr().out
    (root / "partnerships/bad.yaml").write_text("[", "utf-8")
    assert module["run"](Common(registry=root, as_of="2022-06-15")) == 1


def test_every_file_that_is_named_is_there():
    for name in set(re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|json|md))`", TEXT)):
        assert any((ROOT / top / name).is_file() for top in ("src/partnerreg", "")), name
