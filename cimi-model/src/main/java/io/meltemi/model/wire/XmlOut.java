package io.meltemi.model.wire;

import io.meltemi.model.schema.Face;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Elements of a face's namespace and of the broker's, free of characters that XML forbids. */
final class XmlOut {
  private static final String PREFIX = "m";
  private static final String BROKER = Face.BROKER_1.namespace();

  private final XMLStreamWriter out;

  XmlOut(XMLStreamWriter out) {
    this.out = out;
  }

  void root(String name, Face face) throws XMLStreamException {
    out.writeStartDocument("UTF-8", "1.0");
    out.writeStartElement(name);
    out.writeDefaultNamespace(face.namespace());
    if (face != Face.BROKER_1) {
      out.writeNamespace(PREFIX, BROKER);
    }
  }

  void start(String name, boolean extension) throws XMLStreamException {
    if (extension) {
      out.writeStartElement(PREFIX, name, BROKER);
    } else {
      out.writeStartElement(name);
    }
  }

  void element(String name, String text, boolean extension) throws XMLStreamException {
    start(name, extension);
    text(text);
    end();
  }

  void attribute(String name, String value) throws XMLStreamException {
    out.writeAttribute(name, legal(value));
  }

  void text(String text) throws XMLStreamException {
    out.writeCharacters(legal(text));
  }

  void end() throws XMLStreamException {
    out.writeEndElement();
  }

  /** A name of ours as an element's name. */
  static String elementName(String key) {
    String name = key.replaceAll("[^A-Za-z0-9_.-]", "_");
    return name.isEmpty() || !(Character.isLetter(name.charAt(0)) || name.charAt(0) == '_')
        ? "_" + name
        : name;
  }

  private static String legal(String text) {
    return XmlText.isLegal(text) ? text : XmlText.replaced(text);
  }
}
