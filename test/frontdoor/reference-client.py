"""botocore's serializers and parsers over Postern's own copies of the models: one JSON document in, one out.

Input: {"schemas": folder, "cases": [{"service", "operation", "input", "answer": {"status", "headers", "body"}}]}
Output: a list of {"request": {"method", "path", "query", "headers", "body"}, "output": {...}}; bodies are base64.
"""

import base64
import datetime
import json
import sys
from urllib.parse import urlencode

from botocore import parsers, serialize
from botocore.model import ServiceModel
from botocore.utils import percent_encode_sequence


def load(schemas, service):
    with open(f"{schemas}/{service}.json", encoding="utf-8") as file:
        model = json.load(file)
    for name, operation in model["operations"].items():
        operation["name"] = name
        operation["errors"] = []
    return ServiceModel(model, service)


def revive(value):
    if isinstance(value, list):
        return [revive(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "$date" in value:
        return datetime.datetime.fromtimestamp(value["$date"], datetime.timezone.utc)
    if "$bytes" in value:
        return base64.b64decode(value["$bytes"])
    return {key: revive(one) for key, one in value.items()}


def show(value):
    if isinstance(value, datetime.datetime):
        return {"$date": value.timestamp()}
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, list):
        return [show(one) for one in value]
    if isinstance(value, dict):
        return {key: show(one) for key, one in value.items() if key != "ResponseMetadata"}
    return value


def request_of(model, operation, given):
    serializer = serialize.create_serializer(model.metadata["protocol"], False)
    request = serializer.serialize_to_request(revive(given), operation)
    body = request["body"]
    if isinstance(body, dict):
        body = urlencode(body, doseq=True)
    if isinstance(body, str):
        body = body.encode("utf-8")
    path, _, literal = request["url_path"].partition("?")
    query = percent_encode_sequence(request["query_string"]) if request["query_string"] else ""
    return {
        "method": request["method"],
        "path": path,
        "query": "&".join(part for part in (literal, query) if part),
        "headers": {name: value for name, value in request["headers"].items()},
        "body": base64.b64encode(body or b"").decode(),
    }


def output_of(model, operation, answer):
    shape = operation.output_shape
    parser = parsers.create_parser(model.metadata["protocol"])
    body = base64.b64decode(answer["body"])
    response = {"status_code": answer["status"], "headers": CaseInsensitive(answer["headers"]), "body": body}
    output = parser.parse(response, shape)
    payload = shape.serialization.get("payload") if shape else None
    if payload and isinstance(output.get(payload), str) and shape.members[payload].type_name == "blob":
        output[payload] = output[payload].encode("utf-8")
    return show(output)


class CaseInsensitive(dict):
    def __init__(self, headers):
        super().__init__({name.lower(): value for name, value in headers.items()})

    def get(self, name, default=None):
        return super().get(name.lower(), default)

    def __contains__(self, name):
        return super().__contains__(name.lower())

    def __getitem__(self, name):
        return super().__getitem__(name.lower())


def main():
    job = json.load(sys.stdin)
    models = {}
    results = []
    for case in job["cases"]:
        name = case["service"]
        models[name] = models.get(name) or load(job["schemas"], name)
        operation = models[name].operation_model(case["operation"])
        results.append(
            {
                "request": request_of(models[name], operation, case["input"]),
                "output": output_of(models[name], operation, case["answer"]),
            }
        )
    json.dump(results, sys.stdout)


main()
