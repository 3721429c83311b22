package io.meltemi.webapp.interop;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** XML as a consumer reads it: with wrappers or without. */
record XmlSeen(Element element) implements Seen {
  static XmlSeen of(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      InputSource source = new InputSource(new StringReader(text));
      return new XmlSeen(factory.newDocumentBuilder().parse(source).getDocumentElement());
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(text, e);
    }
  }

  @Override
  public String type() {
    String told = element.getAttribute("resourceURI");
    return told.isEmpty() ? element.getNamespaceURI() + "/" + element.getLocalName() : told;
  }

  private Stream<Element> children(String name) {
    List<Element> found = new ArrayList<>();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner && inner.getLocalName().equals(name)) found.add(inner);
    }
    return found.stream();
  }

  @Override
  public String text(String member) {
    return children(member).findFirst().map(Element::getTextContent).orElse("").strip();
  }

  @Override
  public Optional<String> link(String member) {
    return children(member).findFirst().map(found -> found.getAttribute("href"));
  }

  @Override
  public Optional<String> operation(String rel) {
    return Stream.concat(
            children("operation"),
            children("operations").flatMap(all -> new XmlSeen(all).children("operation")))
        .filter(operation -> {
          String name = operation.getAttribute("rel");
          return name.equals(rel) || name.endsWith("/action/" + rel);
        })
        .map(operation -> operation.getAttribute("href"))
        .findFirst();
  }

  @Override
  public List<Seen> items(String member, String name) {
    return Stream.concat(
            children(name), children(member).flatMap(all -> new XmlSeen(all).children(name)))
        .<Seen>map(XmlSeen::new)
        .toList();
  }
}
