"""Looks from outside at what a tour of the simulator leaves behind.

    verify_tour.py FOLDER

FOLDER has root.pub (the hot root key in hexadecimal), trust.cwt, policy.cwt, lists/*.cwt,
codes/NN-name.txt and tour.jsonl with one step a line. The documents have to be genuine at the time
of every step, every code too but those named as altered, and every step that shows a code to a
verifier has to end as the tour says.

What a verifier knew of revocations is only known here as far as the lists say and as the codes of
earlier steps tell; see `agrees`.
"""

import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suima_documents import (
    ALTERED,
    HOT,
    Knowledge,
    Lines,
    Policy,
    Refused,
    RevocationList,
    Trust,
    raise_line,
    read_policy,
    read_revocation_list,
    read_trust,
)
from suima_encoding import Malformed, unsigned
from suima_format import CAUSES, PLACES, Code, LiveCode, StaticCode, genuine, learn, read_code, verify

KEYS = ["at", "code", "detail", "purpose", "reason", "step", "verdict"]
# What depends on when the verifier last had a head, which no file tells.
ON_OWN_KNOWLEDGE = ("not-ready", "knowledge-too-old")


@dataclass(frozen=True)
class Step:
    """A line of the tour."""

    label: str
    at: int
    code: str | None
    purpose: str
    verdict: str
    reason: str | None


def read_steps(path: Path) -> list[Step]:
    """The steps in their order; raises ValueError for a line of another form."""
    steps = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        found: Any = json.loads(line)
        if not isinstance(found, dict) or sorted(found) != KEYS:
            raise ValueError(f"line {number}: not exactly the keys {KEYS}")
        reason, verdict, code = found["reason"], found["verdict"], found["code"]
        verdicts = ("accepted", "refused") if found["purpose"] in PLACES else ("done",)
        if verdict not in verdicts or (reason is None) != (verdict != "refused"):
            raise ValueError(f"line {number}: verdict {verdict!r} with reason {reason!r}")
        if not isinstance(reason, str | None) or not isinstance(code, str | None):
            raise ValueError(f"line {number}: reason or code is no text")
        if not isinstance(found["purpose"], str):
            raise ValueError(f"line {number}: the purpose is no text")
        label = f"line {number} ({found['step']})"
        name = None if code is None else Path(code).stem
        steps.append(Step(label, unsigned(found["at"]), name, found["purpose"], verdict, reason))
    return steps


def concerning(lines: Lines, code: Code) -> Lines:
    """The lines that void a code, whenever they came."""
    if isinstance(code, StaticCode):
        keys, iat = [(code.kind, code.slot)], code.iat
    else:
        keys, iat = [(3, code.credential.slot), (4, code.credential.holding)], code.credential.iat
    return {key: lines[key] for key in keys if key in lines and iat < lines[key][0]}


