package io.meltemi.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The templates of a running broker and what they refer to, in CIMI 2.0. */
final class TemplateShelf {
  private static final String FACE = "/cimi/2/";

  private final RunningBroker broker;

  TemplateShelf(RunningBroker broker) {
    this.broker = broker;
  }

  /**
   * What was looked for by name.
   *
   * @param problem why there is no one such thing, for people
   */
  record Found(Optional<String> href, Optional<String> problem) {}

  /** The image of a name, or at a URI. */
  Found image(String wanted) throws InterruptedException {
    if (isUri(wanted)) return new Found(Optional.of(wanted), Optional.empty());
    return one("machineImages", "machine image", wanted, "Give it with --image.");
  }

  /** The network of a name. */
  Found network(String wanted) throws InterruptedException {
    return one("networks", "network", wanted, "Give the template an interface by hand.");
  }

  private Found one(String collection, String kind, String name, String remedy)
      throws InterruptedException {
    List<JsonNode> found = named(collection, collection, name);
    if (found.size() == 1) {
      return new Found(Optional.of(found.getFirst().path("id").asText()), Optional.empty());
    }
    String many = found.isEmpty() ? "no " + kind + " is" : found.size() + " " + kind + "s are";
    return new Found(
        Optional.empty(),
        Optional.of(
            "%s called '%s'; the template has none of it. %s".formatted(many, name, remedy)));
  }

  /** The one template of a name, or at a URI. */
  JsonNode template(String wanted) throws InterruptedException {
    if (isUri(wanted)) return broker.get(wanted).wanted();
    List<JsonNode> templates = named("machineTemplates", "machineTemplates", wanted);
    if (templates.size() == 1) return templates.getFirst();
    throw new StartException(
        (templates.isEmpty()
                ? "No machine template is"
                : templates.size() + " machine templates are")
            + " called '"
            + wanted
            + "'; name one by its URI.");
  }

  private static boolean isUri(String text) {
    return text.startsWith("http://") || text.startsWith("https://");
  }

  private List<JsonNode> named(String collection, String items, String name)
      throws InterruptedException {
    // a filter has no way to write a quote within quotes
    if (name.contains("'")) return List.of();
    String filter = URLEncoder.encode("name='" + name + "'", StandardCharsets.UTF_8);
    List<JsonNode> found = new ArrayList<>();
    broker.get(FACE + collection + "?$filter=" + filter).wanted().path(items).forEach(found::add);
    return found;
  }

  /** What is meant by a member: what it refers to, with what it says beside the reference. */
  JsonNode whole(JsonNode member) throws InterruptedException {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    if (member.hasNonNull("href")) {
      whole.setAll((ObjectNode) broker.get(member.path("href").asText()).wanted());
    }
    if (member instanceof ObjectNode own) whole.setAll(own);
    return whole;
  }

  /** Makes something; its URI. */
  String add(String collection, ObjectNode body) throws InterruptedException {
    RunningBroker.Answer answer = broker.post(FACE + collection, body);
    answer.wanted();
    return answer
        .location()
        .orElseThrow(() -> new StartException("The broker does not say what it made."));
  }

  /** Takes back what was made in vain; what cannot be removed now is left. */
  void remove(String href) throws InterruptedException {
    RunningBroker.Answer ignored = broker.delete(href);
  }
}
