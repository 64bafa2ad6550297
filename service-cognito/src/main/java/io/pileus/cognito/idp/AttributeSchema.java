package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.NumberAttributeConstraintsType;
import io.pileus.cognito.idp.model.SchemaAttributeType;
import io.pileus.cognito.idp.model.StringAttributeConstraintsType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that a pool's users may have: OpenID Connect's standard claims, which every pool has with the
 * constraints that AWS gives them, and custom ones.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html">Working
 *     with user attributes</a>
 */
public record AttributeSchema(Map<String, SchemaAttributeType> byName) {
    private static final int CUSTOM_MAX = 50;
    private static final int CUSTOM_NAME_LENGTH_MAX = 20;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)*");
    private static final Pattern PHONE = Pattern.compile("\\+[0-9]{1,15}");
    private static final Pattern BIRTHDATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    public AttributeSchema {
        byName = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    public static AttributeSchema of(Collection<SchemaAttributeType> attributes) {
        Map<String, SchemaAttributeType> byName = new LinkedHashMap<>();
        attributes.forEach(a -> byName.put(a.name(), a));
        return new AttributeSchema(byName);
    }

    /** The 20 standard attributes as a pool without a schema of its own has them. */
    public static AttributeSchema standard() {
        List<SchemaAttributeType> all = new ArrayList<>();
        all.add(text("sub", "1", "2048").toBuilder()
                .mutable(false)
                .required(true)
                .build());
        for (String name : List.of(
                "name",
                "given_name",
                "family_name",
                "middle_name",
                "nickname",
                "preferred_username",
                "profile",
                "picture",
                "website",
                "email")) {
            all.add(text(name, "0", "2048"));
        }
        all.add(typed("email_verified", "Boolean").build());
        all.add(text("gender", "0", "2048"));
        all.add(text("birthdate", "10", "10"));
        all.add(text("zoneinfo", "0", "2048"));
        all.add(text("locale", "0", "2048"));
        all.add(text("phone_number", "0", "2048"));
        all.add(typed("phone_number_verified", "Boolean").build());
        all.add(text("address", "0", "2048"));
        all.add(typed("updated_at", "Number")
                .numberAttributeConstraints(
                        NumberAttributeConstraintsType.builder().minValue("0").build())
                .build());
        return of(all);
    }

    private static SchemaAttributeType text(String name, String min, String max) {
        return typed(name, "String")
                .stringAttributeConstraints(StringAttributeConstraintsType.builder()
                        .minLength(min)
                        .maxLength(max)
                        .build())
                .build();
    }

    private static SchemaAttributeType.Builder typed(String name, String type) {
        return SchemaAttributeType.builder()
                .name(name)
                .attributeDataType(type)
                .developerOnlyAttribute(false)
                .mutable(true)
                .required(false);
    }

    public List<SchemaAttributeType> attributes() {
        return List.copyOf(byName.values());
    }

    /** The schema with attributes that CreateUserPool names: standard ones are set, others become custom ones. */
    public AttributeSchema with(List<SchemaAttributeType> wanted) {
        Map<String, SchemaAttributeType> all = new LinkedHashMap<>(byName);
        List<SchemaAttributeType> custom = new ArrayList<>();
        for (SchemaAttributeType attribute : wanted) {
            SchemaAttributeType standard = attribute.name() == null ? null : all.get(attribute.name());
            if (standard == null) {
                custom.add(attribute);
                continue;
            }
            if (attribute.attributeDataType() != null
                    && !attribute.attributeDataType().equals(standard.attributeDataType())) {
                throw CognitoErrors.invalidParameter(
                        "You can not change AttributeDataType or set developerOnlyAttribute "
                                + "for standard schema attribute " + attribute.name());
            }
            all.put(attribute.name(), standardAs(standard, attribute));
        }
        return new AttributeSchema(all).withCustom(custom);
    }

    private static SchemaAttributeType standardAs(SchemaAttributeType standard, SchemaAttributeType wanted) {
        if (Boolean.TRUE.equals(wanted.developerOnlyAttribute())) {
            throw CognitoErrors.invalidParameter("You can not change AttributeDataType or set developerOnlyAttribute "
                    + "for standard schema attribute " + wanted.name());
        }
        SchemaAttributeType.Builder builder = standard.toBuilder();
        if (wanted.mutable() != null && !wanted.name().equals("sub")) {
            builder.mutable(wanted.mutable());
        }
        if (wanted.required() != null && !wanted.name().equals("sub")) {
            builder.required(wanted.required());
        }
        if (wanted.stringAttributeConstraints() != null && standard.stringAttributeConstraints() != null) {
            checkConstraints(wanted);
            builder.stringAttributeConstraints(wanted.stringAttributeConstraints());
        }
        if (wanted.numberAttributeConstraints() != null && standard.numberAttributeConstraints() != null) {
            checkConstraints(wanted);
            builder.numberAttributeConstraints(wanted.numberAttributeConstraints());
        }
        return builder.build();
    }

    /** The schema with further custom attributes, each under its prefixed name. */
    public AttributeSchema withCustom(List<SchemaAttributeType> added) {
        Map<String, SchemaAttributeType> all = new LinkedHashMap<>(byName);
        for (SchemaAttributeType attribute : added) {
            if (attribute.name() == null) {
                throw CognitoErrors.invalidParameter("Attribute name cannot be empty.");
            }
            String prefix = Boolean.TRUE.equals(attribute.developerOnlyAttribute()) ? "dev:custom:" : "custom:";
            String bare = bareName(attribute.name());
            if (bare.length() > CUSTOM_NAME_LENGTH_MAX) {
                throw CognitoErrors.invalidParameter(
                        "1 validation error detected: Value at 'customAttributes.1.member.name' failed to satisfy "
                                + "constraint: Member must have length less than or equal to 20");
            }
            if (Boolean.TRUE.equals(attribute.required())) {
                throw CognitoErrors.invalidParameter("Required custom attributes are not supported currently.");
            }
            checkConstraints(attribute);
            String name = prefix + bare;
            if (all.containsKey(name)) {
                throw CognitoErrors.invalidParameter(name + ": Existing attribute already has name " + name + ".");
            }
            all.put(name, custom(attribute, name));
        }
        if (all.keySet().stream().filter(AttributeSchema::isCustom).count() > CUSTOM_MAX) {
            throw CognitoErrors.invalidParameter("The number of custom attributes cannot exceed " + CUSTOM_MAX + ".");
        }
        return new AttributeSchema(all);
    }

    private static String bareName(String name) {
        if (name.startsWith("dev:custom:")) {
            return name.substring(11);
        }
        return name.startsWith("custom:") ? name.substring(7) : name;
    }

    private static SchemaAttributeType custom(SchemaAttributeType attribute, String name) {
        String type = attribute.attributeDataType() == null ? "String" : attribute.attributeDataType();
        SchemaAttributeType.Builder builder = SchemaAttributeType.builder()
                .name(name)
                .attributeDataType(type)
                .developerOnlyAttribute(Boolean.TRUE.equals(attribute.developerOnlyAttribute()))
                .mutable(!Boolean.FALSE.equals(attribute.mutable()))
                .required(false);
        if (type.equals("String")) {
            builder.stringAttributeConstraints(
                    attribute.stringAttributeConstraints() == null
                            ? StringAttributeConstraintsType.builder().build()
                            : attribute.stringAttributeConstraints());
        }
        if (type.equals("Number")) {
            builder.numberAttributeConstraints(
                    attribute.numberAttributeConstraints() == null
                            ? NumberAttributeConstraintsType.builder().build()
                            : attribute.numberAttributeConstraints());
        }
        return builder.build();
    }

    private static void checkConstraints(SchemaAttributeType attribute) {
        StringAttributeConstraintsType text = attribute.stringAttributeConstraints();
        if (text != null) {
            checkRange(attribute.name(), text.minLength(), text.maxLength());
        }
        NumberAttributeConstraintsType number = attribute.numberAttributeConstraints();
        if (number != null) {
            checkRange(attribute.name(), number.minValue(), number.maxValue());
        }
    }

    private static void checkRange(String name, @Nullable String min, @Nullable String max) {
        try {
            long low = min == null ? Long.MIN_VALUE : Long.parseLong(min);
            long high = max == null ? Long.MAX_VALUE : Long.parseLong(max);
            if (low > high) {
                throw CognitoErrors.invalidParameter(
                        "Invalid min and max constraints for attribute " + name + ": min must not exceed max.");
            }
        } catch (NumberFormatException e) {
            throw CognitoErrors.invalidParameter("Invalid constraints for attribute " + name + ": not a number.");
        }
    }

    public static boolean isCustom(String name) {
        return name.startsWith("custom:") || name.startsWith("dev:custom:");
    }

    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** Refuses a new user's values that the schema does not allow; unknown attributes first. */
    public void check(Map<String, String> attributes) {
        checkKnown(attributes.keySet(), "Attributes did not conform to the schema: ", "");
        checkValues(attributes);
    }

    /** Refuses values that the schema does not allow for a user that is there; unknown attributes first. */
    public void checkChange(Map<String, String> attributes) {
        checkKnown(attributes.keySet(), "", "user.");
        checkValues(attributes);
    }

    /** Names all that are unknown, a line each. */
    private void checkKnown(Collection<String> names, String introduction, String prefix) {
        if (names.contains("identities")) {
            throw CognitoErrors.invalidParameter("Cannot modify identities: attribute is read-only.");
        }
        StringBuilder unknown = new StringBuilder();
        for (String name : names) {
            if (!byName.containsKey(name)) {
                unknown.append(prefix).append(name).append(": Attribute does not exist in the schema.\n");
            }
        }
        if (!unknown.isEmpty()) {
            throw CognitoErrors.invalidParameter(introduction + unknown);
        }
    }

    private void checkValues(Map<String, String> attributes) {
        attributes.forEach((name, value) -> violation(Objects.requireNonNull(byName.get(name)), value)
                .ifPresent(what -> {
                    throw CognitoErrors.invalidParameter(what);
                }));
    }

    private static Optional<String> violation(SchemaAttributeType schema, String value) {
        String name = schema.name();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (name.equals("email") && !EMAIL.matcher(value).matches()) {
            return Optional.of("Invalid email address format.");
        }
        if (name.equals("phone_number") && !PHONE.matcher(value).matches()) {
            return Optional.of("Invalid phone number format.");
        }
        if (name.equals("birthdate") && !BIRTHDATE.matcher(value).matches()) {
            return Optional.of("Invalid birthdate format: should be YYYY-MM-DD.");
        }
        String prefix = "Attributes did not conform to the schema: " + name + ": ";
        return switch (schema.attributeDataType()) {
            case "String" -> textViolation(schema, value).map(prefix::concat);
            case "Number" -> numberViolation(schema, value).map(prefix::concat);
            case "Boolean" ->
                value.equals("true") || value.equals("false")
                        ? Optional.empty()
                        : Optional.of(prefix + "Type of attribute is Boolean; the value must be true or false\n");
            default -> Optional.empty();
        };
    }

    private static Optional<String> textViolation(SchemaAttributeType schema, String value) {
        StringAttributeConstraintsType constraints = schema.stringAttributeConstraints();
        if (constraints == null) {
            return Optional.empty();
        }
        if (constraints.maxLength() != null && value.length() > Long.parseLong(constraints.maxLength())) {
            return Optional.of("String must be no longer than " + constraints.maxLength() + " characters\n");
        }
        if (constraints.minLength() != null && value.length() < Long.parseLong(constraints.minLength())) {
            return Optional.of("String must be at least " + constraints.minLength() + " characters\n");
        }
        return Optional.empty();
    }

    private static Optional<String> numberViolation(SchemaAttributeType schema, String value) {
        NumberAttributeConstraintsType constraints = schema.numberAttributeConstraints();
        java.math.BigDecimal number;
        try {
            if (value.length() > 64) {
                throw new NumberFormatException();
            }
            number = new java.math.BigDecimal(value);
        } catch (NumberFormatException e) {
            return Optional.of("Number format is invalid\n");
        }
        if (constraints != null
                && constraints.maxValue() != null
                && number.compareTo(new java.math.BigDecimal(constraints.maxValue())) > 0) {
            return Optional.of("Number must be at most " + constraints.maxValue() + "\n");
        }
        if (constraints != null
                && constraints.minValue() != null
                && number.compareTo(new java.math.BigDecimal(constraints.minValue())) < 0) {
            return Optional.of("Number must be at least " + constraints.minValue() + "\n");
        }
        return Optional.empty();
    }

    /** The required attributes that a user lacks. */
    public List<String> missing(Map<String, String> attributes) {
        return byName.values().stream()
                .filter(schema -> Boolean.TRUE.equals(schema.required()))
                .map(SchemaAttributeType::name)
                .filter(name ->
                        !name.equals("sub") && attributes.getOrDefault(name, "").isEmpty())
                .toList();
    }

    /** Refuses a new user that lacks a required attribute. */
    public void checkRequired(Map<String, String> attributes) {
        List<String> missing = missing(attributes);
        if (!missing.isEmpty()) {
            throw CognitoErrors.invalidParameter("Attributes did not conform to the schema: "
                    + String.join(": The attribute is required\n", missing) + ": The attribute is required\n");
        }
    }

    /** Refuses changes of attributes that are fixed once a user exists. */
    public void checkMutable(Set<String> names) {
        for (String name : names) {
            SchemaAttributeType schema = byName.get(name);
            if (schema != null && Boolean.FALSE.equals(schema.mutable())) {
                throw CognitoErrors.invalidParameter("user." + name + ": Attribute cannot be updated.\n");
            }
        }
    }

    public static boolean isEmail(String text) {
        return EMAIL.matcher(text).matches();
    }

    public static boolean isPhoneNumber(String text) {
        return PHONE.matcher(text).matches();
    }
}
