"""Runs a Python function against the Lambda Runtime API."""
import http.client
import importlib
import json
import os
import sys
import time
import traceback

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
BASE = "/2018-06-01/runtime"


class Identity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class Context:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = Identity()
        context = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = json.loads(context) if context else None
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


def call(method, path, body=None):
    connection = http.client.HTTPConnection(API)
    try:
        connection.request(method, BASE + path, body)
        answer = connection.getresponse()
        return answer.headers, answer.read()
    finally:
        connection.close()


def error_of(failure):
    kind = type(failure)
    return json.dumps({
        "errorMessage": str(failure),
        "errorType": kind.__name__,
        "stackTrace": traceback.format_tb(failure.__traceback__)[1:],
    }).encode()


def load():
    module_name, _, function_name = os.environ["_HANDLER"].rpartition(".")
    module = importlib.import_module(module_name.replace("/", "."))
    return getattr(module, function_name)


def main():
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    try:
        handler = load()
    except BaseException as failure:
        traceback.print_exc()
        sys.stdout.flush()
        error = json.loads(error_of(failure))
        if isinstance(failure, ImportError):
            error["errorType"] = "Runtime.ImportModuleError"
            error["errorMessage"] = "Unable to import module '%s': %s" % (
                os.environ["_HANDLER"].rpartition(".")[0], failure)
        elif isinstance(failure, AttributeError):
            error["errorType"] = "Runtime.HandlerNotFound"
        call("POST", "/init/error", json.dumps(error).encode())
        sys.exit(1)
    while True:
        headers, event = call("GET", "/invocation/next")
        context = Context(headers)
        try:
            result = handler(json.loads(event) if event else None, context)
            kind, body = "response", json.dumps(result).encode()
        except Exception as failure:
            print("[ERROR] %s: %s" % (type(failure).__name__, failure))
            traceback.print_exc()
            kind, body = "error", error_of(failure)
        sys.stdout.flush()
        sys.stderr.flush()
        call("POST", "/invocation/%s/%s" % (context.aws_request_id, kind), body)


main()
