package io.pileus.lambda;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A function as a request names it: by name, by partial ARN ({@code 123456789012:function:name}) or by ARN, each with or
 * without a qualifier.
 *
 * @param qualifier a version, {@code $LATEST} or an alias; empty for none
 */
public record FunctionReference(AccountId account, Region region, String name, Optional<String> qualifier) {

    /** Reads a name and the request's own qualifier; both may name one, and must then agree. ARNs are of the request's Region. */
    public static FunctionReference parse(String text, @Nullable String qualifier, CallContext call) {
        FunctionReference reference = parse(text, qualifier, call.account(), call.region());
        if (!reference.region().equals(call.region())) {
            throw LambdaErrors.otherRegion(reference.region(), call.region());
        }
        return reference;
    }

    static FunctionReference parse(String text, @Nullable String qualifier, AccountId account, Region region) {
        String rest = text;
        AccountId owner = account;
        Region place = region;
        if (text.startsWith("arn:")) {
            String[] parts = text.split(":", 7);
            if (parts.length < 7
                    || !parts[2].equals("lambda")
                    || !AccountId.isValid(parts[4])
                    || !parts[5].equals("function")) {
                throw LambdaErrors.invalid("Invalid ARN: " + text);
            }
            place = new Region(parts[3]);
            owner = new AccountId(parts[4]);
            rest = parts[6];
        } else if (text.contains(":function:")) {
            int at = text.indexOf(":function:");
            String id = text.substring(0, at);
            if (AccountId.isValid(id)) {
                owner = new AccountId(id);
            }
            rest = text.substring(at + ":function:".length());
        } else if (text.startsWith("function:")) {
            rest = text.substring("function:".length());
        }
        int colon = rest.indexOf(':');
        String name = colon < 0 ? rest : rest.substring(0, colon);
        Optional<String> own = colon < 0 ? Optional.empty() : Optional.of(rest.substring(colon + 1));
        if (own.isPresent() && qualifier != null && !own.get().equals(qualifier)) {
            throw LambdaErrors.invalid(
                    "The derived qualifier from the function name does not match the specified qualifier.");
        }
        return new FunctionReference(owner, place, name, own.or(() -> Optional.ofNullable(qualifier)));
    }

    /** The function's ARN without qualifier. */
    String functionArn() {
        return "arn:" + region.partition() + ":lambda:" + region + ":" + account + ":function:" + name;
    }

    /** The ARN with the qualifier, where there is one. */
    public String arn() {
        return functionArn() + qualifier.map(q -> ":" + q).orElse("");
    }
}
