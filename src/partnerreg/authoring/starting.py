"""The files of a registry of one's own: settings, folders, an example, a pipeline."""

from typing import Any

from partnerreg.authoring.compose import composed
from partnerreg.authoring.editor_schemas import header
from partnerreg.base.layout import FOLDERS, SETTINGS, Kind

PIPELINES = {
    "github": ".github/workflows/registry.yml",
    "gitlab": ".gitlab-ci.yml",
}
"""Where each forge looks for its pipeline."""

_EXAMPLE: dict[str, dict[str, Any]] = {
    "organisations/example-town.yaml": {
        "name": "Example Town",
        "type": "municipality",
        "country": "SE",
        "units": {"culture": {"name": "Culture"}},
    },
    "organisations/example-club.yaml": {
        "name": "Example Club",
        "type": "association",
        "country": "SE",
    },
    "organisations/example-network.yaml": {"name": "Example Network", "type": "network"},
    "partnerships/example-agreement.yaml": {
        "title": "Example of a grant agreement",
        "form": "grant-agreement",
        "parties": [
            {"organisation": "example-town", "role": "funder"},
            {"organisation": "example-club", "role": "recipient"},
        ],
        "themes": ["culture"],
        "period": {"start": "2025-01-01", "end": "2027-12-31"},
        "notice": "P6M",
        "renewal": {"mode": "tacit", "term": "P1Y"},
        "responsible": "example-town/culture",
        "funding": {
            "currency": "SEK",
            "lines": [
                {
                    "source": "example-town/culture",
                    "per": "year",
                    "amount": 100000,
                    "stated": "100 000 kr per year",
                    "reference": "agreement",
                }
            ],
        },
        "references": [{"id": "agreement", "title": "The agreement itself"}],
        "notes": "An example: remove the four example files once you have records of your own.",
    },
    "memberships/example-membership.yaml": {
        "member": "example-town",
        "network": "example-network",
        "stage": "admitted",
        "admitted": "2024-03-01",
        "period": {"start": "2024-03-01", "end": "open"},
    },
}
_ATTRIBUTES = """\
# A record's diff without what only the layout changed, where this was run once:
# git config diff.partnerreg.textconv "partnerreg fmt --print"
registry/**/*.yaml diff=partnerreg
"""
_PYTHON = '"$RUNNER_TEMP/partnerreg/bin/python" -I'
_GITHUB = """\
# Judges a pull request's records with a release that is named here, and runs nothing of theirs.
name: registry
on: pull_request
permissions: {contents: read}
jobs:
  registry:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with: {fetch-depth: 0, persist-credentials: false}
      - uses: actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0
        with: {python-version: "3.12"}
      - working-directory: ${{ runner.temp }}
        run: |
          python -I -m venv "$RUNNER_TEMP/partnerreg"
          PYTHON -m pip --isolated install --quiet "partnerreg==VERSION"
      - env: {BASE: "origin/${{ github.base_ref }}"}
        run: |
          code=0
          PYTHON -m partnerreg diff -o "$RUNNER_TEMP/change.md" -- "$BASE..." || code=$?
          if [ "$code" -gt 1 ]; then exit "$code"; fi
          cat "$RUNNER_TEMP/change.md" >> "$GITHUB_STEP_SUMMARY"
      - run: |
          PYTHON -m partnerreg validate
      - run: |
          PYTHON -m partnerreg fmt --check
"""
_GITLAB = """\
# Judges a merge request's records with a release that is named here, and runs nothing of theirs.
registry:
  image: python:3.12
  variables: {GIT_DEPTH: "0"}
  rules: [{if: $CI_PIPELINE_SOURCE == "merge_request_event"}]
  script:
    - out=$(mktemp -d)
    - (cd "$out" && python -I -m venv venv && venv/bin/python -I -m pip --isolated install --quiet "partnerreg==VERSION")
    - code=0; "$out/venv/bin/python" -I -m partnerreg diff -- "$CI_MERGE_REQUEST_DIFF_BASE_SHA" || code=$?
    - if [ "$code" -gt 1 ]; then exit "$code"; fi
    - code=0; "$out/venv/bin/python" -I -m partnerreg validate --format gitlab -o "$out/quality.json" || code=$?
    - rm -rf partnerreg-out && mkdir partnerreg-out && cp "$out/quality.json" partnerreg-out/
    - exit "$code"
  artifacts:
    when: always
    reports: {codequality: partnerreg-out/quality.json}
"""  # noqa: E501  (a line of a script is one)


def registry_files(title: str, currency: str | None, *, example: bool) -> dict[str, bytes]:
    """Return the files of a new registry by their path below its folder.

    Folders hold a file of git's, which keeps no empty ones.
    """
    settings: dict[str, Any] = {"title": title, **({"currency": currency} if currency else {})}
    settings["expiring_within"] = "P90D"
    files = {SETTINGS: composed(settings, "settings", header("settings", "../schemas"))}
    files |= {f"{folder}/.gitkeep": b"" for folder in FOLDERS}
    if example:
        for path, data in _EXAMPLE.items():
            kind: Kind = FOLDERS[path.partition("/")[0]]
            files[path] = composed(data, kind, header(kind, "../../schemas"))
    return files


def files_beside(forge: str | None, version: str) -> dict[str, bytes]:
    """Return the files that lie beside a registry, for git and for a forge's pipeline."""
    files = {".gitattributes": _ATTRIBUTES.encode()}
    if forge:
        text = {"github": _GITHUB, "gitlab": _GITLAB}[forge]
        text = text.replace("PYTHON", _PYTHON).replace("VERSION", version)
        files[PIPELINES[forge]] = text.encode()
    return files
