"""Compare `totals` with the portable SQL on Spark and DuckDB, cell by cell, over exported Parquet."""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
from pyspark.sql import SparkSession
from sums import wanted

import partnerreg

FILES, LINES = 400, 250
DAY = date(2022, 6, 15)


def registry(root: Path) -> Path:
    """A registry of 100,000 cells."""
    draw = random.Random(1)
    (root / "organisations").mkdir(parents=True)
    (root / "partnerships").mkdir()
    (root / "settings.yaml").write_text("title: Many\ncurrency: SEK\n")
    for number in range(60):
        units = "units: {a: {name: A}, b: {name: B}}\n"
        text = f"name: O{number}\ntype: municipality\ncountry: {draw.choice(['SE', 'PL'])}\n{units}"
        (root / f"organisations/o{number}.yaml").write_text(text)
    for number in range(FILES):
        lines = []
        for line in range(LINES):
            source = f"o{draw.randrange(60)}{draw.choice(['', '/a', '/b'])}"
            amount = f"{draw.randrange(10 ** draw.randint(1, 12))}.{draw.randrange(100):02}"
            year = draw.randint(2000, 2030)
            stage = draw.choice(["agreed", "paid", "planned"])
            kind = draw.choice(["cash", "in-kind"])
            lines.append(
                f"    - {{source: {source}, year: {year}, kind: {kind}, what: w{line}, "
                f"amount: {amount}, stage: {stage}}}\n"
            )
        head = (
            "title: X\nform: iop\nparties: [{organisation: o1}]\nperiod: {}\nfunding:\n  lines:\n"
        )
        (root / f"partnerships/p{number}.yaml").write_text(head + "".join(lines))
    return root


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=1)
    copies = parser.parse_args().copies
    sql = (Path(partnerreg.__file__).parent / "export/sql/totals.sql").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        root = registry(Path(folder) / "registry")
        lake = Path(folder) / "lake"
        command = [sys.executable, "-m", "partnerreg", "export", "--format", "parquet"]
        line = [*command, "--to", str(lake), "--registry", str(root), "--as-of", DAY.isoformat()]
        subprocess.run(line, check=True)
        for number in range(1, copies):
            shutil.copytree(
                lake / "funding/registry=many", lake / f"funding/registry=copy-{number}"
            )
        sums = {key: amount * copies for key, amount in wanted(root, DAY).items()}
        cells = FILES * LINES * copies
        for name, run in (("DuckDB", on_duckdb), ("Spark", on_spark)):
            start = time.monotonic()
            found = run(lake, sql)
            took = time.monotonic() - start
            assert found == sums, f"{name} differs"
            print(f"{name}: {cells:,} cells, {len(found):,} sums, all equal, {took:.1f} s")


def on_duckdb(lake: Path, sql: str) -> dict[tuple, Decimal]:
    base = duckdb.connect()
    files = f"read_parquet('{lake}/funding/**/*.parquet', hive_partitioning = true)"
    base.execute(f"CREATE VIEW funding AS SELECT * FROM {files}")
    return {row[:6]: row[6] for row in base.execute(sql).fetchall()}


def on_spark(lake: Path, sql: str) -> dict[tuple, Decimal]:
    spark = (
        SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false").getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark.read.parquet(str(lake / "funding")).createOrReplaceTempView("funding")
    return {tuple(row)[:6]: row[6] for row in spark.sql(sql).collect()}


if __name__ == "__main__":
    main()
