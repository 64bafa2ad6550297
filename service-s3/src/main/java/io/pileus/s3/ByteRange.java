package io.pileus.s3;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A region of an object.
 *
 * @param partial whether it was asked for, so that the answer says which it is
 */
record ByteRange(long from, long size, boolean partial) {

    /** The region that a Range header or a part number asks for; a header that is not understood asks for all. */
    static ByteRange of(StoredObject object, @Nullable String range, @Nullable Integer part) {
        long size = object.size();
        if (part != null) {
            if (range != null) {
                throw S3Errors.invalidRequest("Cannot specify both Range header and partNumber query parameter");
            }
            return ofPart(object, part);
        }
        if (range == null || !range.matches("bytes=(\\d{1,18}-\\d{0,18}|-\\d{1,18})")) {
            return new ByteRange(0, size, false);
        }
        int dash = range.indexOf('-');
        String first = range.substring(6, dash);
        String end = range.substring(dash + 1);
        if (first.isEmpty()) {
            long count = Math.min(Long.parseLong(end), size);
            if (count == 0) {
                throw S3Errors.invalidRange(range, size);
            }
            return new ByteRange(size - count, count, true);
        }
        long from = Long.parseLong(first);
        long last = end.isEmpty() ? size - 1 : Math.min(Long.parseLong(end), size - 1);
        if (!end.isEmpty() && Long.parseLong(end) < from) {
            return new ByteRange(0, size, false);
        }
        if (from >= size) {
            throw S3Errors.invalidRange(range, size);
        }
        return new ByteRange(from, last - from + 1, true);
    }

    private static ByteRange ofPart(StoredObject object, int part) {
        if (part < 1 || part > MultipartOperations.PARTS_MAX) {
            throw S3Errors.invalidArgument(
                    "Part number must be an integer between 1 and 10000, inclusive", "partNumber", part);
        }
        List<Long> sizes = object.parts().isEmpty()
                ? List.of(object.size())
                : object.parts().stream().map(StoredObject.StoredPart::size).toList();
        if (part > sizes.size()) {
            throw new S3Error("InvalidPartNumber", 416, "The requested partnumber is not satisfiable")
                    .with("PartNumberRequested", part)
                    .with("ActualPartCount", sizes.size());
        }
        long from =
                sizes.subList(0, part - 1).stream().mapToLong(Long::longValue).sum();
        return new ByteRange(from, sizes.get(part - 1), object.size() > 0);
    }

    /** The Content-Range header, where the region was asked for. */
    @Nullable
    String contentRange(long total) {
        return partial ? "bytes " + from + "-" + (from + size - 1) + "/" + total : null;
    }
}
