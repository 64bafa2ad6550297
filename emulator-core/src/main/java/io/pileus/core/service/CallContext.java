package io.pileus.core.service;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What an operation knows of the call it serves, besides its input.
 *
 * @param requestId the id that the answer carries
 * @param caller who calls
 * @param account the account whose resources the call is about: the caller's, unless the service finds another
 * @param region the region of the call
 * @param receivedAt the one instant that the whole request is judged by
 * @param endpoint where the caller reached us, such as {@code http://localhost:4566}, for URLs in answers
 * @param hops how many deliveries or operation calls led here; 0 for a client's own request
 * @param client the program that called
 * @param notEmulated takes what an operation was asked for and cannot do: logs it, and refuses it in strict mode
 */
public record CallContext(
        String requestId,
        Caller caller,
        AccountId account,
        Region region,
        Instant receivedAt,
        String endpoint,
        int hops,
        Client client,
        Consumer<String> notEmulated) {

    /** A call made inside the process. */
    public CallContext(
            String requestId,
            Caller caller,
            AccountId account,
            Region region,
            Instant receivedAt,
            String endpoint,
            int hops,
            Consumer<String> notEmulated) {
        this(requestId, caller, account, region, receivedAt, endpoint, hops, Client.NONE, notEmulated);
    }

    /** Says that a part of the request has no effect here; refused in strict mode. */
    public void notEmulated(String what) {
        notEmulated.accept(what);
    }

    /** The same call made by someone else, on the resources of their account. */
    public CallContext by(Caller otherCaller, Region otherRegion) {
        return new CallContext(
                requestId,
                otherCaller,
                otherCaller.account(),
                otherRegion,
                receivedAt,
                endpoint,
                hops,
                client,
                notEmulated);
    }

    /** The same call, on another account's and region's resources. */
    public CallContext in(AccountId otherAccount, Region otherRegion) {
        return new CallContext(
                requestId, caller, otherAccount, otherRegion, receivedAt, endpoint, hops, client, notEmulated);
    }
}
