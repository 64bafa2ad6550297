package io.pileus.core.http.netty;

import io.netty.util.AsciiString;

/**
 * The names of headers that nearly every request carries, each as one shared string in lower case, found from the bytes of
 * a request without making a new string.
 */
final class HeaderNames {
    static final String HOST = "host";
    static final String CONNECTION = "connection";
    static final String CONTENT_LENGTH = "content-length";
    static final String TRANSFER_ENCODING = "transfer-encoding";
    static final String CONTENT_ENCODING = "content-encoding";
    static final String CONTENT_SHA256 = "x-amz-content-sha256";
    static final String EXPECT = "expect";

    private static final int SLOTS = 128;
    private static final AsciiString[] KEYS = new AsciiString[SLOTS];
    private static final String[] NAMES = new String[SLOTS];

    static {
        String[] known = {
            HOST,
            CONNECTION,
            CONTENT_LENGTH,
            TRANSFER_ENCODING,
            CONTENT_ENCODING,
            CONTENT_SHA256,
            EXPECT,
            "content-type",
            "user-agent",
            "accept",
            "accept-encoding",
            "authorization",
            "x-amz-date",
            "x-amz-target",
            "x-amz-security-token",
            "x-amz-api-version",
            "x-amzn-query-mode",
            "x-amz-user-agent",
            "x-amz-decoded-content-length",
            "x-amz-trailer",
            "x-amz-sdk-checksum-algorithm",
            "amz-sdk-invocation-id",
            "amz-sdk-request",
            "content-md5",
            "smithy-protocol",
            "origin",
            "referer",
        };
        for (String name : known) {
            AsciiString key = AsciiString.of(name);
            int slot = key.hashCode() & SLOTS - 1;
            while (KEYS[slot] != null) {
                slot = slot + 1 & SLOTS - 1;
            }
            KEYS[slot] = key;
            NAMES[slot] = name;
        }
    }

    private HeaderNames() {}

    /** The shared string of a well-known name, in whatever case it came; another name as it came. */
    static String canonical(CharSequence name) {
        // An AsciiString's hash does not depend on case, and Netty has computed it already.
        int slot = AsciiString.hashCode(name) & SLOTS - 1;
        for (AsciiString key = KEYS[slot]; key != null; key = KEYS[slot]) {
            if (key.contentEqualsIgnoreCase(name)) {
                return NAMES[slot];
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return name.toString();
    }
}
