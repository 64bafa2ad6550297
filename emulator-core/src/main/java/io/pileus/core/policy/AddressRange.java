package io.pileus.core.policy;

import java.util.Optional;

/** A range of IP addresses in CIDR notation (RFC 4632, RFC 4291), or one address; never looks a name up. */
public record AddressRange(byte[] network, int prefixBits) {

    /** The range that the text spells, or empty when it is none. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> network = address(slash < 0 ? text : text.substring(0, slash));
        if (network.isEmpty()) {
            return Optional.empty();
        }
        int bits = network.get().length * 8;
        if (slash < 0) {
            return Optional.of(new AddressRange(network.get(), bits));
        }
        int prefix = decimal(text.substring(slash + 1), bits);
        return prefix < 0 ? Optional.empty() : Optional.of(new AddressRange(network.get(), prefix));
    }

    /** Whether the text is an address of the range; text that is no address is not. */
    public boolean contains(String addressText) {
        byte[] address = address(addressText).orElse(new byte[0]);
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit += 8) {
            int mask = prefixBits - bit >= 8 ? 0xff : 0xff << (8 - (prefixBits - bit));
            if (((address[bit / 8] ^ network[bit / 8]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> address(String text) {
        String trimmed = text.trim();
        return trimmed.indexOf(':') >= 0 ? version6(trimmed) : version4(trimmed);
    }

    private static Optional<byte[]> version4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = decimal(parts[i], 255);
            if (value < 0) {
                return Optional.empty();
            }
            bytes[i] = (byte) value;
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> version6(String text) {
        String head = text;
        String tail = "";
        int gap = text.indexOf("::");
        if (gap >= 0) {
            head = text.substring(0, gap);
            tail = text.substring(gap + 2);
        }
        byte[] bytes = new byte[16];
        int headBytes = groups(head, bytes, 0);
        byte[] end = new byte[16];
        int tailBytes = groups(tail, end, 0);
        if (headBytes < 0 || tailBytes < 0 || (gap < 0 ? headBytes != 16 : headBytes + tailBytes > 14)) {
            return Optional.empty();
        }
        System.arraycopy(end, 0, bytes, 16 - tailBytes, tailBytes);
        return Optional.of(bytes);
    }

    /** Writes the colon-separated groups and returns how many bytes they took; -1 when they are none. */
    private static int groups(String text, byte[] into, int from) {
        if (text.isEmpty()) {
            return 0;
        }
        int at = from;
        String[] groups = text.split(":", -1);
        for (int i = 0; i < groups.length; i++) {
            if (i == groups.length - 1 && groups[i].indexOf('.') > 0) {
                Optional<byte[]> last = version4(groups[i]);
                if (last.isEmpty() || at + 4 > 16) {
                    return -1;
                }
                System.arraycopy(last.get(), 0, into, at, 4);
                return at + 4;
            }
            if (groups[i].isEmpty()
                    || groups[i].length() > 4
                    || at + 2 > 16
                    || !groups[i].chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                return -1;
            }
            int value = Integer.parseInt(groups[i], 16);
            into[at++] = (byte) (value >> 8);
            into[at++] = (byte) value;
        }
        return at;
    }

    private static int decimal(String text, int max) {
        if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int value = Integer.parseInt(text);
        return value <= max ? value : -1;
    }
}
