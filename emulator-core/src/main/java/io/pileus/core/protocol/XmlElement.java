package io.pileus.core.protocol;

import io.pileus.core.shape.MalformedInputException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** An element of a request's XML body. Document types and external entities are refused, the depth is bounded. */
final class XmlElement {
    private static final int DEPTH_MAX = 200;

    private final String name;
    private final Map<String, String> attributes = new HashMap<>(0);
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private XmlElement(String name) {
        this.name = name;
    }

    /** The document's root. */
    static XmlElement parse(byte[] document) {
        XMLStreamReader reader = null;
        try {
            reader = Parsers.FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
            return parse(reader);
        } catch (XMLStreamException e) {
            throw new MalformedInputException("The XML cannot be parsed", e);
        } catch (MalformedInputException e) {
            throw e;
        } catch (RuntimeException e) {
            // The JDK's parser answers some broken documents with exceptions of its own kind.
            throw new MalformedInputException("The XML cannot be parsed", new XMLStreamException(e));
        } finally {
            close(reader);
        }
    }

    private static void close(@Nullable XMLStreamReader reader) {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new MalformedInputException("The XML cannot be parsed", e);
        }
    }

    private static XmlElement parse(XMLStreamReader reader) throws XMLStreamException {
        List<XmlElement> open = new ArrayList<>();
        XmlElement root = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlElement element = start(reader);
                    if (open.isEmpty()) {
                        root = element;
                    } else {
                        open.getLast().children.add(element);
                    }
                    if (open.size() >= DEPTH_MAX) {
                        throw new MalformedInputException("The XML is nested too deeply");
                    }
                    open.add(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.removeLast();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) {
                        open.getLast().text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedInputException("The XML must not have a document type");
                default -> {
                    // Comments and processing instructions say nothing.
                }
            }
        }
        if (root == null) {
            throw new MalformedInputException("The XML has no root element");
        }
        return root;
    }

    private static XmlElement start(XMLStreamReader reader) {
        XmlElement element = new XmlElement(reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = reader.getAttributePrefix(i);
            String attribute = reader.getAttributeLocalName(i);
            element.attributes.put(
                    prefix == null || prefix.isEmpty() ? attribute : prefix + ":" + attribute,
                    reader.getAttributeValue(i));
        }
        return element;
    }

    String text() {
        return text.toString();
    }

    @Nullable
    String attribute(String attributeName) {
        return attributes.get(attributeName);
    }

    /** The children of this name, which may or may not carry a prefix. */
    List<XmlElement> children(String childName) {
        List<XmlElement> found = List.of();
        for (XmlElement child : children) {
            if (child.isCalled(childName)) {
                if (found.isEmpty()) {
                    found = new ArrayList<>();
                }
                found.add(child);
            }
        }
        return found;
    }

    private boolean isCalled(String wanted) {
        if (name.equals(wanted)) {
            return true;
        }
        int colon = name.indexOf(':');
        return colon >= 0 && name.length() - colon - 1 == wanted.length() && name.endsWith(wanted);
    }

    @Nullable
    XmlElement child(String childName) {
        List<XmlElement> found = children(childName);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Made when the first XML request comes. */
    private static final class Parsers {
        private static final XMLInputFactory FACTORY = factory();

        private static XMLInputFactory factory() {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
            factory.setProperty(XMLInputFactory.IS_COALESCING, false);
            factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
                throw new XMLStreamException("external entities are refused");
            });
            return factory;
        }
    }
}
