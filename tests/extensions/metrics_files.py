"""Reads metrics as Prometheus does."""

from prometheus_client.parser import text_string_to_metric_families


def values(text: str) -> dict[str, float]:
    """Name and labels other than those of each metric -> value; of a file that is sound."""
    found = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation
        assert family.type == "gauge"
        for sample in family.samples:
            labels = {
                k: v for k, v in sample.labels.items() if k not in ("spider", "scheduled_job")
            }
            key = "/".join((sample.name.removeprefix("guancha_"), *labels.values()))
            assert key not in found
            found[key] = sample.value
    return found
