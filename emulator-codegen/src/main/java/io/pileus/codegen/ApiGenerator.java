package io.pileus.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.smithy.aws.traits.ServiceTrait;
import software.amazon.smithy.aws.traits.auth.SigV4Trait;
import software.amazon.smithy.aws.traits.protocols.AwsJson1_0Trait;
import software.amazon.smithy.aws.traits.protocols.AwsJson1_1Trait;
import software.amazon.smithy.aws.traits.protocols.AwsQueryCompatibleTrait;
import software.amazon.smithy.aws.traits.protocols.AwsQueryTrait;
import software.amazon.smithy.aws.traits.protocols.RestJson1Trait;
import software.amazon.smithy.aws.traits.protocols.RestXmlTrait;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.knowledge.EventStreamIndex;
import software.amazon.smithy.model.knowledge.EventStreamInfo;
import software.amazon.smithy.model.knowledge.TopDownIndex;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.traits.AuthTrait;
import software.amazon.smithy.model.traits.EndpointTrait;
import software.amazon.smithy.model.traits.HttpTrait;
import software.amazon.smithy.model.traits.OptionalAuthTrait;
import software.amazon.smithy.model.traits.XmlNamespaceTrait;
import software.amazon.smithy.protocol.traits.Rpcv2CborTrait;

/** Generates the operations interface that a service implements, and the API that dispatches to it. */
final class ApiGenerator {
    private final ModelSource source;
    private final Model model;
    private final ServiceShape service;
    private final List<OperationShape> operations;

    ApiGenerator(ModelSource source, Model model, ServiceShape service) {
        this.source = source;
        this.model = model;
        this.service = service;
        this.operations = List.copyOf(new TreeSet<>(TopDownIndex.of(model).getContainedOperations(service)));
    }

    private String input(OperationShape operation) {
        return className(operation, operation.getInputShape(), "Request");
    }

    private String output(OperationShape operation) {
        return className(operation, operation.getOutputShape(), "Response");
    }

    private String className(OperationShape operation, ShapeId shape, String suffix) {
        return shape.toString().equals(ModelGenerator.UNIT)
                ? operation.getId().getName() + suffix
                : JavaNames.className(model.expectShape(shape));
    }

    private boolean waits(OperationShape operation) {
        return source.waiting().contains(operation.getId().getName());
    }

    String operations() {
        StringBuilder code = new StringBuilder();
        code.append("/** The operations of ")
                .append(sdkId())
                .append(". What an implementation leaves out answers <em>not implemented</em>. */\n");
        code.append("public interface ")
                .append(source.name())
                .append("Operations extends io.pileus.core.service.ConstraintPolicy {\n");
        for (OperationShape operation : operations) {
            String name = operation.getId().getName();
            String result = waits(operation)
                    ? "java.util.concurrent.CompletionStage<" + output(operation) + ">"
                    : output(operation);
            code.append("\n    default ")
                    .append(result)
                    .append(" ")
                    .append(JavaNames.method(name))
                    .append("(")
                    .append(input(operation));
            code.append(
                    " input, io.pileus.core.service.CallContext call) {\n        throw io.pileus.core.service.NotImplemented.operation(");
            code.append(JavaNames.literal(sdkId()))
                    .append(", ")
                    .append(JavaNames.literal(name))
                    .append(");\n    }\n");
        }
        return code.append("}\n").toString();
    }

    private String sdkId() {
        return service.getTrait(ServiceTrait.class)
                .map(ServiceTrait::getSdkId)
                .orElse(service.getId().getName());
    }

