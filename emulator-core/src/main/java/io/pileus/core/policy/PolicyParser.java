package io.pileus.core.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a policy document as the policy grammar has it, and says where it does not. The words of the errors are those of
 * IAM's {@code MalformedPolicyDocument}, with the place added.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar of the policy language</a>
 */
final class PolicyParser {
    /** Longer than any policy AWS takes (S3's bucket policies, 20 KB, are the longest that our services have). */
    private static final int TEXT_LENGTH_MAX = 131_072;

    /** How many values all lists of one document may have together. */
    private static final int VALUES_MAX = 10_000;

    private static final String SYNTAX = "Syntax errors in policy.";

    private final String text;
    private final PolicyKind kind;
    private final Set<String> sids = new HashSet<>();
    private int values;

    PolicyParser(String text, PolicyKind kind) {
        this.text = text;
        this.kind = kind;
    }

    PolicyDocument parse() throws MalformedPolicyException {
        if (text.length() > TEXT_LENGTH_MAX) {
            throw new MalformedPolicyException("The policy is too large.", 0, 0);
        }
        JsonFactory json = new JsonFactoryBuilder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(16).build())
                .build();
        try (JsonParser parser = json.createParser(text)) {
            parser.nextToken();
            PolicyDocument document = document(parser);
            if (parser.nextToken() != null) {
                throw malformed(parser, SYNTAX);
            }
            return document;
        } catch (JsonProcessingException e) {
            // IAM has other words for trust policies that are no JSON than for identity policies
            String words = kind == PolicyKind.TRUST ? "This policy contains invalid Json" : SYNTAX;
            JsonLocation at = e.getLocation();
            throw at == null
                    ? new MalformedPolicyException(words, 0, 0)
                    : new MalformedPolicyException(words, at.getLineNr(), at.getColumnNr());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private PolicyDocument document(JsonParser p) throws IOException, MalformedPolicyException {
        require(p, JsonToken.START_OBJECT);
        String version = PolicyDocument.WITHOUT_VARIABLES;
        String id = "";
        List<Draft> drafts = List.of();
        boolean hasStatement = false;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonLocation at = p.currentTokenLocation();
            p.nextToken();
            switch (name) {
                case "Version" -> {
                    version = string(p);
                    if (!version.equals(PolicyDocument.WITH_VARIABLES)
                            && !version.equals(PolicyDocument.WITHOUT_VARIABLES)) {
                        throw malformed(p, "The policy must contain a valid version string");
                    }
                }
                case "Id" -> id = string(p);
                case "Statement" -> {
                    hasStatement = true;
                    drafts = statements(p);
                }
                default -> throw malformed(at, SYNTAX);
            }
        }
        if (!hasStatement || drafts.isEmpty()) {
            throw malformed(p, SYNTAX);
        }
        boolean variables = version.equals(PolicyDocument.WITH_VARIABLES);
        List<Statement> statements = new ArrayList<>();
        for (Draft draft : drafts) {
            statements.add(draft.statement(statements.size(), variables));
        }
        return new PolicyDocument(text, version, id, statements);
    }

    private List<Draft> statements(JsonParser p) throws IOException, MalformedPolicyException {
        List<Draft> drafts = new ArrayList<>();
        if (p.currentToken() == JsonToken.START_ARRAY) {
            while (p.nextToken() != JsonToken.END_ARRAY) {
                drafts.add(statement(p));
            }
        } else {
            drafts.add(statement(p));
        }
        return drafts;
    }

