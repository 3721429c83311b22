package io.meltemi.model.wire;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML into elements, within limits; document types and entities are refused. */
final class XmlBody {
  private static final int MOST_ATTRIBUTES = 200;
  private static final int LONGEST_NAME = 256;

  private final WstxInputFactory factory = new WstxInputFactory();

  XmlBody() {
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    // a lazy parser tells a mistake late, by an exception that nobody declares
    factory.setProperty(WstxInputProperties.P_LAZY_PARSING, false);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MOST_ATTRIBUTES);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, JsonBody.MOST_LEVELS * 2);
  }

  Element read(byte[] body) {
    try {
      XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(body));
      while (in.next() != XMLStreamConstants.START_ELEMENT) {
        refuseDocumentType(in.getEventType());
      }
      Element root = new Walk(in).element(1, "");
      while (in.hasNext()) {
        in.next();
      }
      in.close();
      return root;
    } catch (XMLStreamException e) {
      String told = firstLine(e);
      throw told.startsWith("Attribute limit")
          ? Complaint.tooManyAttributes(MOST_ATTRIBUTES)
          : Complaint.malformed(Format.XML, told);
    }
  }

  private static void refuseDocumentType(int event) {
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw Complaint.documentType();
    }
  }

  private static String firstLine(XMLStreamException e) {
    String text = String.valueOf(e.getMessage()).strip();
    int end = text.indexOf('\n');
    String place =
        e.getLocation() == null
            ? ""
            : " (line "
                + e.getLocation().getLineNumber()
                + ", column "
                + e.getLocation().getColumnNumber()
                + ")";
    return (end < 0 ? text : text.substring(0, end)) + place;
  }

  /** One way through one document. */
  private static final class Walk {
    private final XMLStreamReader in;
    private int elements;

    Walk(XMLStreamReader in) {
      this.in = in;
    }

    /**
     * @param parent names above it and below the root, each ended by a dot
     */
    Element element(int level, String parent) throws XMLStreamException {
      if (level > JsonBody.MOST_LEVELS) {
        throw Complaint.tooDeep(JsonBody.MOST_LEVELS);
      }
      if (++elements > JsonBody.MOST_VALUES) {
        throw Complaint.tooMany(JsonBody.MOST_VALUES);
      }
      String namespace = in.getNamespaceURI() == null ? "" : in.getNamespaceURI();
      String name = shortName(in.getLocalName());
      String place = parent + name;
      Map<String, String> attributes = attributes();
      List<Element> children = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
        refuseDocumentType(event);
        if (event == XMLStreamConstants.START_ELEMENT) {
          children.add(element(level + 1, level == 1 ? "" : place + "."));
        } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
          text.append(in.getText());
        }
      }
      String own = children.isEmpty() ? text.toString() : text.toString().strip();
      if (!children.isEmpty() && !own.isEmpty()) throw Complaint.stray(place);
      return new Element(namespace, name, place, attributes, children, own);
    }

    private Map<String, String> attributes() {
      Map<String, String> attributes = new LinkedHashMap<>();
      for (int i = 0; i < in.getAttributeCount(); i++) {
        String namespace = in.getAttributeNamespace(i);
        if (namespace == null || namespace.isEmpty()) {
          attributes.put(shortName(in.getAttributeLocalName(i)), in.getAttributeValue(i));
        }
      }
      return attributes;
    }

    private static String shortName(String name) {
      if (name.length() > LONGEST_NAME) {
        throw Complaint.longName(LONGEST_NAME);
      }
      return name;
    }
  }
}
