package io.pileus.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.traits.EnumTrait;
import software.amazon.smithy.model.traits.EventHeaderTrait;
import software.amazon.smithy.model.traits.EventPayloadTrait;
import software.amazon.smithy.model.traits.HostLabelTrait;
import software.amazon.smithy.model.traits.HttpHeaderTrait;
import software.amazon.smithy.model.traits.HttpLabelTrait;
import software.amazon.smithy.model.traits.HttpPayloadTrait;
import software.amazon.smithy.model.traits.HttpPrefixHeadersTrait;
import software.amazon.smithy.model.traits.HttpQueryParamsTrait;
import software.amazon.smithy.model.traits.HttpQueryTrait;
import software.amazon.smithy.model.traits.HttpResponseCodeTrait;
import software.amazon.smithy.model.traits.IdempotencyTokenTrait;
import software.amazon.smithy.model.traits.JsonNameTrait;
import software.amazon.smithy.model.traits.LengthTrait;
import software.amazon.smithy.model.traits.MediaTypeTrait;
import software.amazon.smithy.model.traits.PatternTrait;
import software.amazon.smithy.model.traits.RangeTrait;
import software.amazon.smithy.model.traits.SensitiveTrait;
import software.amazon.smithy.model.traits.SparseTrait;
import software.amazon.smithy.model.traits.StreamingTrait;
import software.amazon.smithy.model.traits.TimestampFormatTrait;
import software.amazon.smithy.model.traits.Trait;
import software.amazon.smithy.model.traits.UniqueItemsTrait;
import software.amazon.smithy.model.traits.XmlAttributeTrait;
import software.amazon.smithy.model.traits.XmlFlattenedTrait;
import software.amazon.smithy.model.traits.XmlNameTrait;
import software.amazon.smithy.model.traits.XmlNamespaceTrait;

/** Turns members of the model into the expressions that set up {@code io.pileus.core.shape.Member}. */
final class Members {
    static final String MEMBER = "io.pileus.core.shape.Member";

    private final Model model;

    Members(Model model) {
        this.model = model;
    }

    Model model() {
        return model;
    }

    Shape target(MemberShape member) {
        return model.expectShape(member.getTarget());
    }

    /** What the runtime calls the kind of a member's value. */
    String kind(Shape target) {
        return switch (target.getType()) {
            case STRING -> "STRING";
            case ENUM -> "ENUM";
            case BOOLEAN -> "BOOLEAN";
            case BYTE -> "BYTE";
            case SHORT -> "SHORT";
            case INTEGER -> "INTEGER";
            case INT_ENUM -> "INT_ENUM";
            case LONG -> "LONG";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case BIG_INTEGER -> "BIG_INTEGER";
            case BIG_DECIMAL -> "BIG_DECIMAL";
            case TIMESTAMP -> "TIMESTAMP";
            case BLOB -> target.hasTrait(StreamingTrait.class) ? "PAYLOAD" : "BLOB";
            case DOCUMENT -> "DOCUMENT";
            case LIST, SET -> "LIST";
            case MAP -> "MAP";
            case STRUCTURE -> "STRUCTURE";
            case UNION -> target.hasTrait(StreamingTrait.class) ? "EVENT_STREAM" : "UNION";
            default -> throw new IllegalArgumentException("no kind for " + target);
        };
    }

    /** The expression that makes the member. */
    String expression(MemberShape member) {
        Shape target = target(member);
        String name = JavaNames.literal(member.getMemberName());
        StringBuilder code = new StringBuilder(MEMBER);
        if (target instanceof ListShape list) {
            code.append(".list(")
                    .append(name)
                    .append(", ")
                    .append(expression(list.getMember()))
                    .append(")");
        } else if (target instanceof MapShape map) {
            code.append(".map(")
                    .append(name)
                    .append(", ")
                    .append(expression(map.getKey()))
                    .append(", ");
            code.append(expression(map.getValue())).append(")");
        } else {
            code.append(".of(")
                    .append(name)
                    .append(", " + MEMBER + ".Kind.")
                    .append(kind(target))
                    .append(")");
        }
        names(member, code);
        binding(member, code);
        member.getMemberTrait(model, TimestampFormatTrait.class)
                .ifPresent(t -> code.append(".timestamp(" + MEMBER + ".TimestampFormat.")
                        .append(
                                switch (t.getFormat()) {
                                    case DATE_TIME -> "DATE_TIME";
                                    case HTTP_DATE -> "HTTP_DATE";
                                    default -> "EPOCH_SECONDS";
                                })
                        .append(")"));
        member.getMemberTrait(model, MediaTypeTrait.class)
                .ifPresent(t -> code.append(".mediaType(")
                        .append(JavaNames.literal(t.getValue()))
                        .append(")"));
        flag(target.hasTrait(SparseTrait.class), ".asSparse()", code);
        flag(member.isRequired(), ".asRequired()", code);
        flag(member.getMemberTrait(model, SensitiveTrait.class).isPresent(), ".asSensitive()", code);
        flag(member.hasTrait(IdempotencyTokenTrait.class), ".asIdempotencyToken()", code);
        flag(target.hasTrait(UniqueItemsTrait.class), ".asUniqueItems()", code);
        flag(member.hasTrait(HostLabelTrait.class), ".asHostLabel()", code);
        constraints(member, target, code);
        return code.toString();
    }

