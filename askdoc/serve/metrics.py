"""Counts and seconds in Prometheus' text format; never what was asked, nor of which document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from threading import Lock

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Seconds: what a search takes, a question to a page, to a library, and what is given up.
BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class Metrics:
    """What was done since the server started."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._answers: Counter[str] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds, self._questions = 0.0, 0

    def request(self, method: str, path: str, status: int) -> None:
        """Count a request: `path` as the table of routes has it."""
        with self._lock:
            self._requests[method, path, status] += 1

    def answer(self, verdict: str, seconds: float) -> None:
        """Count an answer and what it took."""
        with self._lock:
            self._answers[verdict] += 1
            self._questions += 1
            self._seconds += seconds
            for most in BUCKETS:
                self._buckets[most] += seconds <= most

    def text(self, gauges: Mapping[str, tuple[str, float]]) -> str:
        """All of it, and some values as they are now: name -> what it is, value."""
        with self._lock:
            lines = _head("askdoc_requests_total", "counter", "Requests, by path and status.")
            for (method, path, status), count in sorted(self._requests.items()):
                labels = f'method="{method}",path="{path}",status="{status}"'
                lines.append(f"askdoc_requests_total{{{labels}}} {count}")
            lines += _head("askdoc_answers_total", "counter", "Answers, by verdict.")
            for verdict, count in sorted(self._answers.items()):
                lines.append(f'askdoc_answers_total{{verdict="{verdict}"}} {count}')
            name = "askdoc_answer_seconds"
            lines += _head(name, "histogram", "Seconds from a question to its answer.")
            for most in BUCKETS:
                lines.append(f'{name}_bucket{{le="{most}"}} {self._buckets[most]}')
            lines.append(f'{name}_bucket{{le="+Inf"}} {self._questions}')
            lines.append(f"{name}_sum {self._seconds:.6f}")
            lines.append(f"{name}_count {self._questions}")
        for name, (help, value) in gauges.items():
            lines += [*_head(name, "gauge", help), f"{name} {value:g}"]
        return "\n".join(lines) + "\n"


def _head(name: str, kind: str, help: str) -> list[str]:
    return [f"# HELP {name} {help}", f"# TYPE {name} {kind}"]
