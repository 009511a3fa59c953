"""Answers SAM templates with what AWS's own transform makes of them (PyPI: aws-sam-translator), for sam-against-aws.mjs.

One JSON object a line on standard input: template, parameters, region, features, sar (the answers of the Serverless Application
Repository). One a line on standard output: {"template": ...}, {"message": ...}, or {"broken": ...} where AWS's code itself breaks.
"""

import json
import logging
import os
import re
import sys

os.environ.setdefault("AWS_ACCESS_KEY_ID", "x")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "x")
os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"
logging.disable(logging.CRITICAL)

from botocore.exceptions import ClientError  # noqa: E402
from samtranslator.model.exceptions import InvalidDocumentException  # noqa: E402
from samtranslator.plugins.application import serverless_app_plugin  # noqa: E402
from samtranslator.translator import arn_generator  # noqa: E402
from samtranslator.translator.transform import transform  # noqa: E402


class Repository:
    """Stands for the Serverless Application Repository."""

    def __init__(self, answers):
        self.answers = answers

    def answer(self, ApplicationId, **_):
        refusal = self.answers.get("errorByApplicationId", {}).get(ApplicationId)
        if refusal:
            raise ClientError({"Error": {"Code": "NotFoundException", "Message": refusal}}, "CreateCloudFormationTemplate")
        return {**self.answers["default"], "ApplicationId": ApplicationId}

    create_cloud_formation_template = get_cloud_formation_template = get_application = answer


class Toggle:
    """Every feature is on, or none."""

    def __init__(self, on):
        self.on = on

    def is_enabled(self, *_, **__):
        return self.on


class Policies:
    def load(self):
        return {}


def sort_key(cause):
    return getattr(cause, "_logical_id", None) or getattr(cause, "_event_id", None) or cause.message


def answer(request):
    os.environ["AWS_DEFAULT_REGION"] = request["region"]
    arn_generator._get_region_from_session.cache_clear()
    arn_generator._region_to_partition.cache_clear()
    arn_generator.ArnGenerator.BOTO_SESSION_REGION_NAME = None
    repository = Repository(request.get("sar", {"default": {}}))
    serverless_app_plugin.boto3.client = lambda *_, **__: repository
    try:
        result = transform(request["template"], request["parameters"], Policies(), Toggle(request["features"]))
        return {"template": result}
    except InvalidDocumentException as e:
        causes = (cause.message for cause in sorted(e.causes, key=lambda cause: str(sort_key(cause))))
        # Marks of Python 2, which the expected messages of the suite are without too.
        return {"message": re.sub(r"u'([A-Za-z0-9]*)'", r"'\1'", " ".join([e.message, *causes]))}
    except RecursionError:
        return {"broken": "RecursionError"}
    except Exception as e:  # AWS's own code is not made for every input; what it does then is nothing to imitate
        return {"broken": f"{type(e).__name__}: {e}"}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=str), flush=True)
