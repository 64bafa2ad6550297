"""Writes the services' Smithy models from the C2J models that the botocore package carries.

The result is Smithy 2.0 IDL without documentation prose. Nothing here is needed to build; run it to refresh
the models (see README.md). Facts that C2J does not carry are the tables in `corrections.py`.

    tools/import-models            rewrite every model
    tools/import-models sqs kms    rewrite some (names as in botocore's data directory)
    tools/import-models --check    write nothing, fail if a file would change
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import botocore

from corrections import CHECKS_ITS_OWN_INPUT, checks_its_own_input, OPERATION_TRAITS, QUERY_ERRORS, ROOT_ELEMENTS, SQS_XML

REPOSITORY = Path(__file__).resolve().parent.parent
BOTOCORE_DATA = Path(botocore.__file__).parent / "data"


@dataclass(frozen=True)
class Api:
    """One service: where its C2J model is, and what its Smithy model is called."""

    c2j: str
    file: str
    namespace: str
    arn_namespace: str
    # C2J has the name only where it is the JSON target prefix.
    service_shape: str | None = None
    # Protocols that AWS serves and C2J no longer mentions.
    more_protocols: tuple = ()
    xml_namespace: str | None = None

    @property
    def path(self):
        return REPOSITORY / self.file


APIS = [
    Api("sqs", "service-sqs/src/main/smithy/sqs.smithy", "com.amazonaws.sqs", "sqs",
        more_protocols=("query",), xml_namespace="http://queue.amazonaws.com/doc/2012-11-05/"),
    Api("kms", "service-kms/src/main/smithy/kms.smithy", "com.amazonaws.kms", "kms"),
    Api("sts", "service-sts/src/main/smithy/sts.smithy", "com.amazonaws.sts", "sts",
        service_shape="AWSSecurityTokenServiceV20110615"),
    Api("iam", "service-sts/src/main/smithy/iam.smithy", "com.amazonaws.iam", "iam",
        service_shape="AWSIdentityManagementV20100508"),
    Api("sns", "service-sns/src/main/smithy/sns.smithy", "com.amazonaws.sns", "sns",
        service_shape="AmazonSimpleNotificationService"),
    Api("kinesis", "service-kinesis/src/main/smithy/kinesis.smithy", "com.amazonaws.kinesis", "kinesis"),
    Api("firehose", "service-kinesis/src/main/smithy/firehose.smithy", "com.amazonaws.firehose", "firehose"),
    Api("stepfunctions", "service-stepfunctions/src/main/smithy/sfn.smithy", "com.amazonaws.sfn", "states"),
    Api("cognito-idp", "service-cognito/src/main/smithy/cognito-identity-provider.smithy",
        "com.amazonaws.cognitoidentityprovider", "cognito-idp"),
    Api("cognito-identity", "service-cognito/src/main/smithy/cognito-identity.smithy",
        "com.amazonaws.cognitoidentity", "cognito-identity"),
    Api("lambda", "service-lambda/src/main/smithy/lambda.smithy", "com.amazonaws.lambda", "lambda",
        service_shape="AWSGirApiService"),
    Api("s3", "service-s3/src/main/smithy/s3.smithy", "com.amazonaws.s3", "s3",
        service_shape="AmazonS3", xml_namespace="http://s3.amazonaws.com/doc/2006-03-01/"),
]

SIMPLE_TYPES = {"blob", "boolean", "double", "float", "integer", "long", "string", "timestamp"}
TIMESTAMP_FORMATS = {"iso8601": "date-time", "rfc822": "http-date", "unixTimestamp": "epoch-seconds"}
IDENTIFIER = re.compile(r"(_+[A-Za-z0-9]|[A-Za-z])[A-Za-z0-9_]*")


def read_c2j(service):
    """The newest C2J model of a service."""
    newest = max(path for path in (BOTOCORE_DATA / service).iterdir() if (path / "service-2.json.gz").exists())
    with gzip.open(newest / "service-2.json.gz", "rt", encoding="utf-8") as file:
        return json.load(file)


def quoted(text):
    """A Smithy string literal; its escapes are JSON's, but for `/`, which needs none."""
    return json.dumps(text, ensure_ascii=False)


