"""Grades a course in a process of its own, which holds a canary in its memory. Says on stdout what became of each."""

import json
import resource
import sys
import time
from pathlib import Path

from assignments.course import Course
from autograder import pipeline
from autograder.execution import tiers


def main() -> None:
    asked = json.load(sys.stdin)
    memory = [asked["canary"] + str(number) for number in range(1000)]
    tier, start, ended, seen = tiers.choose(), time.monotonic(), {}, []
    course = Course(Path(asked["course"]))

    def note(outcome):
        ended[outcome.student] = time.monotonic() - start
        seen.append(outcome)

    pipeline.grade(course, asked["assignment"], jobs=2, tier=tier, progress=note)
    json.dump(
        {
            "tier": tier,
            "seconds": time.monotonic() - start,
            "ended": ended,
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "canaries": len(memory),
            "outcomes": {
                outcome.student: {
                    "problem": outcome.problem,
                    "points": outcome.points,
                    "questions": outcome.grade.to_json()["questions"] if outcome.grade else [],
                }
                for outcome in seen
            },
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
