"""Runs the vectors through the verifier that was written from docs/format.md.

    verify_vectors.py FOLDER

Each FOLDER/*.json has worlds and cases. Every case has to come out as it says, with every value it
says and no other; every class of object, place, thing shown and reason has to occur. The files have
to be those that FOLDER/README.md names.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from suima_documents import (
    COLD,
    HOT,
    Lines,
    Policy,
    Refused,
    Trust,
    policy_form,
    raise_line,
    read_head,
    read_policy,
    read_revocation_list,
    read_trust,
)
from suima_format import CAUSES, PLACES, SHOWN, verify

OBJECTS = ("code", "trust", "policy", "head", "revocations")
REASONS = (
    "not-a-code",
    "newer-format",
    "altered",
    "unknown-key",
    "key-recalled",
    "key-not-for-this",
    "key-out-of-time",
    "trust-expired",
    "wrong-place",
    "stale",
    "ahead",
    "not-yet-valid",
    "expired",
    *CAUSES,
    "status-too-old",
    "status-not-admitted",
    "knowledge-too-old",
    "not-ready",
)


class World:
    """What a verifier holds before a case."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.roots = {HOT: bytes.fromhex(world["hot"]), COLD: bytes.fromhex(world["cold"])}
        self._trust: str = world["trust"]
        self._policy: str = world["policy"]
        self.as_of: int | None = world["as_of"]
        self.lines: Lines = {}
        for line in world["lines"]:
            raise_line(self.lines, line["kind"], line["number"], line["before"], line["cause"])

    def trust(self) -> Trust:
        """The trust bundle that is held."""
        return read_trust(bytes.fromhex(self._trust), self.roots)

    def policy(self) -> Policy:
        """The policy that is held: it was checked when it came, at another time than a case's."""
        _, _, policy = policy_form(bytes.fromhex(self._policy))
        return policy


def outcome(case: dict[str, Any], world: World) -> dict[str, Any]:
    """What the verifier says to a case, in the words of an expectation."""
    if case["object"] == "code":
        if case["place"] not in PLACES:
            raise ValueError(f"no such place: {case['place']}")
        trust, policy = world.trust(), world.policy()
        verdict, reason, values = verify(
            case["text"], case["place"], trust, policy, world.lines, world.as_of, case["now"]
        )
        return {"verdict": verdict, **({} if reason is None else {"reason": reason}), **values}
    try:
        return {"verdict": "accepted", **document(case, world)}
    except Refused as refused:
        return {"verdict": "refused", "reason": refused.reason, **refused.values}


def document(case: dict[str, Any], world: World) -> dict[str, Any]:
    """What is read from a signed document."""
    data = bytes.fromhex(case["hex"])
    if case["object"] == "trust":
        return {"version": read_trust(data, world.roots).version}
    if case["object"] == "policy":
        return {"version": read_policy(data, world.trust(), case["now"]).version}
    if case["object"] == "head":
        head = read_head(data, world.trust(), bytes.fromhex(case["nonce"]), case["now"])
        return {"iat": head.iat, "sequences": head.sequences}
    if case["object"] == "revocations":
        taken = read_revocation_list(data, world.trust(), case["now"])
        lines = [list(line) for line in taken.lines]
        return {"kind": taken.kind, "sequence": taken.sequence, "base": taken.base, "lines": lines}
    raise ValueError(f"no such object: {case['object']}")


def same(one: Any, other: Any) -> bool:
    """Equality that does not take true for 1 or 1.0 for 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def run(path: Path, seen: Counter[str]) -> list[str]:
    """The disagreements over a file."""
    wrong = []
    vectors = json.loads(path.read_text(encoding="utf-8"))
    worlds = {name: World(world) for name, world in vectors["worlds"].items()}
    if not vectors["cases"]:
        wrong.append(f"{path.name}: no case")
    names: set[str] = set()
    for case in vectors["cases"]:
        label = f"{path.name}: {case['name']}"
        expected = case["expect"]
        if case["name"] in names:
            wrong.append(f"{label}: a second case of this name")
        names.add(case["name"])
        said = outcome(case, worlds[case["world"]])
        if not same(said, expected):
            wrong.append(f"{label} ({case['why']})\n    expected {expected}\n    here     {said}")
        seen[f"object {case['object']}, {expected['verdict']}"] += 1
        if case["object"] == "code":
            seen[f"place {case['place']}, {expected['verdict']}"] += 1
            seen[f"shown {expected.get('shown')}"] += 1
            seen[f"reason {expected.get('reason')}"] += 1
    return wrong


def missing(seen: Counter[str]) -> list[str]:
    """The classes of which there is no case."""
    wanted = [f"object {name}, {verdict}" for name in OBJECTS for verdict in ("accepted", "refused")]
    wanted += [f"place {place}, {verdict}" for place in PLACES for verdict in ("accepted", "refused")]
    wanted += [f"shown {name}" for name in SHOWN.values()]
    wanted += [f"reason {reason}" for reason in REASONS]
    return [f"no case at all: {name}" for name in wanted if not seen[name]]


def main() -> int:
    """The number of disagreements decides."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    files = sorted(folder.glob("*.json"))
    if not files:
        print(f"no vectors in {folder}", file=sys.stderr)
        return 1
    seen: Counter[str] = Counter()
    wrong = [problem for path in files for problem in run(path, seen)]
    wrong += missing(seen)
    named = set(re.findall(r"`([a-z0-9-]+\.json)`", (folder / "README.md").read_text(encoding="utf-8")))
    wrong += [f"missing, or not in the README: {name}" for name in sorted(named ^ {path.name for path in files})]
    for problem in wrong:
        print(problem, file=sys.stderr)
    cases = sum(count for name, count in seen.items() if name.startswith("object "))
    print(f"{cases} cases in {len(files)} files, {len(wrong)} disagreements or gaps")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
