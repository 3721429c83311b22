package io.meltemi.connector.vsphere.vim;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads answers, which a stranger may have written: no document type, not too deep, not too long.
 */
final class Answers {
  private static final String XSI = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;
  private static final int DEEPEST = 64;
  private static final int MOST = 1_000_000;

  private final XMLStreamReader reader;
  private int elements;

  private Answers(XMLStreamReader reader) {
    this.reader = reader;
  }

  /** The first element of the SOAP body: a response, or a {@code Fault}. */
  static Element body(byte[] message) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(message));
    try {
      Element envelope = new Answers(reader).document();
      return envelope
          .child("Body")
          .flatMap(body -> body.children().stream().findFirst())
          .orElseThrow(() -> new XMLStreamException("no SOAP body in <" + envelope.name() + ">"));
    } finally {
      reader.close();
    }
  }

  private Element document() throws XMLStreamException {
    while (reader.next() != XMLStreamConstants.START_ELEMENT) {
      if (reader.getEventType() == XMLStreamConstants.DTD) {
        throw new XMLStreamException("a document type is not allowed");
      }
    }
    return element(1);
  }

  private Element element(int depth) throws XMLStreamException {
    if (depth > DEEPEST || ++elements > MOST) {
      throw new XMLStreamException(
          "deeper than %d or more than %d elements".formatted(DEEPEST, MOST));
    }
    String name = reader.getLocalName();
    String type = attribute(XSI);
    String refType = attribute("");
    StringBuilder text = new StringBuilder();
    List<Element> children = new ArrayList<>();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
        case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          String own = children.isEmpty() ? text.toString() : "";
          return new Element(name, type.substring(type.indexOf(':') + 1), refType, own, children);
        }
        default -> {}
      }
    }
  }

  /**
   * The attribute {@code type} of exactly this namespace: {@code xsi:type} comes under several
   * prefixes, and a reference has another {@code type} of its own.
   */
  private String attribute(String namespace) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String space = Objects.requireNonNullElse(reader.getAttributeNamespace(i), "");
      if (reader.getAttributeLocalName(i).equals("type") && space.equals(namespace)) {
        return reader.getAttributeValue(i);
      }
    }
    return "";
  }
}
