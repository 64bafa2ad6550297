package io.pileus.core.http.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * Calls an HTTP endpoint that a user named: an SNS subscriber, a Firehose destination, an HTTP task, a remote function.
 * Loopback and private addresses are what a local emulator is for and are allowed; link-local addresses, where clouds
 * serve metadata, never are. Redirects are not followed, answers are bounded, and every call ends within its time-out.
 */
public final class OutboundHttp {
    /** The most bytes of an answer that are kept; the rest is cut off. */
    public static final int ANSWER_BYTES_MAX = 8 * 1024 * 1024;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Executor executor;
    private volatile HttpClient client;

    /** @param executor runs name look-ups and answers */
    public OutboundHttp(Executor executor) {
        this.executor = executor;
    }

    /** A call to make; the time-out is in real time. */
    public record Call(String method, URI target, Map<String, String> headers, byte[] body, Duration timeout) {}

    /** What came back. */
    public record Answer(int status, Map<String, List<String>> headers, byte[] body) {
        public String header(String name) {
            List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
            return values == null || values.isEmpty() ? "" : values.getFirst();
        }
    }

    /** The target may not be called. */
    public static final class ForbiddenTargetException extends IOException {
        private static final long serialVersionUID = 1L;

        ForbiddenTargetException(String message) {
            super(message);
        }
    }

    /** Makes the call. The stage fails with an {@link IOException} when no answer came. */
    public CompletionStage<Answer> send(Call call) {
        CompletableFuture<Answer> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                check(call.target());
                client().sendAsync(request(call), info -> new BoundedBody()).whenComplete((response, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(failure);
                    } else {
                        result.complete(answer(response));
                    }
                });
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        Map<String, List<String>> headers = new java.util.HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new Answer(response.statusCode(), headers, response.body());
    }

    private static HttpRequest request(Call call) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(withoutUserInfo(call.target()))
                .timeout(call.timeout())
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(builder::header);
        String userInfo = call.target().getRawUserInfo();
        if (userInfo != null && !call.headers().containsKey("Authorization")) {
            String credentials = java.net.URLDecoder.decode(userInfo, java.nio.charset.StandardCharsets.UTF_8);
            builder.header(
                    "Authorization",
                    "Basic "
                            + java.util.Base64.getEncoder()
                                    .encodeToString(credentials.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        return builder.build();
    }

    private static URI withoutUserInfo(URI target) {
        if (target.getRawUserInfo() == null) {
            return target;
        }
        return URI.create(target.toString().replaceFirst("://[^@/]*@", "://"));
    }

    private static void check(URI target) throws IOException {
        String scheme = target.getScheme() == null ? "" : target.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new ForbiddenTargetException("only http and https can be called: " + scheme);
        }
        if (target.getHost() == null) {
            throw new ForbiddenTargetException("the URL names no host");
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(target.getHost())) {
                if (isForbidden(address)) {
                    throw new ForbiddenTargetException("link-local and metadata addresses are never called");
                }
            }
        } catch (UnknownHostException e) {
            throw new IOException("unknown host " + target.getHost(), e);
        }
    }

    /** Link-local (169.254.0.0/16, fe80::/10), multicast, and the IPv6 address of EC2's metadata service. */
    static boolean isForbidden(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean ec2Metadata = bytes.length == 16
                && (bytes[0] & 0xff) == 0xfd
                && bytes[1] == 0
                && bytes[2] == 0x0e
                && (bytes[3] & 0xff) == 0xc2;
        return address.isLinkLocalAddress() || address.isMulticastAddress() || ec2Metadata;
    }

    private HttpClient client() {
        HttpClient result = client;
        if (result == null) {
            synchronized (this) {
                result = client;
                if (result == null) {
                    result = HttpClient.newBuilder()
                            .connectTimeout(CONNECT_TIMEOUT)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .version(HttpClient.Version.HTTP_1_1)
                            .executor(executor)
                            .build();
                    client = result;
                }
            }
        }
        return result;
    }

    /** Collects an answer up to {@link #ANSWER_BYTES_MAX} and lets the rest go by. */
    private static final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> result = new CompletableFuture<>();
        private final List<byte[]> parts = new ArrayList<>();
        private int size;

        @Override
        public CompletionStage<byte[]> getBody() {
            return result;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] part = new byte[Math.min(buffer.remaining(), ANSWER_BYTES_MAX - size)];
                buffer.get(part);
                parts.add(part);
                size += part.length;
            }
        }

        @Override
        public void onError(Throwable failure) {
            result.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            byte[] all = new byte[size];
            int at = 0;
            for (byte[] part : parts) {
                System.arraycopy(part, 0, all, at, part.length);
                at += part.length;
            }
            result.complete(all);
        }
    }
}
