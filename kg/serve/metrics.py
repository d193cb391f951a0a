"""What has been counted, in the text format of Prometheus (0.0.4)."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds, in seconds."""

Sample = tuple[str, float]


@dataclass(slots=True)
class Metrics:
    """Requests by method and status, seconds of answering, and why workers ended before their time."""

    requests: Counter[tuple[str, int]] = field(default_factory=Counter)
    slower: Counter[float] = field(default_factory=Counter)
    seconds: float = 0.0
    killed: Counter[str] = field(default_factory=Counter)
    cut: int = 0
    bugs: deque[str] = field(default_factory=lambda: deque(maxlen=100))

    def count(self, method: str, status: int, seconds: float) -> None:
        """Count a request that has been answered."""
        self.requests[method, status] += 1
        self.seconds += seconds
        self.slower.update(bound for bound in BUCKETS if seconds <= bound)


def exposition(metrics: Metrics, gauges: Mapping[str, tuple[str, float]]) -> str:
    """Write it all down; ``gauges`` are numbers of the moment, each with what it means."""
    total = sum(metrics.requests.values())
    by_status = [(f'{{method="{method}",status="{status}"}}', count) for (method, status), count in sorted(metrics.requests.items())]
    buckets: list[Sample] = [(f'_bucket{{le="{bound:g}"}}', metrics.slower[bound]) for bound in BUCKETS]
    buckets += [('_bucket{le="+Inf"}', total), ("_sum", round(metrics.seconds, 6)), ("_count", total)]
    killed = [(f'{{reason="{why}"}}', metrics.killed[why]) for why in sorted({"time", "memory", *metrics.killed})]
    lines = [
        *family("kg_requests_total", "counter", "Requests answered.", by_status),
        *family("kg_request_seconds", "histogram", "Seconds from the request to the end of the answer.", buckets),
        *family("kg_workers_ended_total", "counter", "Workers that ended before their time.", killed),
        *family("kg_connections_cut_total", "counter", "Connections cut because the client was too slow.", [("", metrics.cut)]),
    ]
    for name, (meaning, value) in gauges.items():
        lines += family(name, "gauge", meaning, [("", value)])
    return "\n".join(lines) + "\n"


def family(name: str, kind: str, meaning: str, samples: Sequence[Sample]) -> Iterator[str]:
    """The lines of one metric."""
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"
    yield from (f"{name}{rest} {value:g}" if isinstance(value, float) else f"{name}{rest} {value}" for rest, value in samples)
