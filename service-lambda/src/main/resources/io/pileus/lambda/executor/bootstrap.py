"""Runs a Python function against the Lambda Runtime API."""
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
BASE = "/2018-06-01/runtime"


class Identity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class Fields:
    """A part of the client context, with its fields as attributes."""

    def __init__(self, values):
        for name, value in values.items():
            setattr(self, name, value)


class ClientContext:
    def __init__(self, values):
        self.custom = values.get("custom")
        self.env = values.get("env")
        self.client = Fields(values["client"]) if values.get("client") else None


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
        self.client_context = ClientContext(json.loads(context)) if context else None
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


class RequestId(logging.Filter):
    value = ""

    def filter(self, record):
        record.aws_request_id = RequestId.value
        return True


def set_up_logging():
    handler = logging.StreamHandler(sys.stdout)
    form = logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    handler.setFormatter(form)
    handler.terminator = ""
    handler.addFilter(RequestId())
    logging.getLogger().addHandler(handler)


connection = None


def call(method, path, body=None):
    global connection
    for last in (False, True):
        if connection is None:
            connection = http.client.HTTPConnection(API)
        try:
            connection.request(method, BASE + path, body)
            answer = connection.getresponse()
            return answer.headers, answer.read()
        except (OSError, http.client.HTTPException):
            # an idle connection may have been closed; a server that is gone answers the second time neither
            connection.close()
            connection = None
            if last:
                os._exit(0)


def error(message, kind, trace, request_id=""):
    return json.dumps({
        "errorMessage": message,
        "errorType": kind,
        "requestId": request_id,
        "stackTrace": trace,
    }, ensure_ascii=False)


def show(message, kind, trace):
    text = "[ERROR] %s: %s" % (kind, message) if message else "[ERROR] %s" % kind
    if trace:
        text += "\nTraceback (most recent call last):\n" + "".join(trace)
    print(text.rstrip("\n"))


class Refused(Exception):
    def __init__(self, kind, message, trace=()):
        Exception.__init__(self, message)
        self.kind, self.message, self.trace = kind, message, list(trace)


def load():
    name = os.environ["_HANDLER"]
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        raise Refused(
            "Runtime.MalformedHandlerName",
            "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as failure:
        raise Refused("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, failure))
    except SyntaxError as failure:
        trace = ['  File "%s" Line %s\n    %s' % (failure.filename, failure.lineno, failure.text)]
        raise Refused("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, failure), trace)
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Refused(
            "Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name))


def frames(failure, skip):
    return traceback.format_list(traceback.extract_tb(failure.__traceback__)[skip:])


def begin():
    try:
        return load()
    except Refused as refused:
        kind, message, trace = refused.kind, refused.message, refused.trace
    except SystemExit:
        raise
    except BaseException as failure:
        kind, message = type(failure).__name__, str(failure)
        trace = [f for f in frames(failure, 2) if "importlib" not in f]
    show(message, kind, trace)
    sys.stdout.flush()
    call("POST", "/init/error", error(message, kind, trace).encode())
    sys.exit(1)


def number(value):
    if type(value).__name__ == "Decimal":
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def answer(handler, event, context):
    try:
        result = handler(event, context)
    except Exception as failure:
        kind, message, trace = type(failure).__name__, str(failure), frames(failure, 1)
        show(message, kind, trace)
        return "error", error(message, kind, trace, context.aws_request_id)
    try:
        return "response", json.dumps(result, ensure_ascii=False, default=number)
    except Exception as failure:
        message = "Unable to marshal response: %s" % failure
        show(message, "Runtime.MarshalError", [])
        return "error", error(message, "Runtime.MarshalError", [], context.aws_request_id)


def main():
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    set_up_logging()
    handler = begin()
    while True:
        headers, event = call("GET", "/invocation/next")
        context = Context(headers)
        RequestId.value = context.aws_request_id
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
        try:
            given = json.loads(event) if event else None
        except ValueError as failure:
            message = "Unable to unmarshal input: %s" % failure
            show(message, "Runtime.UnmarshalError", [])
            kind, body = "error", error(message, "Runtime.UnmarshalError", [], context.aws_request_id)
        else:
            kind, body = answer(handler, given, context)
        sys.stdout.flush()
        sys.stderr.flush()
        call("POST", "/invocation/%s/%s" % (context.aws_request_id, kind), body.encode("utf-8", "surrogatepass"))


main()
