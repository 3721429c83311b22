package io.meltemi.webapp.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request and its answer.
 *
 * @param method in capitals
 * @param where {@code machines} for the collection of that name, {@code machines:add} for where its
 *     operation add is asked for, {@code machine}, {@code machine:start} likewise for the machine
 *     that stands ready
 * @param query with its question mark; may be empty
 * @param headers beyond Authorization
 * @param body text as it is sent, with as many blanks behind as {@code padding} says; empty for
 *     none
 * @param expect what must hold: {@code status}, {@code code}, {@code field}, {@code header NAME},
 *     or a pointer into the JSON answer
 */
record Story(
    String name,
    int face,
    String method,
    String where,
    String query,
    Map<String, String> headers,
    String body,
    Map<String, String> expect) {

  static List<Story> read(String file) {
    List<Story> stories = new ArrayList<>();
    try (InputStream in = Story.class.getResourceAsStream("/stories/" + file)) {
      for (JsonNode story : new YAMLMapper().readTree(in)) {
        for (int face : faces(story)) stories.add(of(story, face));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(file, e);
    }
    return stories;
  }

  /** A story that names no face is told at both faces of CIMI. */
  private static int[] faces(JsonNode story) {
    return story.has("face") ? new int[] {story.path("face").asInt()} : new int[] {1, 2};
  }

  private static Story of(JsonNode story, int face) {
    return new Story(
        story.path("name").asText(),
        face,
        story.path("method").asText("GET"),
        story.path("where").asText(),
        story.path("query").asText(""),
        texts(story.path("headers")),
        body(story.path("body")) + " ".repeat(story.path("padding").asInt()),
        texts(story.path("expect")));
  }

  private static String body(JsonNode body) {
    return body.isContainerNode() ? body.toString() : body.asText("");
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new TreeMap<>();
    node.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  /** With the names of what stands ready filled in, and the face's number for {@code ${face}}. */
  Story filled(Map<String, String> names) {
    String text = body.replace("${face}", Integer.toString(face));
    String asked = query.replace("${face}", Integer.toString(face));
    Map<String, String> wanted = new TreeMap<>();
    expect.forEach((what, value) -> wanted.put(what, value.replace("${face}", "" + face)));
    for (Map.Entry<String, String> name : names.entrySet()) {
      String value = name.getValue().replace("/cimi/2/", "/cimi/" + face + "/");
      text = text.replace("${" + name.getKey() + "}", value);
      asked = asked.replace("${" + name.getKey() + "}", value);
    }
    return new Story(this.name, face, method, where, asked, headers, text, wanted);
  }

  /** The same, answered in XML; empty when it says itself what it accepts, or goes well. */
  Optional<Story> answeredInXml() {
    if (headers.containsKey("Accept") || !expect.getOrDefault("status", "").startsWith("4")) {
      return Optional.empty();
    }
    Map<String, String> more = new TreeMap<>(headers);
    more.put("Accept", "application/xml");
    return Optional.of(
        new Story(name + ", told in XML", face, method, where, query, more, body, expect));
  }

  /** A refusal that stores nothing; an order that fits nowhere stores why. */
  boolean isRefused() {
    return expect.getOrDefault("status", "").startsWith("4")
        && !expect.getOrDefault("code", "").endsWith(".no-offer");
  }

  @Override
  public String toString() {
    return name + (face == 0 ? "" : ", CIMI " + face);
  }
}
