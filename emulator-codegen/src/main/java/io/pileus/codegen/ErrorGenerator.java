package io.pileus.codegen;

import java.util.List;
import java.util.Optional;
import software.amazon.smithy.aws.traits.protocols.AwsQueryErrorTrait;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.traits.ErrorTrait;
import software.amazon.smithy.model.traits.HttpErrorTrait;

/** Generates an exception for an error shape, carrying its wire code, HTTP status and fault. */
final class ErrorGenerator {
    private final StructureShape shape;
    private final List<MemberCode> members;

    ErrorGenerator(StructureShape shape, Members members) {
        this.shape = shape;
        this.members = MemberCode.of(members, shape);
    }

    String code() {
        String className = JavaNames.className(shape);
        boolean client = shape.expectTrait(ErrorTrait.class).isClientError();
        int status = shape.getTrait(HttpErrorTrait.class)
                .map(HttpErrorTrait::getCode)
                .orElse(client ? 400 : 500);
        Optional<AwsQueryErrorTrait> query = shape.getTrait(AwsQueryErrorTrait.class);
        String message = members.stream()
                .filter(m ->
                        m.modelName().equalsIgnoreCase("message") && m.type().equals("java.lang.String"))
                .map(MemberCode::javaName)
                .findFirst()
                .orElse(null);
        StringBuilder code = new StringBuilder();
        code.append("/** The error ")
                .append(shape.getId().getName())
                .append(" of the API: HTTP status ")
                .append(status)
                .append(". */\n");
        code.append("public final class ").append(className);
        code.append(" extends io.pileus.core.service.AwsException implements io.pileus.core.shape.Shape {\n");
        StructureGenerator.constants(code, members, shape, "error");
        code.append("\n");
        for (MemberCode member : members) {
            code.append("    private final transient ")
                    .append(member.nullableType())
                    .append(" ")
                    .append(member.javaName())
                    .append(";\n");
        }
        code.append("\n    private ").append(className).append("(Builder builder) {\n        super(");
        code.append(JavaNames.literal(shape.getId().getName()))
                .append(", ")
                .append(status)
                .append(", ")
                .append(client)
                .append(", ");
        code.append(message == null ? "builder.text" : "builder." + message).append(", ");
        code.append(query.map(t -> JavaNames.literal(t.getCode())).orElse("null"))
                .append(", ");
        code.append(query.map(AwsQueryErrorTrait::getHttpResponseCode).orElse(status))
                .append(");\n");
        members.forEach(m -> code.append("        this.")
                .append(m.javaName())
                .append(" = builder.")
                .append(m.javaName())
                .append(";\n"));
        code.append("    }\n\n    /** The error with this message. */\n    public static ")
                .append(className);
        code.append(" of(java.lang.@org.jspecify.annotations.Nullable String message) {\n        return builder().");
        code.append(message == null ? "text" : message).append("(message).build();\n    }\n");
        for (MemberCode member : members) {
            if (!member.javaName().equals(message)) {
                code.append("\n    public ")
                        .append(member.nullableType())
                        .append(" ")
                        .append(member.javaName());
                code.append("() {\n        return ").append(member.javaName()).append(";\n    }\n");
            }
        }
        code.append(
                "\n    @Override\n    public io.pileus.core.shape.Schema schema() {\n        return SCHEMA;\n    }\n");
        StructureGenerator.writeMethod(code, members);
        StructureGenerator.readMethod(code, className, members);
        members.forEach(m -> m.helpers(code));
        code.append("\n    public static Builder builder() {\n        return new Builder();\n    }\n");
        StringBuilder builder = new StringBuilder();
        StructureGenerator.builder(builder, className, members, "return new " + className + "(this);");
        if (message == null) {
            String field = "    public static final class Builder {\n";
            int at = builder.indexOf(field) + field.length();
            builder.insert(
                    at,
                    "        private java.lang.@org.jspecify.annotations.Nullable String text;\n\n"
                            + "        /** What the error says, where the model has no member for it. */\n"
                            + "        public Builder text(java.lang.@org.jspecify.annotations.Nullable String value) {\n"
                            + "            this.text = value;\n            return this;\n        }\n\n");
        }
        return code.append(builder).append("}\n").toString();
    }
}
