package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Whether two bodies say the same, whatever their order of members, their spaces and the form of their numbers. */
final class BodyComparison {
    private BodyComparison() {}

    static void assertSame(byte[] actual, String expected, String mediaType) throws Exception {
        if (expected.isEmpty()) {
            assertThat(new String(actual, StandardCharsets.UTF_8)).isEmpty();
            return;
        }
        switch (mediaType) {
            case "application/json" ->
                assertThat(canonical(new ObjectMapper().readTree(actual)))
                        .isEqualTo(canonical(new ObjectMapper().readTree(expected)));
            case "application/cbor" -> {
                ObjectMapper cbor = new ObjectMapper(new CBORFactory());
                assertThat(canonical(cbor.readTree(actual)))
                        .isEqualTo(canonical(cbor.readTree(Base64.getDecoder().decode(expected))));
            }
            case "application/xml", "text/xml" ->
                assertThat(xml(new String(actual, StandardCharsets.UTF_8), expected))
                        .isEqualTo(xml(expected, expected));
            default -> assertThat(new String(actual, StandardCharsets.UTF_8)).isEqualTo(expected);
        }
    }

    private static String canonical(JsonNode node) throws IOException {
        if (node.isObject()) {
            Map<String, String> members = new TreeMap<>();
            for (Iterator<Map.Entry<String, JsonNode>> i = node.fields(); i.hasNext(); ) {
                Map.Entry<String, JsonNode> member = i.next();
                members.put(member.getKey(), canonical(member.getValue()));
            }
            return members.toString();
        }
        if (node.isArray()) {
            List<String> elements = new ArrayList<>();
            for (JsonNode element : node) {
                elements.add(canonical(element));
            }
            return elements.toString();
        }
        if (node.isNumber()) {
            return node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())
                    ? node.asText()
                    : node.isFloat() || node.isDouble()
                            ? Double.toString((float) node.doubleValue())
                            : Double.toString((float) node.decimalValue().doubleValue());
        }
        return node.isBinary() ? "blob " + Base64.getEncoder().encodeToString(node.binaryValue()) : node.toString();
    }

    /** @param like what the cases leave out of their bodies although every answer has it is dropped */
    private static String xml(String text, String like) throws ParserConfigurationException, IOException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        Element root = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        return canonical(root, like);
    }

    private static String canonical(Element element, String like) {
        TreeMap<String, String> attributes = new TreeMap<>();
        NamedNodeMap all = element.getAttributes();
        for (int i = 0; i < all.getLength(); i++) {
            if (element.getTagName().equals("ErrorResponse") && !like.contains("<ErrorResponse xmlns")) {
                continue; // AWS names the namespace, the cases do not
            }
            attributes.put(all.item(i).getNodeName(), all.item(i).getNodeValue());
        }
        Map<String, List<String>> children = new TreeMap<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner && !leftOut(inner.getTagName(), like)) {
                children.computeIfAbsent(inner.getTagName(), n -> new ArrayList<>())
                        .add(canonical(inner, like));
            }
        }
        String content = children.isEmpty() ? element.getTextContent().strip() : children.toString();
        return element.getTagName() + attributes + "{" + (hasElements(element) && children.isEmpty() ? "" : content)
                + "}";
    }

    private static boolean hasElements(Element element) {
        return element.getElementsByTagName("*").getLength() > 0;
    }

    private static boolean leftOut(String name, String like) {
        return switch (name) {
            case "ResponseMetadata", "RequestId", "Detail" -> !like.contains("<" + name);
            default -> false;
        };
    }
}
