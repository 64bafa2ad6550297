package io.pileus.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.shape.MalformedInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Our reader of JSON says what Jackson's says, of messages that are right and of such that are not. */
class JsonBytesProperties {
    private static final ObjectMapper PLAIN = new JsonMapper();
    private static final ObjectMapper OTHERWISE = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    @Property(tries = 500)
    void whatJacksonWritesIsRead(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        JsonNode tree = tree(random, 0);

        assertThat(read(PLAIN.writeValueAsBytes(tree))).contains(tree);
        assertThat(read(OTHERWISE.writeValueAsBytes(tree))).contains(tree);
    }

    @Property(tries = 3000)
    void aDamagedMessageIsJudgedAsJacksonJudgesIt(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        String characters = "{}[],:\"\\/truefalsn0123456789.eE+- \tu";
        // Jackson lets halves of a pair stand in a text, but not in a name.
        byte[] message = OTHERWISE
                .writeValueAsString(tree(random, 0))
                .replaceAll("\\\\uD[0-9A-F]{3}", "")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = random.nextInt(4); i >= 0; i--) {
            message[random.nextInt(message.length)] = (byte) characters.charAt(random.nextInt(characters.length()));
        }

        assertThat(read(message))
                .as(new String(message, StandardCharsets.US_ASCII))
                .isEqualTo(readByJackson(message));
    }

    private static Optional<JsonNode> read(byte[] message) throws IOException {
        try {
            return whole(new JsonBytes(message));
        } catch (MalformedInputException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> readByJackson(byte[] message) {
        try (JsonParser parser = PLAIN.createParser(message)) {
            return whole(parser);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> whole(JsonParser parser) throws IOException {
        JsonNode tree = PLAIN.readTree(parser);
        return parser.nextToken() == null ? Optional.ofNullable(tree) : Optional.empty();
    }

    private static JsonNode tree(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (depth > 3 ? 2 + random.nextInt(6) : random.nextInt(8)) {
            case 0 -> {
                ObjectNode object = nodes.objectNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    object.set(text(random), tree(random, depth + 1));
                }
                yield object;
            }
            case 1 -> {
                ArrayNode array = nodes.arrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.add(tree(random, depth + 1));
                }
                yield array;
            }
            case 2 -> nodes.numberNode(random.nextInt());
            case 3 -> nodes.numberNode(Integer.MAX_VALUE + (random.nextLong() >>> 1 | 1L << 40) / 2);
            case 4 -> nodes.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
            case 5 -> random.nextInt(3) == 0 ? nodes.nullNode() : nodes.booleanNode(random.nextBoolean());
            default -> nodes.textNode(text(random));
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        String characters = "abcdefghijklmnopqrstuvwxyzABC\"\\/\n\t\u0001\u007f\u00e9\u20ac\ufffd";
        for (int i = random.nextInt(24); i > 0; i--) {
            if (random.nextInt(30) == 0) {
                text.appendCodePoint(0x1f600 + random.nextInt(50));
            } else {
                text.append(characters.charAt(random.nextInt(random.nextBoolean() ? 26 : characters.length())));
            }
        }
        return text.toString();
    }

    @Example
    void aMessageThatEndsTooSoonIsRefused() {
        String whole = "{\"a\":[1,-2.5e1,\"\\u20ac\",true]}";
        for (int length = 1; length < whole.length(); length++) {
            byte[] part = whole.substring(0, length).getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> PLAIN.readTree(new JsonBytes(part))).isInstanceOf(MalformedInputException.class);
        }
    }

    @Example
    void bytesThatAreNoUtf8AreRefused() {
        assertThatThrownBy(() -> PLAIN.readTree(new JsonBytes(new byte[] {'"', 'a', (byte) 0xc3, '(', '"'})))
                .isInstanceOf(MalformedInputException.class);
    }

    @Example
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertThat(read("\ufeff{\"a\":\"\ufffd\"}".getBytes(StandardCharsets.UTF_8)))
                .contains(PLAIN.createObjectNode().put("a", "\ufffd"));
    }

    @Example
    void nestingIsBounded() {
        byte[] deep = "[".repeat(2000).getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> PLAIN.readTree(new JsonBytes(deep))).isInstanceOf(MalformedInputException.class);
    }
}