    private Draft statement(JsonParser p) throws IOException, MalformedPolicyException {
        require(p, JsonToken.START_OBJECT);
        Draft draft = new Draft(p.currentTokenLocation());
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonLocation at = p.currentTokenLocation();
            p.nextToken();
            switch (name) {
                case "Sid" -> sid(p, draft);
                case "Effect" -> {
                    draft.effect = effect(p);
                    draft.hasEffect = true;
                }
                case "Principal", "NotPrincipal" -> principals(p, at, name, draft);
                case "Action", "NotAction" -> actions(p, at, name, draft);
                case "Resource", "NotResource" -> resources(p, at, name, draft);
                case "Condition" -> conditions(p, draft);
                default -> throw malformed(at, SYNTAX);
            }
        }
        draft.complete(p.currentTokenLocation());
        return draft;
    }

    private void sid(JsonParser p, Draft draft) throws IOException, MalformedPolicyException {
        draft.sid = string(p);
        boolean plain = draft.sid.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
        if (!plain && kind == PolicyKind.IDENTITY) {
            throw malformed(
                    p,
                    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*");
        }
        if (!draft.sid.isEmpty() && !sids.add(draft.sid)) {
            throw malformed(p, "Statement IDs (SID) in a single policy must be unique.");
        }
    }

    private Effect effect(JsonParser p) throws IOException, MalformedPolicyException {
        return switch (string(p)) {
            case "Allow" -> Effect.ALLOW;
            case "Deny" -> Effect.DENY;
            default -> throw malformed(p, SYNTAX);
        };
    }

    private void principals(JsonParser p, JsonLocation at, String name, Draft draft)
            throws IOException, MalformedPolicyException {
        if (kind == PolicyKind.IDENTITY) {
            throw malformed(at, "Policy document should not specify a principal.");
        }
        if (draft.principals.isPresent()) {
            throw malformed(at, SYNTAX);
        }
        List<Principals.Member> members = new ArrayList<>();
        if (p.currentToken() == JsonToken.VALUE_STRING) {
            if (!p.getText().equals("*")) {
                throw malformed(p, "Invalid principal in policy.");
            }
            members.add(new Principals.Member(Principals.Type.AWS, "*"));
        } else {
            require(p, JsonToken.START_OBJECT);
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                Principals.Type type = principalType(p);
                p.nextToken();
                JsonLocation from = p.currentTokenLocation();
                for (String value : strings(p)) {
                    checkPrincipal(type, value, from);
                    members.add(new Principals.Member(type, value));
                }
            }
        }
        if (members.isEmpty()) {
            throw malformed(at, SYNTAX);
        }
        draft.principals = new Principals(name.startsWith("Not"), members);
    }

    private static Principals.Type principalType(JsonParser p) throws IOException, MalformedPolicyException {
        for (Principals.Type type : Principals.Type.values()) {
            if (type.wire().equals(p.currentName())) {
                return type;
            }
        }
        throw malformed(p, SYNTAX);
    }

    private static void checkPrincipal(Principals.Type type, String value, JsonLocation at)
            throws MalformedPolicyException {
        boolean valid = switch (type) {
            case AWS ->
                value.equals("*")
                        || value.startsWith("arn:") && value.split(":", 6).length == 6
                        || value.length() == 12 && value.chars().allMatch(Character::isDigit)
                        || value.length() >= 16
                                && value.startsWith("A")
                                && value.chars().allMatch(Character::isLetterOrDigit);
            case SERVICE, FEDERATED, CANONICAL_USER -> !value.isEmpty();
        };
        if (!valid) {
            throw malformed(at, "Invalid principal in policy: \"" + type.wire() + "\":\"" + value + "\"");
        }
    }

    private void actions(JsonParser p, JsonLocation at, String name, Draft draft)
            throws IOException, MalformedPolicyException {
        if (draft.actions.isPresent()) {
            throw malformed(at, SYNTAX);
        }
        JsonLocation from = p.currentTokenLocation();
        List<String> actions = strings(p);
        for (String action : actions) {
            checkAction(action, from);
        }
        if (actions.isEmpty()) {
            throw malformed(at, "Policy statement must contain actions.");
        }
        draft.actions = new PatternList(name.startsWith("Not"), actions);
    }

    private void checkAction(String action, JsonLocation at) throws MalformedPolicyException {
        int colon = action.indexOf(':');
        if (kind == PolicyKind.TRUST && !action.regionMatches(true, 0, "sts:", 0, 4)) {
            throw malformed(at, "AssumeRole policy may only specify STS AssumeRole actions.");
        }
        if (action.equals("*")) {
            return;
        }
        if (colon <= 0) {
            throw malformed(at, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
        if (action.indexOf(':', colon + 1) >= 0) {
            throw malformed(at, "Actions/Condition can contain only one colon.");
        }
        if (!action.substring(0, colon).chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-'))) {
            throw malformed(at, "Vendor " + action.substring(0, colon) + " is not valid");
        }
    }

    private void resources(JsonParser p, JsonLocation at, String name, Draft draft)
            throws IOException, MalformedPolicyException {
        if (kind == PolicyKind.TRUST) {
            throw malformed(at, "Has prohibited field " + name);
        }
        if (draft.resources.isPresent()) {
            throw malformed(at, SYNTAX);
        }
        JsonLocation from = p.currentTokenLocation();
        List<String> resources = strings(p);
        for (String resource : resources) {
            if (kind == PolicyKind.IDENTITY && !resource.equals("*") && !resource.startsWith("${")) {
                checkResource(resource, from);
            }
        }
        if (resources.isEmpty()) {
            throw malformed(at, "Policy statement must contain resources.");
        }
        draft.resources = new PatternList(name.startsWith("Not"), resources);
    }

    private static void checkResource(String resource, JsonLocation at) throws MalformedPolicyException {
        String[] parts = resource.split(":", 6);
        if (!Glob.of(parts[0]).matches("arn") || (parts.length < 6 && !resource.endsWith("*"))) {
            throw malformed(at, "Resource " + resource + " must be in ARN format or \"*\".");
        }
        if (parts.length > 1 && !parts[1].startsWith("aws") && !parts[1].contains("*") && !parts[1].contains("${")) {
            throw malformed(at, "Partition \"" + parts[1] + "\" is not valid for resource \"" + resource + "\".");
        }
    }

    private void conditions(JsonParser p, Draft draft) throws IOException, MalformedPolicyException {
        require(p, JsonToken.START_OBJECT);
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String operator = p.currentName();
            JsonLocation at = p.currentTokenLocation();
            if (Condition.of(operator, "", List.of()).isEmpty()) {
                throw malformed(at, "Invalid Condition type : " + operator + ".");
            }
            p.nextToken();
            require(p, JsonToken.START_OBJECT);
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String key = p.currentName();
                if (key.isEmpty()) {
                    throw malformed(p, SYNTAX);
                }
                if (key.indexOf(':') < 0) {
                    throw malformed(p, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
                }
                p.nextToken();
                draft.conditions.add(Condition.of(operator, key, strings(p)).orElseThrow());
            }
        }
    }

    /** One value or a list of them; numbers and booleans are taken as their text. */
    private List<String> strings(JsonParser p) throws IOException, MalformedPolicyException {
        List<String> result = new ArrayList<>();
        if (p.currentToken() == JsonToken.START_ARRAY) {
            while (p.nextToken() != JsonToken.END_ARRAY) {
                result.add(scalar(p));
            }
        } else {
            result.add(scalar(p));
        }
        return result;
    }

    private String scalar(JsonParser p) throws IOException, MalformedPolicyException {
        JsonToken token = p.currentToken();
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL || ++values > VALUES_MAX) {
            throw malformed(p, SYNTAX);
        }
        return p.getText();
    }

    private static String string(JsonParser p) throws IOException, MalformedPolicyException {
        require(p, JsonToken.VALUE_STRING);
        return p.getText();
    }

    private static void require(JsonParser p, JsonToken token) throws MalformedPolicyException {
        if (p.currentToken() != token) {
            throw malformed(p, SYNTAX);
        }
    }

    private static MalformedPolicyException malformed(JsonParser p, String reason) {
        return malformed(p.currentTokenLocation(), reason);
    }

    private static MalformedPolicyException malformed(JsonLocation at, String reason) {
        return new MalformedPolicyException(reason, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }

    /** A statement while it is being read: the document's version may come after it. */
    private final class Draft {
        private final JsonLocation at;
        private final List<Condition> conditions = new ArrayList<>();
        private String sid = "";
        private Effect effect;
        private boolean hasEffect;
        private JsonLocation end;
        private Principals principals = Principals.ABSENT;
        private PatternList actions = PatternList.ABSENT;
        private PatternList resources = PatternList.ABSENT;

        Draft(JsonLocation at) {
            this.at = at;
            this.end = at;
            this.effect = Effect.DENY;
        }

        void complete(JsonLocation endsAt) throws MalformedPolicyException {
            end = endsAt;
            if (!hasEffect) {
                throw malformed(at, SYNTAX);
            }
            if (!actions.isPresent()) {
                throw malformed(at, "Policy statement must contain actions.");
            }
            if (kind == PolicyKind.IDENTITY && !resources.isPresent()) {
                throw malformed(at, "Policy statement must contain resources.");
            }
            if (kind != PolicyKind.IDENTITY && !principals.isPresent()) {
                throw malformed(at, "Missing required field Principal");
            }
        }

        Statement statement(int index, boolean variables) {
            return new Statement(
                    index,
                    sid,
                    effect,
                    principals,
                    actions,
                    resources,
                    conditions,
                    variables,
                    new Statement.Span(at.getLineNr(), at.getColumnNr(), end.getLineNr(), end.getColumnNr() + 1));
        }
    }
}
