package io.pileus.kms.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A grant on a key.
 *
 * @param id 64 hexadecimal digits
 * @param issuingAccount the ARN of the account under which it was made
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/grants.html">Grants in AWS KMS</a>
 */
public record Grant(
        String id,
        @Nullable String name,
        Instant creationDate,
        String granteePrincipal,
        @Nullable String retiringPrincipal,
        String issuingAccount,
        List<String> operations,
        Optional<Constraints> constraints) {

    /** Limits of a grant to an encryption context; at most one of the two is there. */
    public record Constraints(
            @Nullable Map<String, String> subset, @Nullable Map<String, String> equals) {
        public Constraints {
            subset = subset == null ? null : Map.copyOf(subset);
            equals = equals == null ? null : Map.copyOf(equals);
        }

        /** Whether these allow no more than the others do: every context that they let pass, the others let pass too. */
        boolean areAsStrictAs(Constraints others) {
            Map<String, String> least = equals != null ? equals : subset == null ? Map.of() : subset;
            return (others.subset == null || least.entrySet().containsAll(others.subset.entrySet()))
                    && (others.equals == null || others.equals.equals(equals));
        }

        boolean hold(EncryptionContext context) {
            return (subset == null || context.includes(subset))
                    && (equals == null || context.pairs().equals(equals));
        }
    }

    public Grant {
        operations = List.copyOf(operations);
    }

    /**
     * Whether its grantee may make another grant like this with it: of its own operations at most, and as constrained.
     *
     * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html">Creating grants</a>
     */
    public boolean covers(List<String> childOperations, Optional<Constraints> childConstraints) {
        return operations.containsAll(childOperations)
                && constraints
                        .map(own -> childConstraints
                                .map(child -> child.areAsStrictAs(own))
                                .orElse(false))
                        .orElse(true);
    }

    /** Whether it says the same as another, ids and dates aside: a repeated CreateGrant with a name makes no second grant. */
    boolean sameAs(Grant other) {
        return java.util.Objects.equals(name, other.name)
                && granteePrincipal.equals(other.granteePrincipal)
                && java.util.Objects.equals(retiringPrincipal, other.retiringPrincipal)
                && java.util.Set.copyOf(operations).equals(java.util.Set.copyOf(other.operations))
                && constraints.equals(other.constraints);
    }

    /**
     * Whether it lets the grantee do this.
     *
     * @param operation the operation's name, such as {@code Decrypt}, or {@code ReEncryptFrom} and {@code ReEncryptTo}
     */
    public boolean allows(String operation, EncryptionContext context) {
        if (!operations.contains(operation)) {
            return false;
        }
        boolean unconstrained = operation.equals("DescribeKey") || operation.equals("RetireGrant");
        return unconstrained || constraints.map(c -> c.hold(context)).orElse(true);
    }
}
