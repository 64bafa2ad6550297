package com.amazonaws.services.sns.message;

import org.apache.http.client.HttpClient;

/**
 * Makes the SDK's message manager with an HTTP client of the test's. Its constructor is the package's own, and the public one
 * would fetch certificates from the Internet.
 */
public final class RoutedMessageManager {
    private RoutedMessageManager() {}

    /** @param endpoint the host that {@code SigningCertURL} must name */
    public static SnsMessageManager of(String endpoint, HttpClient client) {
        return new SnsMessageManager(endpoint, new SignatureVerifier(client, endpoint, "sns.amazonaws.com"));
    }
}