    private static void flag(boolean present, String call, StringBuilder code) {
        if (present) {
            code.append(call);
        }
    }

    private void names(MemberShape member, StringBuilder code) {
        member.getTrait(JsonNameTrait.class)
                .ifPresent(t -> code.append(".jsonName(")
                        .append(JavaNames.literal(t.getValue()))
                        .append(")"));
        member.getTrait(XmlNameTrait.class)
                .ifPresent(t -> code.append(".xmlName(")
                        .append(JavaNames.literal(t.getValue()))
                        .append(")"));
        flag(member.hasTrait(XmlFlattenedTrait.class), ".flattened()", code);
        flag(member.hasTrait(XmlAttributeTrait.class), ".attribute()", code);
        // A structure's own default namespace counts at the root only; a prefix is needed wherever its attributes are.
        member.getTrait(XmlNamespaceTrait.class)
                .or(() -> target(member)
                        .getTrait(XmlNamespaceTrait.class)
                        .filter(t -> t.getPrefix().isPresent()))
                .ifPresent(t -> code.append(".xmlNamespace(")
                        .append(JavaNames.literal(t.getUri()))
                        .append(", ")
                        .append(JavaNames.literal(t.getPrefix().orElse("")))
                        .append(")"));
    }

    private static void binding(MemberShape member, StringBuilder code) {
        at(member.getTrait(HttpHeaderTrait.class).map(HttpHeaderTrait::getValue), "HEADER", code);
        at(member.getTrait(HttpPrefixHeadersTrait.class).map(HttpPrefixHeadersTrait::getValue), "PREFIX_HEADERS", code);
        at(member.getTrait(HttpQueryTrait.class).map(HttpQueryTrait::getValue), "QUERY", code);
        at(present(member, HttpQueryParamsTrait.class), "QUERY_PARAMS", code);
        at(present(member, HttpLabelTrait.class), "LABEL", code);
        at(present(member, HttpPayloadTrait.class), "PAYLOAD", code);
        at(present(member, HttpResponseCodeTrait.class), "RESPONSE_CODE", code);
        at(present(member, EventHeaderTrait.class), "EVENT_HEADER", code);
        at(present(member, EventPayloadTrait.class), "EVENT_PAYLOAD", code);
    }

    private static Optional<String> present(MemberShape member, Class<? extends Trait> trait) {
        return member.hasTrait(trait) ? Optional.of(member.getMemberName()) : Optional.empty();
    }

    private static void at(Optional<String> httpName, String location, StringBuilder code) {
        httpName.ifPresent(name -> code.append(".at(" + MEMBER + ".Location.")
                .append(location)
                .append(", ")
                .append(JavaNames.literal(name))
                .append(")"));
    }

    private void constraints(MemberShape member, Shape target, StringBuilder code) {
        List<String> calls = new ArrayList<>();
        member.getMemberTrait(model, LengthTrait.class).ifPresent(t -> {
            t.getMin().ifPresent(v -> calls.add(".minLength(" + v + "L)"));
            t.getMax().ifPresent(v -> calls.add(".maxLength(" + v + "L)"));
        });
        member.getMemberTrait(model, RangeTrait.class).ifPresent(t -> {
            t.getMin().ifPresent(v -> calls.add(".minimum(\"" + v.toPlainString() + "\")"));
            t.getMax().ifPresent(v -> calls.add(".maximum(\"" + v.toPlainString() + "\")"));
        });
        member.getMemberTrait(model, PatternTrait.class)
                .ifPresent(t -> calls.add(".pattern(" + JavaNames.literal(t.getValue()) + ")"));
        member.getMemberTrait(model, EnumTrait.class)
                .ifPresent(t -> calls.add(".oneOf("
                        + String.join(
                                ", ",
                                t.getEnumDefinitionValues().stream()
                                        .map(JavaNames::literal)
                                        .toList())
                        + ")"));
        if (!calls.isEmpty()) {
            code.append(".constrained(io.pileus.core.shape.Constraints.NONE")
                    .append(String.join("", calls))
                    .append(")");
        }
    }
}
