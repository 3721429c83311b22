package io.meltemi.webapp.checklist;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The schema of CIMI 1.x, DSP8009 1.0.2, without its own defects. It may not be copied into this
 * tree: it is looked for in the folder of the system property {@code cimi.facts}, else in {@code
 * shared/cimi} beside the checkout.
 */
final class OldSchema {
  private static final String XS = XMLConstants.W3C_XML_SCHEMA_NS_URI;

  /** Collections whose expanded form takes no operation, as all others and the free one do. */
  private static final List<String> WITHOUT_OPERATION =
      List.of("MachineSnapshotCollRef", "VolumeVolumeImageCollRef", "JobCollRef");

  private final Schema schema;

  private OldSchema(Schema schema) {
    this.schema = schema;
  }

  /** For tests to be skipped where it is not. */
  static boolean isAtHand() {
    return file().isPresent();
  }

  private static Optional<Path> file() {
    String told = System.getProperty("cimi.facts", "");
    Stream<Path> beside =
        Stream.iterate(
                Path.of("").toAbsolutePath(), path -> path.getParent() != null, Path::getParent)
            .map(path -> path.resolve("shared/cimi"));
    return Stream.concat(told.isEmpty() ? Stream.empty() : Stream.of(Path.of(told)), beside)
        .map(folder -> folder.resolve("dsp8009.xsd"))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  static OldSchema atHand() {
    Document text = parsed(new InputSource(file().orElseThrow().toUri().toString()));
    mend(text);
    try {
      return new OldSchema(SchemaFactory.newInstance(XS).newSchema(new DOMSource(text)));
    } catch (SAXException e) {
      throw new AssertionError(e);
    }
  }

  /** Where the schema says less than the text of DSP0263 1.1 that it belongs to. */
  private static void mend(Document schema) {
    Element imported = at(schema, "//*[local-name()='import']"); // of xml:lang, which nothing uses
    imported.getParentNode().removeChild(imported);
    at(schema, "//*[@name='shapshot']").setAttribute("name", "snapshot");
    at(schema, "//*[@name='attribute']").setAttribute("maxOccurs", "unbounded");
    at(schema, "//*[@name='capability']/*").setAttribute("mixed", "true");
    Element disk = at(schema, "//*[@name='Disk']/*/*[local-name()='sequence']");
    Element common = schema.createElementNS(XS, "group");
    common.setAttribute("ref", "tns:commonElements");
    disk.insertBefore(common, disk.getFirstChild());
    takeOperations(disk);
    for (String type : WITHOUT_OPERATION) {
      takeOperations(at(schema, "//*[@name='" + type + "']/*[local-name()='choice']/*[2]"));
    }
  }

  private static void takeOperations(Element sequence) {
    Element operation = sequence.getOwnerDocument().createElementNS(XS, "element");
    operation.setAttribute("name", "operation");
    operation.setAttribute("type", "tns:operationType");
    operation.setAttribute("minOccurs", "0");
    operation.setAttribute("maxOccurs", "unbounded");
    sequence.insertBefore(operation, at(sequence, "*[local-name()='any']"));
  }

  private static Element at(Node from, String path) {
    try {
      Object found =
          XPathFactory.newInstance().newXPath().evaluate(path, from, XPathConstants.NODE);
      if (found instanceof Element element) return element;
      throw new AssertionError("the schema has no " + path);
    } catch (XPathExpressionException e) {
      throw new AssertionError(path, e);
    }
  }

  /** What is wrong with a document; empty when it is valid. */
  Optional<String> complaint(String document) {
    try {
      schema.newValidator().validate(new DOMSource(parsed(document)));
      return Optional.empty();
    } catch (SAXException e) {
      return Optional.of(e.getMessage() + "\n" + document);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Document parsed(String document) {
    return parsed(new InputSource(new StringReader(document)));
  }

  private static Document parsed(InputSource document) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(document);
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(e);
    }
  }
}