    String api() {
        String name = source.name();
        StringBuilder code = new StringBuilder();
        code.append("/** The operation table of ").append(sdkId()).append(", joined to its implementation. */\n");
        code.append("public final class ")
                .append(name)
                .append("Api implements io.pileus.core.service.ServiceApi {\n\n");
        code.append("    public static final io.pileus.core.service.ServiceModel MODEL = ")
                .append(serviceModel())
                .append(";\n\n");
        code.append(
                "    private static final java.util.List<io.pileus.core.service.Operation> OPERATIONS = java.util.List.of(\n");
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            entries.add("            " + operation(operations.get(i), i));
        }
        code.append(String.join(",\n", entries)).append(");\n\n");
        code.append(
                "    private static final java.util.Map<java.lang.String, io.pileus.core.service.Operation> BY_NAME = new java.util.HashMap<>();\n\n");
        code.append(
                "    static {\n        for (io.pileus.core.service.Operation operation : OPERATIONS) {\n            BY_NAME.put(operation.name(), operation);\n        }\n    }\n\n");
        code.append("    private final ").append(name).append("Operations operations;\n\n");
        code.append("    public ")
                .append(name)
                .append("Api(")
                .append(name)
                .append("Operations operations) {\n        this.operations = operations;\n    }\n");
        method(code, "io.pileus.core.service.ServiceModel model()", "return MODEL;");
        method(code, "java.util.List<io.pileus.core.service.Operation> operations()", "return OPERATIONS;");
        method(
                code,
                "io.pileus.core.service.@org.jspecify.annotations.Nullable Operation operation(java.lang.String name)",
                "return BY_NAME.get(name);");
        dispatch(
                code,
                "io.pileus.core.shape.Schema inputSchema(io.pileus.core.service.Operation operation)",
                o -> input(o) + ".SCHEMA");
        dispatch(
                code,
                "io.pileus.core.shape.Schema outputSchema(io.pileus.core.service.Operation operation)",
                o -> output(o) + ".SCHEMA");
        dispatch(
                code,
                "io.pileus.core.shape.Shape readInput(io.pileus.core.service.Operation operation, io.pileus.core.shape.ShapeReader reader)",
                o -> input(o) + ".read(reader)");
        dispatch(
                code,
                "io.pileus.core.shape.Shape readOutput(io.pileus.core.service.Operation operation, io.pileus.core.shape.ShapeReader reader)",
                o -> output(o) + ".read(reader)");
        dispatch(
                code,
                "java.lang.Object call(io.pileus.core.service.Operation operation, io.pileus.core.shape.Shape input, io.pileus.core.service.CallContext call)",
                o -> "operations." + JavaNames.method(o.getId().getName()) + "((" + input(o) + ") input, call)");
        method(code, "io.pileus.core.service.ConstraintPolicy constraints()", "return operations;");
        events(code);
        implemented(code);
        return code.append("}\n").toString();
    }

    private static void method(StringBuilder code, String signature, String body) {
        code.append("\n    @Override\n    public ")
                .append(signature)
                .append(" {\n        ")
                .append(body)
                .append("\n    }\n");
    }

    /**
     * Statements, not a switch expression: its value would have the type that all cases share, the class {@code Record}, and
     * to verify that the JVM would load the class of every operation when it loads the table.
     */
    private void dispatch(
            StringBuilder code, String signature, java.util.function.Function<OperationShape, String> expression) {
        code.append("\n    @Override\n    public ")
                .append(signature)
                .append(" {\n        switch (operation.index()) {\n");
        for (int i = 0; i < operations.size(); i++) {
            code.append("            case ")
                    .append(i)
                    .append(":\n                return ")
                    .append(expression.apply(operations.get(i)))
                    .append(";\n");
        }
        code.append(
                        "            default:\n                throw new java.lang.IllegalArgumentException(operation.name());\n")
                .append("        }\n    }\n");
    }

    private void events(StringBuilder code) {
        code.append(
                "\n    @Override\n    public java.util.concurrent.Flow.@org.jspecify.annotations.Nullable Publisher<? extends io.pileus.core.shape.Shape> outputEvents(\n");
        code.append(
                "            io.pileus.core.service.Operation operation, io.pileus.core.shape.Shape output) {\n        return switch (operation.index()) {\n");
        for (int i = 0; i < operations.size(); i++) {
            OperationShape operation = operations.get(i);
            int index = i;
            outputEvents(operation)
                    .ifPresent(info -> code.append("            case ")
                            .append(index)
                            .append(" -> ((")
                            .append(output(operation))
                            .append(") output).")
                            .append(JavaNames.member(info.getEventStreamMember()))
                            .append("();\n"));
        }
        code.append("            default -> null;\n        };\n    }\n");
    }

    private Optional<EventStreamInfo> outputEvents(OperationShape operation) {
        return EventStreamIndex.of(model).getOutputInfo(operation);
    }

    /** Asks the implementation's class, by name: used for the coverage page only. */
    private void implemented(StringBuilder code) {
        code.append("\n    @Override\n    public boolean implemented(io.pileus.core.service.Operation operation) {\n");
        code.append("        java.lang.String method = switch (operation.index()) {\n");
        for (int i = 0; i < operations.size(); i++) {
            code.append("            case ")
                    .append(i)
                    .append(" -> ")
                    .append(JavaNames.literal(
                            JavaNames.method(operations.get(i).getId().getName())))
                    .append(";\n");
        }
        code.append(
                "            default -> throw new java.lang.IllegalArgumentException(operation.name());\n        };\n");
        code.append("        for (java.lang.reflect.Method candidate : operations.getClass().getMethods()) {\n");
        code.append("            if (candidate.getName().equals(method) && candidate.getDeclaringClass() != ")
                .append(source.name())
                .append("Operations.class\n");
        code.append(
                "                    && candidate.getParameterCount() == 2 && !candidate.isBridge()) {\n                return true;\n            }\n        }\n        return false;\n    }\n");
    }

    private String operation(OperationShape operation, int index) {
        Optional<HttpTrait> http = operation.getTrait(HttpTrait.class);
        String name = operation.getId().getName();
        String mode = waits(operation) ? "WAITING" : source.offloaded().contains(name) ? "OFFLOADED" : "DIRECT";
        boolean unsigned = operation.hasTrait(OptionalAuthTrait.class)
                || operation
                        .getTrait(AuthTrait.class)
                        .map(t -> t.getValueSet().isEmpty())
                        .orElse(false);
        String errors = operation.getErrors().stream()
                .map(id -> JavaNames.literal(id.getName()))
                .collect(Collectors.joining(", ", "java.util.List.of(", ")"));
        return "new io.pileus.core.service.Operation(" + JavaNames.literal(name) + ", " + index
                + ", io.pileus.core.service.Operation.Mode." + mode + ", "
                + JavaNames.literal(http.map(HttpTrait::getMethod).orElse("POST")) + ", "
                + JavaNames.literal(http.map(t -> t.getUri().toString()).orElse("/")) + ", "
                + http.map(HttpTrait::getCode).orElse(200) + ", " + unsigned + ", "
                + JavaNames.literal(operation
                        .getTrait(EndpointTrait.class)
                        .map(t -> t.getHostPrefix().toString())
                        .orElse(""))
                + ", " + errors + ", "
                + outputEvents(operation)
                        .map(i -> JavaNames.literal(i.getEventStreamMember().getMemberName()))
                        .orElse("null")
                + ")";
    }

    private String serviceModel() {
        Optional<ServiceTrait> trait = service.getTrait(ServiceTrait.class);
        String signing =
                service.getTrait(SigV4Trait.class).map(SigV4Trait::getName).orElse("");
        String endpoint = trait.map(ServiceTrait::getEndpointPrefix).orElse(signing);
        String arn = trait.map(ServiceTrait::getArnNamespace).orElse(signing);
        List<String> protocols = new ArrayList<>();
        addIf(service.hasTrait(Rpcv2CborTrait.class), "RPC_V2_CBOR", protocols);
        addIf(service.hasTrait(AwsJson1_0Trait.class), "AWS_JSON_1_0", protocols);
        addIf(service.hasTrait(AwsJson1_1Trait.class), "AWS_JSON_1_1", protocols);
        addIf(service.hasTrait(AwsQueryTrait.class), "AWS_QUERY", protocols);
        addIf(service.hasTrait(RestJson1Trait.class), "REST_JSON_1", protocols);
        addIf(service.hasTrait(RestXmlTrait.class), "REST_XML", protocols);
        return "new io.pileus.core.service.ServiceModel("
                + String.join(
                        ", ",
                        JavaNames.literal(service.getId().getNamespace()),
                        JavaNames.literal(service.getId().getName()),
                        JavaNames.literal(sdkId()),
                        JavaNames.literal(service.getVersion()),
                        JavaNames.literal(signing),
                        JavaNames.literal(endpoint),
                        JavaNames.literal(arn),
                        JavaNames.literal(service.getTrait(XmlNamespaceTrait.class)
                                .map(XmlNamespaceTrait::getUri)
                                .orElse("")),
                        "java.util.Set.of(" + String.join(", ", protocols) + ")",
                        String.valueOf(service.hasTrait(AwsQueryCompatibleTrait.class)),
                        String.valueOf(service.getTrait(RestXmlTrait.class)
                                .map(RestXmlTrait::isNoErrorWrapping)
                                .orElse(false)))
                + ")";
    }

    private static void addIf(boolean present, String protocol, List<String> protocols) {
        if (present) {
            protocols.add("io.pileus.core.service.WireProtocol." + protocol);
        }
    }
}