def number(value):
    """A number as short as it goes: C2J writes some limits as 9.0E18 or 100.0."""
    return str(int(value)) if float(value) == int(value) else repr(value)


class SmithyModel:
    """One service's C2J model, printed as Smithy."""

    def __init__(self, api):
        self.api = api
        c2j = read_c2j(api.c2j)
        self.metadata = c2j["metadata"]
        self.shapes = dict(c2j["shapes"])
        self.used_traits = set()
        protocols = self.metadata.get("protocols", [self.metadata["protocol"]]) + list(api.more_protocols)
        self.is_query = "query" in protocols
        self.is_rest = self.metadata["protocol"].startswith("rest-")
        self.is_xml = self.is_query or "rest-xml" in protocols
        self.protocols = protocols
        self.service_name = api.service_shape or self.metadata["targetPrefix"]
        self.xml_namespace = api.xml_namespace or self.xml_namespace_uri(self.metadata.get("xmlNamespace"))
        self.operations = self.without_replaced_operations(c2j["operations"])
        uris = Counter(self.method_and_uri(operation) for operation in self.operations.values())
        self.shared_uris = {uri for uri, count in uris.items() if count > 1}
        self.separate_streaming_blobs()
        self.drop_unused_shapes()
        self.rename_shapes_that_differ_by_case()

    # What is imported

    @staticmethod
    def without_replaced_operations(operations):
        """Without operations whose successor answers the same method and URI (S3's GetBucketLifecycle and its like)."""
        current = {
            SmithyModel.method_and_uri(operation)
            for operation in operations.values()
            if operation["http"]["requestUri"] != "/" and not operation.get("deprecated")
        }
        return {
            name: operation
            for name, operation in operations.items()
            if not operation.get("deprecated") or SmithyModel.method_and_uri(operation) not in current
        }

    @staticmethod
    def method_and_uri(operation):
        return operation["http"]["method"], operation["http"]["requestUri"]

    def separate_streaming_blobs(self):
        """C2J marks a member as streaming, Smithy a shape: such members get the shape StreamingBlob."""
        for name, shape in list(self.shapes.items()):
            for member_name, member in shape.get("members", {}).items():
                if member.get("streaming"):
                    self.shapes["StreamingBlob"] = {"type": "blob", "streaming": True}
                    shape["members"][member_name] = {**member, "shape": "StreamingBlob"}

    def drop_unused_shapes(self):
        """Keep what operations reach, and every error: some errors no operation lists, but the service answers them."""
        used = set()
        waiting = [name for name, shape in self.shapes.items() if shape.get("exception")]
        for operation in self.operations.values():
            waiting += [operation[side]["shape"] for side in ("input", "output") if side in operation]
        while waiting:
            name = waiting.pop()
            if name not in used:
                used.add(name)
                waiting += self.targets_of(self.shapes[name])
        self.shapes = {name: shape for name, shape in self.shapes.items() if name in used}

    def rename_shapes_that_differ_by_case(self):
        """SNS has `Endpoint` and `endpoint`; Smithy forbids it, and AWS's own model calls the second one Endpoint2."""
        same_but_case = Counter(name.lower() for name in self.shapes)
        for name in sorted(self.shapes):
            if same_but_case[name.lower()] == 1 or name[0].isupper():
                continue
            new_name = name[0].upper() + name[1:] + "2"
            if new_name in self.shapes:
                raise ValueError(f"{new_name} is taken")
            self.shapes[new_name] = self.shapes.pop(name)
            for shape in self.shapes.values():
                for member in self.members_of(shape):
                    if member["shape"] == name:
                        member["shape"] = new_name

    @staticmethod
    def members_of(shape):
        """The members of a structure, or those of a list or map."""
        parts = [shape[part] for part in ("member", "key", "value") if part in shape]
        return list(shape.get("members", {}).values()) + parts

    def targets_of(self, shape):
        return [member["shape"] for member in self.members_of(shape)]

    # The file

    def text(self):
        body = self.service()
        body += "".join(self.operation(name) for name in sorted(self.operations))
        body += "".join(self.shape(name) for name in sorted(self.shapes))
        head = [
            "// Written by tools/import-models from the API model of Amazon Web Services; refresh it with that.",
            '$version: "2.0"',
            "",
            f"namespace {self.api.namespace}",
            "",
            *(f"use {trait}" for trait in sorted(self.used_traits)),
        ]
        return "\n".join(head) + "\n" + body

    def use(self, trait):
        """The short name of a trait outside the prelude, and a `use` statement for it."""
        self.used_traits.add(trait)
        return trait.split("#")[1]

    def trait(self, trait, **values):
        """A trait application: `@name` or `@name(a: 1, b: "x")`."""
        name = self.use(trait) if "#" in trait else trait
        inner = ", ".join(f"{key}: {value}" for key, value in values.items())
        return f"@{name}({inner})" if inner else f"@{name}"

    def block(self, traits, kind, name, lines):
        """A shape: its traits, one a line, then its body."""
        head = "".join(f"{trait}\n" for trait in traits)
        if not lines:
            return f"\n{head}{kind} {name} {{}}\n"
        body = "".join(f"    {line}\n" if line else "\n" for line in lines)
        return f"\n{head}{kind} {name} {{\n{body}}}\n"

    @staticmethod
    def members(entries):
        """Members one after the other, with an empty line around those that carry traits."""
        lines = []
        for index, (traits, text) in enumerate(entries):
            if index and (traits or entries[index - 1][0]):
                lines.append("")
            lines += [*traits, text]
        return lines

    # Service and operations

    def service(self):
        metadata = self.metadata
        signing_name = metadata.get("signingName", metadata["endpointPrefix"])
        traits = [
            self.trait(
                "aws.api#service",
                sdkId=quoted(metadata["serviceId"]),
                arnNamespace=quoted(self.api.arn_namespace),
                endpointPrefix=quoted(metadata["endpointPrefix"]),
                cloudTrailEventSource=quoted(f"{self.api.arn_namespace}.amazonaws.com"),
            ),
            self.trait("aws.auth#sigv4", name=quoted(signing_name)),
        ]
        if "aws.auth#sigv4a" in metadata.get("auth", []):
            traits.append(self.trait("aws.auth#sigv4a", name=quoted(signing_name)))
            traits.append("@auth([sigv4, sigv4a])")
        traits += [self.protocol(protocol) for protocol in self.protocols]
        if "awsQueryCompatible" in metadata:
            traits.append(self.trait("aws.protocols#awsQueryCompatible"))
        traits.append(f"@title({quoted(metadata['serviceFullName'])})")
        if self.xml_namespace:
            traits.append(self.trait("xmlNamespace", uri=quoted(self.xml_namespace)))
        lines = [f"version: {quoted(metadata['apiVersion'])}", "operations: ["]
        lines += [f"    {name}" for name in sorted(self.operations)]
        lines.append("]")
        return self.block(traits, "service", self.service_name, lines)

    def protocol(self, protocol):
        if protocol == "json":
            event_streams = {}
            if self.metadata.get("protocolSettings", {}).get("h2") == "eventstream":
                event_streams = {"http": '["http/1.1", "h2"]', "eventStreamHttp": '["h2"]'}
            version = self.metadata["jsonVersion"].replace(".", "_")
            return self.trait(f"aws.protocols#awsJson{version}", **event_streams)
        if protocol == "rest-xml":
            return self.trait("aws.protocols#restXml", noErrorWrapping="true")
        return self.trait({
            "query": "aws.protocols#awsQuery",
            "rest-json": "aws.protocols#restJson1",
            "smithy-rpc-v2-cbor": "smithy.protocols#rpcv2Cbor",
        }[protocol])

    def operation(self, name):
        operation = self.operations[name]
        lines = [f"{side}: {operation[side]['shape']}" for side in ("input", "output") if side in operation]
        errors = sorted({error["shape"] for error in operation.get("errors", [])})
        if errors:
            lines += ["errors: [", *(f"    {error}" for error in errors), "]"]
        return self.block(self.operation_traits(name, operation), "operation", name, lines)

    def operation_traits(self, name, operation):
        traits = []
        if "smithy.api#noAuth" in operation.get("auth", []) or operation.get("authtype") == "none":
            # As AWS's models say it: nothing need be signed, and a signature does no harm.
            traits += ["@auth([])", "@optionalAuth"]
        if operation.get("unsignedPayload"):
            traits.append(self.trait("aws.auth#unsignedPayload"))
        if operation.get("deprecated"):
            traits.append("@deprecated")
        if operation.get("endpoint"):
            traits.append(self.trait("endpoint", hostPrefix=quoted(operation["endpoint"]["hostPrefix"])))
        if self.is_rest:
            traits.append(self.http(name, operation))
        if operation.get("httpChecksum"):
            traits.append(self.http_checksum(operation["httpChecksum"]))
        if operation.get("idempotent") or (self.is_rest and operation["http"]["method"] in ("PUT", "DELETE")):
            traits.append("@idempotent")
        if operation.get("readonly") or (self.is_rest and operation["http"]["method"] in ("GET", "HEAD")):
            traits.append("@readonly")
        if operation.get("requestcompression"):
            encodings = ", ".join(quoted(encoding) for encoding in operation["requestcompression"]["encodings"])
            traits.append(f"@requestCompression(encodings: [{encodings}])")
        traits += [self.trait(trait) for trait in OPERATION_TRAITS.get((self.api.c2j, name), ())]
        return sorted(traits)

    def http(self, name, operation):
        http = operation["http"]
        uri = http["requestUri"]
        members = self.shapes[operation["input"]["shape"]]["members"] if "input" in operation else {}
        for member_name, member in members.items():
            if member.get("location") == "uri":
                # C2J labels have the wire name, Smithy labels the member's.
                uri = re.sub(r"\{%s(\+?)\}" % re.escape(member["locationName"]), r"{%s\1}" % member_name, uri)
        if self.method_and_uri(operation) in self.shared_uris:
            # Only a header or parameter tells these S3 operations apart. Smithy wants URIs to differ, so AWS's own model
            # adds the parameter x-id. Most clients leave it out: who routes must not insist on it.
            uri += ("&" if "?" in uri else "?") + f"x-id={name}"
        return self.trait("http", method=quoted(http["method"]), uri=quoted(uri), code=http.get("responseCode", 200))

    def http_checksum(self, checksum):
        values = {}
        for key in ("requestAlgorithmMember", "requestValidationModeMember"):
            if key in checksum:
                values[key] = quoted(checksum[key])
        if checksum.get("requestChecksumRequired"):
            values["requestChecksumRequired"] = "true"
        if "responseAlgorithms" in checksum:
            values["responseAlgorithms"] = json.dumps(checksum["responseAlgorithms"])
        return self.trait("aws.protocols#httpChecksum", **values)

    # Shapes

    def shape(self, name):
        shape = self.shapes[name]
        kind = shape["type"]
        traits = self.shape_traits(name, shape)
        if "enum" in shape and self.api.c2j not in CHECKS_ITS_OWN_INPUT:
            return self.block(traits, "enum", name, self.enum_members(shape["enum"]))
        if shape.get("document"):
            return self.simple(traits, "document", name)
        if kind in SIMPLE_TYPES:
            return self.simple(traits, kind, name)
        if kind == "list":
            member = shape["member"]
            return self.block(traits, "list", name, self.members([self.part(name, shape, "member", member)]))
        if kind == "map":
            parts = [self.part(name, shape, part, shape[part]) for part in ("key", "value")]
            return self.block(traits, "map", name, self.members(parts))
        if kind == "structure":
            is_union = shape.get("eventstream") or shape.get("union")
            entries = [
                (self.member_traits(name, shape, member_name, member), f"{member_name}: {member['shape']}")
                for member_name, member in shape.get("members", {}).items()
            ]
            return self.block(traits, "union" if is_union else "structure", name, self.members(entries))
        raise ValueError(f"{name}: no idea what a {kind} is")

    @staticmethod
    def simple(traits, kind, name):
        return "\n" + "".join(f"{trait}\n" for trait in traits) + f"{kind} {name}\n"

    def part(self, name, shape, part, member):
        """The member of a list, or the key or value of a map."""
        wire_name = member.get("locationName")
        if self.api.c2j == "sqs":
            wire_name = SQS_XML.get((name, part))
        # The elements of a flattened list are called as the structure's member that holds it.
        is_flat_list = part == "member" and shape.get("flattened")
        traits = []
        if self.is_xml and wire_name and wire_name != part and not is_flat_list:
            traits.append(f"@xmlName({quoted(wire_name)})")
        return traits, f"{part}: {member['shape']}"

    def shape_traits(self, name, shape):
        traits = []
        if shape.get("deprecated"):
            traits.append("@deprecated")
        if shape.get("exception"):
            traits += self.error_traits(name, shape)
        if shape.get("sensitive"):
            traits.append("@sensitive")
        if shape.get("streaming") or shape.get("eventstream"):
            traits.append("@streaming")
        if "timestampFormat" in shape:
            traits.append(f"@timestampFormat({quoted(TIMESTAMP_FORMATS[shape['timestampFormat']])})")
        if "pattern" in shape:
            traits.append(f"@pattern({quoted(shape['pattern'])})")
        limits = {key: number(shape[key]) for key in ("min", "max") if key in shape}
        if limits:
            is_number = shape["type"] in ("integer", "long", "float", "double")
            traits.append(self.trait("range" if is_number else "length", **limits))
        if self.is_xml and shape["type"] == "structure":
            root = ROOT_ELEMENTS.get(self.api.c2j, {}).get(name, shape.get("locationName", name))
            if root != name:
                traits.append(f"@xmlName({quoted(root)})")
            if "xmlNamespace" in shape:
                traits += self.xml_namespace_trait(shape["xmlNamespace"])
        return sorted(traits)

    def error_traits(self, name, shape):
        error = dict(shape.get("error", {}))
        if self.api.c2j in QUERY_ERRORS and name in QUERY_ERRORS[self.api.c2j]:
            error["code"], error["httpStatusCode"] = QUERY_ERRORS[self.api.c2j][name]
        is_fault = shape.get("fault") or error.get("fault")
        status = error.get("httpStatusCode", 500 if is_fault else 400)
        traits = [f"@error({quoted('server' if is_fault or status >= 500 else 'client')})", f"@httpError({status})"]
        if self.is_query and "code" in error:
            code = quoted(error["code"])
            traits.append(self.trait("aws.protocols#awsQueryError", code=code, httpResponseCode=status))
        return traits

    @staticmethod
    def enum_members(values):
        """Member names are the values; what an identifier may not hold becomes an underscore."""
        lines = []
        names = set()
        for value in values:
            name = re.sub(r"[^A-Za-z0-9_]", "_", value)
            if not IDENTIFIER.fullmatch(name):
                name = "_" + name
            while name in names:
                name += "_"
            names.add(name)
            lines.append(name if name == value else f"{name} = {quoted(value)}")
        return lines

    def member_traits(self, structure_name, structure, name, member):
        target = self.shapes[member["shape"]]
        is_union = structure.get("eventstream") or structure.get("union")
        is_payload = structure.get("payload") == name
        traits = []
        checked_here = not checks_its_own_input(self.api.c2j, structure_name)
        if name in structure.get("required", []) and not is_union and checked_here:
            traits.append("@required")
        if member.get("deprecated"):
            traits.append("@deprecated")
        if member.get("idempotencyToken"):
            traits.append("@idempotencyToken")
        if member.get("hostLabel"):
            traits.append("@hostLabel")
        if member.get("eventpayload"):
            traits.append("@eventPayload")
        if member.get("eventheader"):
            traits.append("@eventHeader")
        if member.get("jsonvalue"):
            traits.append('@mediaType("application/json")')
        if "timestampFormat" in member:
            traits.append(f"@timestampFormat({quoted(TIMESTAMP_FORMATS[member['timestampFormat']])})")
        if is_payload:
            traits.append("@httpPayload")
            if target.get("streaming") and "@required" not in traits:
                # Smithy knows no absent stream, only an empty one.
                traits.append('@default("")')
        if member.get("locationName") == "Content-Length":
            # Smithy leaves this header to HTTP itself; S3 has it as a member in its own model, too.
            traits.append('@suppress(["HttpHeaderTrait"])')
        if "location" in member:
            traits.append(self.location(name, member, target))
        else:
            traits += self.body_names(structure_name, name, member, target, is_payload)
        return sorted(traits)

    @staticmethod
    def location(name, member, target):
        wire_name = quoted(member.get("locationName", name))
        match member["location"]:
            case "uri":
                return "@httpLabel"
            case "header":
                return f"@httpHeader({wire_name})"
            case "headers":
                return f"@httpPrefixHeaders({wire_name})"
            case "querystring" if target["type"] == "map":
                return "@httpQueryParams"
            case "querystring":
                return f"@httpQuery({wire_name})"
            case "statusCode":
                return "@httpResponseCode"
        raise ValueError(f"{name}: no idea what the location {member['location']} is")

    def body_names(self, structure_name, name, member, target, is_payload):
        """How a member is called in a JSON or XML body."""
        wire_name = member.get("locationName", name)
        if not self.is_xml:
            return [f"@jsonName({quoted(wire_name)})"] if self.is_rest and wire_name != name else []
        traits = []
        if self.api.c2j == "sqs":
            wire_name = SQS_XML.get((structure_name, name), name)
        if member.get("flattened") or target.get("flattened"):
            traits.append("@xmlFlattened")
        if member.get("xmlAttribute"):
            traits.append("@xmlAttribute")
        # A payload's element is named by its shape, every other one by the member.
        named_by = member["shape"] if is_payload else name
        if wire_name != named_by and not (is_payload and "locationName" not in member):
            traits.append(f"@xmlName({quoted(wire_name)})")
        if "xmlNamespace" in member:
            traits += self.xml_namespace_trait(member["xmlNamespace"])
        return traits

    @staticmethod
    def xml_namespace_uri(namespace):
        return namespace["uri"] if isinstance(namespace, dict) else namespace

    def xml_namespace_trait(self, namespace):
        """The trait in a list, which is empty if the namespace is the service's own."""
        uri = self.xml_namespace_uri(namespace)
        if uri == self.xml_namespace:
            return []
        prefix = namespace.get("prefix") if isinstance(namespace, dict) else None
        values = {"uri": quoted(uri), **({"prefix": quoted(prefix)} if prefix else {})}
        return [self.trait("xmlNamespace", **values)]


def main():
    arguments = argparse.ArgumentParser(description="Write the services' Smithy models from botocore's data.")
    arguments.add_argument("services", nargs="*", help="as in botocore's data directory; all if none is named")
    arguments.add_argument("--check", action="store_true", help="write nothing, fail if a file would change")
    options = arguments.parse_args()
    unknown = set(options.services) - {api.c2j for api in APIS}
    if unknown:
        arguments.error(f"no such service: {', '.join(sorted(unknown))}")

    changed = []
    for api in APIS:
        if options.services and api.c2j not in options.services:
            continue
        model = SmithyModel(api)
        text = model.text()
        if not api.path.exists() or api.path.read_text(encoding="utf-8") != text:
            changed.append(api.file)
            if not options.check:
                api.path.parent.mkdir(parents=True, exist_ok=True)
                api.path.write_text(text, encoding="utf-8")
        print(f"{api.file}: {len(model.operations)} operations, {len(model.shapes)} shapes")
    for file in changed:
        print(f"{'would change' if options.check else 'changed'}: {file}")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