class Tour:
    """The folder, read as far as it could be; what is wrong with it is in `wrong`."""

    def __init__(self, folder: Path) -> None:
        self.wrong: list[str] = []
        self.steps = read_steps(folder / "tour.jsonl")
        root = bytes.fromhex((folder / "root.pub").read_text(encoding="ascii").strip())
        self.trust: Trust = read_trust((folder / "trust.cwt").read_bytes(), {HOT: root})
        self.policy_data = (folder / "policy.cwt").read_bytes()
        # Bytes as they are: a line end would be a part of the code.
        self.codes = {path.stem: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("codes/*.txt"))}
        self.lists = sorted(folder.glob("lists/*.cwt"))
        self.knowledge = Knowledge()
        self.taken: list[RevocationList] = []
        self.learned: Lines = {}

    def check(self) -> None:
        """Everything, in order."""
        for what, found in (("step", self.steps), ("code", self.codes), ("list", self.lists)):
            if not found:
                self.wrong.append(f"no {what} at all")
        self.check_documents()
        for name, text in self.codes.items():
            self.check_code(name, text)
        for step in self.steps:
            self.check_step(step)

    def times(self) -> list[int]:
        """The times of the steps."""
        return sorted({step.at for step in self.steps})

    def check_documents(self) -> None:
        """Trust and policy at the time of every step, and the lists at the last one."""
        for at in self.times():
            try:
                self.policy(at)
            except Refused as refused:
                self.wrong.append(f"trust or policy at {at}: {refused.reason} {refused.values}")
        end = max(self.times(), default=self.trust.iat)
        for path in self.lists:
            try:
                taken = read_revocation_list(path.read_bytes(), self.trust, end)
                self.knowledge.take_list(taken)
                self.taken.append(taken)
            except Refused as refused:
                self.wrong.append(f"{path.name}: {refused.reason} {refused.values}")

    def policy(self, at: int) -> Policy:
        """The policy at a time; the trust bundle has to be current then."""
        return read_policy(self.policy_data, self.trust, at)

    def check_code(self, name: str, text: str) -> None:
        """A code is genuine, unless it is named as altered."""
        try:
            code = read_code(text)
            shown = [step.at for step in self.steps if step.code == name]
            issued = code.credential.iat if isinstance(code, LiveCode) else code.iat
            genuine(text, self.trust, min(shown, default=issued))
            reason = None
        except Refused as refused:
            reason = refused.reason
        if reason != (ALTERED if "altered" in name else None):
            self.wrong.append(f"{name}: {reason or 'genuine'}")

    def check_step(self, step: Step) -> None:
        """A step that shows a code to a verifier ends as it says."""
        if step.code is None:
            if step.purpose in PLACES:
                self.wrong.append(f"{step.label}: a verifier but no code")
            return
        if step.code not in self.codes:
            self.wrong.append(f"{step.label}: no code {step.code}")
            return
        if step.purpose not in PLACES:
            return
        text, at = self.codes[step.code], step.at
        lines = dict(self.learned)
        for taken in self.taken:
            for number, before, cause in taken.lines:
                if before <= at:
                    raise_line(lines, taken.kind, number, before, cause)
        verdict, reason, values = verify(text, step.purpose, self.trust, self.policy(at), lines, at, at)
        if not self.agrees(step, text, verdict, reason):
            self.wrong.append(
                f"{step.label}: {step.code} at {step.purpose}: the tour says {step.verdict} {step.reason}, "
                f"this verifier {verdict} {reason} {values}"
            )
        # Nothing is learned from what is not genuine.
        with suppress(Refused):
            learn(self.learned, genuine(text, self.trust, at), at)

    def agrees(self, step: Step, text: str, verdict: str, reason: str | None) -> bool:
        """Whether a step can have ended as it says.

        It ended as here, where knowledge is fresh and every line as old as the step is known. Or
        all that was checked before knowledge is fine here, and the verifier's own knowledge was too
        old. Or a line voided the code that a later one has covered in the lists.
        """
        if (step.verdict, step.reason) == (verdict, reason):
            return True
        if verdict != "accepted":
            return False
        if step.reason in ON_OWN_KNOWLEDGE:
            return step.purpose != "sampling"
        covering = concerning(self.knowledge.lines, genuine(text, self.trust, step.at))
        return step.reason in CAUSES and any(before > step.at for before, _ in covering.values())


def main() -> int:
    """What is wrong decides."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        tour = Tour(Path(sys.argv[1]))
        tour.check()
    except (OSError, ValueError, Malformed, Refused) as error:
        print(f"the tour cannot be read: {error!r}", file=sys.stderr)
        return 1
    for problem in tour.wrong:
        print(problem, file=sys.stderr)
    shown = sum(step.purpose in PLACES for step in tour.steps)
    if not shown:
        print("no step shows a code to a verifier", file=sys.stderr)
    print(f"{len(tour.steps)} steps, {shown} of them verified again, {len(tour.codes)} codes, {len(tour.wrong)} wrong")
    return 1 if tour.wrong or not shown else 0


if __name__ == "__main__":
    sys.exit(main())
