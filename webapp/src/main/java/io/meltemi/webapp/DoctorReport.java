package io.meltemi.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the doctor has seen, what became of it, and how that is shown. */
final class DoctorReport {
  private static final String ORPHAN = "ORPHAN";
  private static final List<String> COLUMNS =
      List.of("FINDING", "ACCOUNT", "KIND", "NAME", "HANDLE", "OUTCOME", "WHAT");

  private final Map<String, JsonNode> accepted = new LinkedHashMap<>();
  private final Map<String, JsonNode> removed = new LinkedHashMap<>();
  private final Map<String, String> kept = new LinkedHashMap<>();
  private Map<String, JsonNode> left = Map.of();

  /** How it is shown. */
  enum Format {
    TABLE,
    JSON
  }

  /** These are there now, and what is not among them is gone, but where nothing could be seen. */
  void sees(List<JsonNode> findings) {
    Map<String, JsonNode> now = new LinkedHashMap<>();
    findings.forEach(finding -> now.put(id(finding.path("id")), finding));
    Set<String> hidden =
        findings.stream()
            .filter(DoctorReport::unseen)
            .map(DoctorReport::account)
            .collect(Collectors.toSet());
    accepted.forEach((id, last) -> {
      if (hidden.contains(account(last))) {
        now.putIfAbsent(id, last);
      } else if (!now.containsKey(id)) {
        removed.put(id, last);
      }
    });
    removed.keySet().removeAll(now.keySet());
    left = now;
  }

  /** Ids of what the broker would remove now and was not asked to. */
  List<String> removable() {
    return left.entrySet().stream()
        .filter(each -> !kept.containsKey(each.getKey()) && !accepted.containsKey(each.getKey()))
        .filter(each -> offers(each.getValue(), "delete"))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a resource or collection can be worked on in this way now. */
  static boolean offers(JsonNode resource, String operation) {
    return resource
        .path("operations")
        .valueStream()
        .anyMatch(each -> each.path("rel").asText().endsWith(operation));
  }

  /** Its removal has begun; a later look tells whether it has ended. */
  void accepted(String id) {
    JsonNode finding = left.get(id);
    if (finding != null) accepted.put(id, finding);
  }

  void kept(String id, String why) {
    kept.put(id, why);
  }

  /** Orphans are left which nobody has tried to remove, or which are on their way. */
  boolean waits() {
    return left.entrySet().stream()
        .anyMatch(each -> sort(each.getValue()).equals(ORPHAN) && !kept.containsKey(each.getKey()));
  }

  /** Of some account nothing is known. */
  boolean blind() {
    return left.values().stream().anyMatch(DoctorReport::unseen);
  }

  boolean somethingLeft() {
    return !left.isEmpty();
  }

  boolean removedSome() {
    return !removed.isEmpty();
  }

  void print(Format format, PrintWriter out) {
    List<ObjectNode> all =
        Stream.concat(
                removed.values().stream().map(finding -> told(finding, "removed")),
                left.entrySet().stream().map(each -> told(each.getValue(), outcome(each.getKey()))))
            .toList();
    switch (format) {
      case TABLE -> table(all, out);
      case JSON -> {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.putArray("findings").addAll(all);
        out.println(report.toPrettyString());
      }
    }
    out.flush();
  }

  private String outcome(String id) {
    if (accepted.containsKey(id)) return "left: removal was accepted and has not ended";
    String why = kept.get(id);
    return why == null ? "left" : "left: " + why;
  }

  /** One finding by the names that both formats use. */
  private static ObjectNode told(JsonNode finding, String outcome) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("finding", sort(finding)).put("account", account(finding));
    for (String name : List.of("kind", "name", "handle", "state", "token")) {
      if (finding.has(name)) told.put(name, finding.path(name).asText());
    }
    if (finding.has("resource")) {
      told.put("resource", finding.path("resource").path("href").asText());
    }
    return told.put("outcome", outcome).put("what", finding.path("message").asText());
  }

  private static void table(List<ObjectNode> all, PrintWriter out) {
    if (all.isEmpty()) {
      out.println("Nothing was found.");
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(COLUMNS);
    all.forEach(one -> lines.add(COLUMNS.stream().map(column -> cell(one, column)).toList()));
    List<Integer> widths =
        IntStream.range(0, COLUMNS.size())
            .mapToObj(at -> lines.stream().mapToInt(line -> line.get(at).length()).max().orElse(0))
            .toList();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < COLUMNS.size(); at++) {
        text.append(line.get(at)).repeat(' ', widths.get(at) - line.get(at).length() + 2);
      }
      out.println(text.toString().stripTrailing());
    }
  }

  /** A provider's words must not steer a terminal. */
  private static String cell(ObjectNode one, String column) {
    String text = one.path(column.toLowerCase(Locale.ROOT)).asText("");
    return text.isEmpty() ? "-" : text.replaceAll("\\p{Cntrl}", "?");
  }

  private static boolean unseen(JsonNode finding) {
    return sort(finding).equals("UNSEEN");
  }

  private static String account(JsonNode finding) {
    return id(finding.path("account").path("href"));
  }

  private static String sort(JsonNode finding) {
    return finding.path("sort").asText();
  }

  /** The last part of a link. */
  private static String id(JsonNode link) {
    String text = link.asText();
    return text.substring(text.lastIndexOf('/') + 1);
  }
}
