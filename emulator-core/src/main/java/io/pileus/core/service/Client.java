package io.pileus.core.service;

/** What a call tells of the program that sent it, for policies and logs. Everything is empty for calls made inside the process. */
public interface Client {
    /** A call made inside the process. */
    Client NONE = new Client() {
        @Override
        public String address() {
            return "";
        }

        @Override
        public String userAgent() {
            return "";
        }

        @Override
        public String referer() {
            return "";
        }
    };

    /** The client's IP address. */
    String address();

    /** The User-Agent header. */
    String userAgent();

    /** The Referer header. */
    String referer();

    /** Another header, empty when there is none; for what clients ask beside the operation's input. */
    default String header(String name) {
        return "";
    }
}
