package io.meltemi.webapp.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An answer, or one resource inside it, read alike from JSON and XML. */
public final class Answer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> NOT_ITEMS =
      Set.of("id", "count", "operation", "operations", "parent", "updated");

  private final HttpResponse<String> response;
  private final Dialect dialect;
  private final View view;

  private Answer(HttpResponse<String> response, Dialect dialect, View view) {
    this.response = response;
    this.dialect = dialect;
    this.view = view;
  }

  static Answer of(HttpResponse<String> response, Dialect dialect) {
    if (response.body().isBlank()) {
      return new Answer(response, dialect, new JsonView(JSON.createObjectNode()));
    }
    boolean xml = response.headers().firstValue("Content-Type").orElse("").contains("xml");
    return new Answer(
        response, dialect, xml ? new XmlView(parse(response.body())) : jsonView(response.body()));
  }

  public int status() {
    return response.statusCode();
  }

  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  public String raw() {
    return response.request().method()
        + " "
        + response.uri()
        + " -> "
        + status()
        + "\n"
        + response.body();
  }

  /** The type's URI: the member in JSON, namespace and element in XML. */
  public String typeUri() {
    return view.typeUri();
  }

  /** Text of a member; empty when it is not there. */
  public Optional<String> text(String name) {
    return view.text(name);
  }

  public String need(String name) {
    return text(name).orElseThrow(() -> new AssertionError("no " + name + " in " + raw()));
  }

  /** The body as it came. */
  public String body() {
    return response.body();
  }

  /** All values of a header that is a list. */
  public Set<String> list(String header) {
    return response.headers().allValues(header).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names of what is shown, as it is written. */
  public Set<String> members() {
    return view.members();
  }

  /** What stands inside a member, for instance an expanded reference. */
  public Answer part(String name) {
    return new Answer(response, dialect, view.part(name));
  }

  /** Targets of a list of references, by the list's name and the XML name of one item. */
  public List<String> links(String name, String itemName) {
    return view.links(name, itemName);
  }

  /** Text of the whole, for XML elements which hold nothing else. */
  public String content() {
    return view.content();
  }

  public Optional<String> href(String name) {
    return view.href(name);
  }

  public String needHref(String name) {
    return href(name).orElseThrow(() -> new AssertionError("no " + name + " in " + raw()));
  }

  /** The href of an operation by its rel. */
  public Optional<String> operation(String rel) {
    return view.operation(rel, dialect);
  }

  public String needOperation(String rel) {
    return operation(rel)
        .orElseThrow(() -> new AssertionError("operation " + rel + " not offered in " + raw()));
  }

  /** Items of a collection. */
  public List<Answer> items() {
    return view.items(dialect).stream().map(item -> new Answer(response, dialect, item)).toList();
  }

  /** Structs of an array attribute, by the array's name and the XML name of one item. */
  public List<Answer> entries(String name, String itemName) {
    return view.entries(name, itemName, dialect).stream()
        .map(item -> new Answer(response, dialect, item))
        .toList();
  }

  private sealed interface View {
    String typeUri();

    Set<String> members();

    View part(String name);

    List<String> links(String name, String itemName);

    String content();

    Optional<String> text(String name);

    Optional<String> href(String name);

    Optional<String> operation(String rel, Dialect dialect);

    List<View> items(Dialect dialect);

    List<View> entries(String name, String itemName, Dialect dialect);
  }

  private record JsonView(JsonNode node) implements View {
    @Override
    public String typeUri() {
      return node.path("resourceURI").asText();
    }

    @Override
    public Set<String> members() {
      Set<String> members = new TreeSet<>();
      node.fieldNames().forEachRemaining(members::add);
      members.remove("resourceURI");
      return members;
    }

    @Override
    public View part(String name) {
      return new JsonView(node.path(name));
    }

    @Override
    public List<String> links(String name, String itemName) {
      return node.path(name).valueStream().map(each -> each.path("href").asText()).toList();
    }

    @Override
    public String content() {
      return node.asText();
    }

    @Override
    public Optional<String> text(String name) {
      return Optional.of(node.path(name)).filter(JsonNode::isValueNode).map(JsonNode::asText);
    }

    @Override
    public Optional<String> href(String name) {
      return Optional.of(node.path(name).path("href"))
          .filter(JsonNode::isTextual)
          .map(JsonNode::asText);
    }

    @Override
    public Optional<String> operation(String rel, Dialect dialect) {
      for (JsonNode operation : node.path("operations")) {
        if (operation.path("rel").asText().equals(rel)) {
          return Optional.of(operation.path("href").asText());
        }
      }
      return Optional.empty();
    }

    @Override
    public List<View> items(Dialect dialect) {
      List<View> items = new ArrayList<>();
      node.properties().stream()
          .filter(member -> member.getValue().isArray() && !NOT_ITEMS.contains(member.getKey()))
          .forEach(member -> member.getValue().forEach(item -> items.add(new JsonView(item))));
      return items;
    }

    @Override
    public List<View> entries(String name, String itemName, Dialect dialect) {
      List<View> entries = new ArrayList<>();
      node.path(name).forEach(entry -> entries.add(new JsonView(entry)));
      return entries;
    }
  }

  private record XmlView(Element element) implements View {
    @Override
    public String typeUri() {
      return element.getLocalName().equals("Collection")
          ? element.getAttribute("resourceURI")
          : element.getNamespaceURI() + "/" + element.getLocalName();
    }

    @Override
    public Set<String> members() {
      Set<String> members = new TreeSet<>();
      children(element).forEach(child -> members.add(child.getLocalName()));
      return members;
    }

    @Override
    public View part(String name) {
      return children(element).stream()
          .filter(child -> child.getLocalName().equals(name))
          .findFirst()
          .<View>map(XmlView::new)
          .orElseGet(() -> new JsonView(JSON.missingNode()));
    }

    @Override
    public List<String> links(String name, String itemName) {
      return children(element).stream()
          .filter(child -> child.getLocalName().equals(itemName))
          .map(child -> child.getAttribute("href"))
          .toList();
    }

    @Override
    public String content() {
      return element.getTextContent().strip();
    }

    @Override
    public Optional<String> text(String name) {
      if (element.hasAttribute(name)) {
        return Optional.of(element.getAttribute(name));
      }
      return children(element).stream()
          .filter(child -> child.getLocalName().equals(name))
          .filter(child -> children(child).isEmpty() && !child.hasAttribute("href"))
          .map(child -> child.getTextContent().strip())
          .findFirst();
    }

    @Override
    public Optional<String> href(String name) {
      return children(element).stream()
          .filter(child -> child.getLocalName().equals(name) && child.hasAttribute("href"))
          .map(child -> child.getAttribute("href"))
          .findFirst();
    }

    @Override
    public Optional<String> operation(String rel, Dialect dialect) {
      return entries("operations", "operation", dialect).stream()
          .map(view -> ((XmlView) view).element())
          .filter(operation -> operation.getAttribute("rel").equals(rel))
          .map(operation -> operation.getAttribute("href"))
          .findFirst();
    }

    @Override
    public List<View> items(Dialect dialect) {
      List<View> items = new ArrayList<>();
      for (Element child : children(element)) {
        if (NOT_ITEMS.contains(child.getLocalName())) {
          continue;
        }
        if (dialect.wraps()) {
          children(child).forEach(item -> items.add(new XmlView(item)));
        } else {
          items.add(new XmlView(child));
        }
      }
      return items;
    }

    @Override
    public List<View> entries(String name, String itemName, Dialect dialect) {
      // 1.x wraps no lists, but those that are not its own
      List<Element> wrappers =
          children(element).stream().filter(c -> c.getLocalName().equals(name)).toList();
      List<Element> holders = dialect.wraps() || !wrappers.isEmpty() ? wrappers : List.of(element);
      return holders.stream()
          .flatMap(holder -> children(holder).stream())
          .filter(child -> child.getLocalName().equals(itemName))
          .<View>map(XmlView::new)
          .toList();
    }

    private static List<Element> children(Element parent) {
      List<Element> children = new ArrayList<>();
      for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
        if (node instanceof Element child) {
          children.add(child);
        }
      }
      return children;
    }
  }

  private static View jsonView(String body) {
    try {
      return new JsonView(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + body, e);
    }
  }

  private static Element parse(String body) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(body)))
          .getDocumentElement();
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError("not XML: " + body, e);
    }
  }
}
