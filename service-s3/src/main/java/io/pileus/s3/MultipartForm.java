package io.pileus.s3;

import io.pileus.core.http.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form as browsers send it ({@code multipart/form-data}): its fields, and the file, which stays where it lies in the
 * body. What follows the file is ignored.
 *
 * @param fields by their names in lower case
 * @param file the file's bytes
 * @param fileName the name the browser gave it; empty for none
 */
record MultipartForm(Map<String, String> fields, Payload file, String fileName) {
    /** Fields before the file; S3 itself takes 20 KB. */
    private static final int HEAD_BYTES_MAX = 64 << 10;

    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");

    static MultipartForm parse(Payload body, @Nullable String contentType) {
        Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
        boolean isForm = contentType != null
                && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
                && boundary.find();
        if (!isForm) {
            throw new S3Error(
                            "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold")
                    .with("Condition", "Bucket POST must be of the enclosure-type multipart/form-data");
        }
        String quoted = boundary.group(1);
        return new Parser(body, quoted == null ? boundary.group(2) : quoted).parse();
    }

    /** Walks over the parts; Latin-1 keeps bytes and characters in step. */
    private static final class Parser {
        private final Payload body;
        private final String delimiter;
        private final String head;

        Parser(Payload body, String boundary) {
            this.body = body;
            this.delimiter = "\r\n--" + boundary;
            try (InputStream in = body.open()) {
                // As if the first delimiter had a line before it, like the others.
                head = "\r\n" + new String(in.readNBytes(HEAD_BYTES_MAX), StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        MultipartForm parse() {
            Map<String, String> fields = new LinkedHashMap<>();
            int at = head.indexOf(delimiter);
            while (at >= 0) {
                int headersAt = at + delimiter.length();
                if (!head.startsWith("\r\n", headersAt)) {
                    throw head.startsWith("--", headersAt) ? noFile() : malformed();
                }
                int valueAt = head.indexOf("\r\n\r\n", headersAt);
                if (valueAt < 0) {
                    throw tooLongOrMalformed();
                }
                String headers = head.substring(headersAt, valueAt);
                valueAt += 4;
                Matcher name = NAME.matcher(headers);
                if (!name.find()) {
                    throw malformed();
                }
                if (name.group(1).equalsIgnoreCase("file")) {
                    return new MultipartForm(fields, file(valueAt - 2), utf8(fileName(headers)));
                }
                int end = head.indexOf(delimiter, valueAt - 2);
                if (end < 0) {
                    throw tooLongOrMalformed();
                }
                String value = end < valueAt ? "" : head.substring(valueAt, end);
                fields.put(utf8(name.group(1)).toLowerCase(Locale.ROOT), utf8(value));
                at = end;
            }
            throw malformed();
        }

        private static String fileName(String headers) {
            Matcher name = FILE_NAME.matcher(headers);
            if (!name.find()) {
                return "";
            }
            // Some browsers send the whole path.
            String sent = name.group(1);
            return sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        }

        private static String utf8(String latin1) {
            return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }

        /** @param from where the file begins in the body */
        private Payload file(long from) {
            byte[] wanted = delimiter.getBytes(StandardCharsets.ISO_8859_1);
            int[] fallback = fallback(wanted);
            byte[] buffer = new byte[64 << 10];
            Payload rest = BodyStore.slice(body, from, body.size() - from);
            try (InputStream in = rest.open()) {
                long position = 0;
                int matched = 0;
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    for (int i = 0; i < n; i++) {
                        while (matched > 0 && wanted[matched] != buffer[i]) {
                            matched = fallback[matched - 1];
                        }
                        matched += wanted[matched] == buffer[i] ? 1 : 0;
                        position++;
                        if (matched == wanted.length) {
                            return BodyStore.slice(rest, 0, position - wanted.length);
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw malformed();
        }

        /** Where the search of Knuth, Morris and Pratt goes on after a mismatch. */
        private static int[] fallback(byte[] pattern) {
            int[] fallback = new int[pattern.length];
            for (int i = 1, k = 0; i < pattern.length; i++) {
                while (k > 0 && pattern[k] != pattern[i]) {
                    k = fallback[k - 1];
                }
                k += pattern[k] == pattern[i] ? 1 : 0;
                fallback[i] = k;
            }
            return fallback;
        }

        private S3Error tooLongOrMalformed() {
            return body.size() > HEAD_BYTES_MAX
                    ? new S3Error(
                            "MaxPostPreDataLengthExceededError",
                            400,
                            "Your POST request fields preceeding the upload file was too large.")
                    : malformed();
        }

        private static S3Error malformed() {
            return new S3Error(
                    "MalformedPOSTRequest",
                    400,
                    "The body of your POST request is not well-formed multipart/form-data.");
        }

        private static S3Error noFile() {
            return S3Errors.invalidArgument("POST requires exactly one file upload per request.", "file", "0");
        }
    }
}
