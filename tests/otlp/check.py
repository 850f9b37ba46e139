"""Reads pushes with the official types, and holds them to what an engine expects of them."""

import struct
import sys

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest


def pushes(path):
    with open(path, "rb") as file:
        while head := file.read(4):
            (length,) = struct.unpack("<I", head)
            body = file.read(length)
            assert len(body) == length, "the file is cut"
            yield body


def check(body):
    request = ExportMetricsServiceRequest.FromString(body)
    assert request.ByteSize() == len(body), f"{request.ByteSize()} bytes instead of {len(body)}"
    (resource,) = request.resource_metrics
    (scope,) = resource.scope_metrics
    names = [metric.name for metric in scope.metrics]
    is_delta = True
    for metric in scope.metrics:
        assert metric.WhichOneof("data") in {"gauge", "sum", "histogram", "exponential_histogram"}, metric
        data = getattr(metric, metric.WhichOneof("data"))
        is_delta = is_delta and getattr(data, "aggregation_temporality", 1) == 1
        for point in data.data_points:
            if metric.WhichOneof("data") == "histogram":
                assert len(point.bucket_counts) == len(point.explicit_bounds) + 1
    keys = {attribute.key for attribute in resource.resource.attributes}
    assert not names or is_delta != ("service.instance.id" in keys) or is_only_gauges(scope), keys
    return len(names)


def is_only_gauges(scope):
    return all(metric.HasField("gauge") for metric in scope.metrics)


counts = [check(body) for body in pushes(sys.argv[1])]
assert len(counts) >= 10_000, f"only {len(counts)} pushes"
assert sum(counts) > len(counts), "the pushes are empty"
print(f"Python read {len(counts)} pushes with {sum(counts)} metrics")
