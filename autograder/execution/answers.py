"""What a child sends back: a claim, rebuilt from the forms that are known, and bounded."""

from __future__ import annotations

import json
import math
from typing import Any

from autograder.execution import Build, Call, Cost, Execution, Read, Run, Step, Train
from autograder.responses import Malformed, Raised, decode, well_formed

MAX_OUTPUTS = 10_000_000  # characters of all cells together
HTML_TAGS = frozenset(
    {"a", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i"}
    | {"li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "u", "ul"}
    | {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)


def keep(execution: Execution, step: Step, reply: dict[str, Any], room: Room) -> None:
    """Add a reply to an execution. Raises Malformed for what is no reply to the step."""
    match step:
        case Run():
            execution.outputs[step.cell] = room.keep(outputs(reply.get("outputs")))
            raised = decode(reply.get("raised"))
            if raised is not None:
                if not isinstance(raised, Raised):
                    raise Malformed("expected what was raised")
                execution.raised[step.cell] = raised
        case Read():
            values = reply.get("values")
            if not isinstance(values, dict) or set(values) != set(step.names):
                raise Malformed("expected the variables that were asked for")
            execution.values.update({name: decode(value) for name, value in values.items()})
        case Call() | Build() | Train():
            key = step.key or step.function
            execution.calls.setdefault(key, {})[step.case] = decode(reply.get("value"))
            execution.costs.setdefault(key, {})[step.case] = _cost(reply.get("cost"))


def _cost(data: Any) -> Cost:
    match data:
        case [float() as seconds, float() as memory] if math.isfinite(seconds) and math.isfinite(memory):
            return Cost(seconds, memory)
        case _:
            raise Malformed("expected what a call took")


def clean_html(text: str) -> str:
    """HTML such as tables, without scripts, styles, forms and whatever acts: formgrader shows it to the instructor."""
    import bleach

    return str(bleach.clean(text, tags=HTML_TAGS, attributes={"*": ["class", "colspan", "rowspan"]}, strip=True))


class Room:
    """What is kept of a submission's outputs: up to MAX_OUTPUTS characters, those that come first."""

    def __init__(self) -> None:
        self.left = MAX_OUTPUTS

    def keep(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those for which there is room, and a note where there is none."""
        kept: list[dict[str, Any]] = []
        for output in found:
            self.left -= 200 + len(json.dumps(output))
            if self.left < 0:
                note = "… the rest of the outputs was cut …\n"
                return [*kept, {"output_type": "stream", "name": "stderr", "text": note}]
            kept.append(output)
        return kept


def outputs(data: Any) -> list[dict[str, Any]]:
    """A cell's outputs, rebuilt from what is known of nbformat's forms. Raises Malformed for others."""
    if not isinstance(data, list) or len(data) > 10_000:
        raise Malformed("expected a list of outputs")
    return [_output(item) for item in data]


def _output(item: Any) -> dict[str, Any]:
    match item:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return {"output_type": "stream", "name": name, "text": well_formed(text)}
        case {"output_type": "error", "ename": str(ename), "evalue": str(evalue), "traceback": list(traceback)}:
            lines = [well_formed(line) for line in traceback if isinstance(line, str)]
            names = {"ename": well_formed(ename), "evalue": well_formed(evalue)}
            return {"output_type": "error", **names, "traceback": lines}
        case {"output_type": "display_data" | "execute_result" as kind, "data": dict(data)}:
            texts = {
                well_formed(name): well_formed(text)
                for name, text in data.items()
                if isinstance(text, str) and "javascript" not in name  # formgrader would run it as the instructor
            }
            if "text/html" in texts:
                texts["text/html"] = clean_html(texts["text/html"])
            more = {"execution_count": None} if kind == "execute_result" else {}
            return {"output_type": kind, "data": texts, "metadata": {}, **more}
        case _:
            raise Malformed("expected an output")
