package io.meltemi.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set of requests and their answers, as text: status, headers and body. Times and ids of requests
 * are made alike, and what each server says about its connections is left out.
 */
final class Exchanges {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Set<String> CONNECTION =
      Set.of("date", "connection", "keep-alive", "transfer-encoding", "content-length", "server");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final Pattern LINK = Pattern.compile("\"(?:href|id)\":\"(http[^\"]+)\"");

  /**
   * In a tag: over a text with times; an entry point is as old as its process, and what was
   * discovered is told anew.
   */
  private static final Pattern SUM =
      Pattern.compile("(?<=etag: \\[\"1[jx])-[0-9a-f]+|(?<=etag: \\[W/\")[^\"]+");

  private static final Pattern TOLD_ANEW = Pattern.compile("(?i).*(entrypoint|/machineImages.*)");

  private final String root;
  private final String authorization;
  private final Map<String, String> all = new LinkedHashMap<>();

  private Exchanges(int port, String authorization) {
    this.root = "http://127.0.0.1:" + port;
    this.authorization = authorization;
  }

  /** Reads everything that can be reached from the entry points, and asks what is refused. */
  static Exchanges at(int port, String authorization) {
    Exchanges exchanges = new Exchanges(port, authorization);
    for (String path :
        List.of("/cimi/1/cloudEntryPoint", "/cimi/2/cloudEntryPoint", "/broker/1/entryPoint")) {
      exchanges.walk(path);
    }
    exchanges.refused();
    return exchanges;
  }

  Map<String, String> all() {
    return all;
  }

  /** The entry point, what it names, and the first resources of each collection. */
  private void walk(String entryPoint) {
    String entry = ask("GET", entryPoint, "", "Accept", "application/json");
    for (String collection : links(entry)) {
      if (changing(collection)) continue;
      String items = ask("GET", collection, "", "Accept", "application/json");
      ask("GET", collection, "", "Accept", "application/xml");
      ask("GET", collection + "?$select=count,name&$first=1&$last=2", "", "Accept", "*/*");
      for (String item : links(items)) {
        if (!item.startsWith(collection + "/") || changing(item)) continue;
        ask("GET", item, "", "Accept", "application/json");
        ask("GET", item, "", "Accept", "application/xml");
        ask("HEAD", item, "", "Accept", "application/xml");
        break;
      }
    }
  }

  /** What goes on by itself: accounts are looked at, jobs and events of the start come. */
  private static boolean changing(String path) {
    return path.matches(
            "/broker/1/(accounts|events|findings|locations|offers|nodes|apiTokens|decisions).*")
        || path.matches(".*/jobs.*");
  }

  private void refused() {
    String json = "application/json";
    ask("GET", "/cimi/2/machines/nobody", "", "Accept", json);
    ask("GET", "/cimi/1/machines/nobody", "", "Accept", "application/xml");
    ask("GET", "/nowhere", "", "Accept", json);
    ask("GET", "/cimi/2/machines", "", "Accept", "text/html");
    ask("GET", "/cimi/1/machines", "", "CIMI-Specification-Version", "7.0");
    ask("GET", "/cimi/2/machines?$filter=name%20is%20x", "", "Accept", json);
    ask("POST", "/cimi/2/machines", "{}", "Content-Type", "text/plain");
    ask("POST", "/cimi/2/machines", "{\"machineTemplate\": {", "Content-Type", json);
    ask("POST", "/cimi/1/machines", "<MachineCreate", "Content-Type", "application/xml");
    ask("POST", "/cimi/2/machines", "", "Content-Type", json);
    ask("POST", "/cimi/2/machines", "x".repeat(300_000), "Content-Type", json);
    ask("PUT", "/cimi/2/machineConfigs/tiny", "{\"cpus\": 3}", "Content-Type", json);
    ask("PUT", "/cimi/2/machines", "{}", "Content-Type", json);
    ask("DELETE", "/cimi/2/machineConfigs/tiny", "", "If-Match", "\"77j\"");
    ask("OPTIONS", "/cimi/2/machines", "", "Accept", json);
    ask("PATCH", "/cimi/2/machines", "{}", "Content-Type", json);
    ask("GET", "/cimi/2/machineConfigs/tiny", "", "If-None-Match", "*");
    ask("GET", "/cimi/2/machines", "", "Authorization", "Basic bm9ib2R5OndvcmQ=");
    ask("GET", "/openapi", "", "Accept", json);
    ask("GET", "/health/live", "", "Accept", json);
  }

  private String ask(String method, String path, String body, String header, String value) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", authorization)
            .setHeader(header, value)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    HttpResponse<String> answer = sent(request);
    String told = told(answer);
    all.put(
        method + " " + path + " " + header + ": " + value,
        TOLD_ANEW.matcher(path).matches() ? SUM.matcher(told).replaceAll("") : told);
    return answer.body();
  }

  private static String told(HttpResponse<String> answer) {
    List<String> lines = new ArrayList<>();
    lines.add(Integer.toString(answer.statusCode()));
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
            boolean id = name.equalsIgnoreCase("Meltemi-Request");
            lines.add(name.toLowerCase(Locale.ROOT) + ": " + (id ? "id" : plain(name, values)));
          }
        });
    lines.add(TIME.matcher(answer.body()).replaceAll("time"));
    return String.join("\n", lines);
  }

  /** Blanks and letter case of a media type's parameter mean nothing. */
  private static String plain(String name, List<String> values) {
    boolean type = name.equalsIgnoreCase("Content-Type");
    return type ? values.getFirst().replace(" ", "").toLowerCase(Locale.ROOT) : values.toString();
  }

  private List<String> links(String body) {
    List<String> found = new ArrayList<>();
    Matcher links = LINK.matcher(body);
    while (links.find()) {
      String link = links.group(1);
      assertThat(link).startsWith(root);
      found.add(link.substring(root.length()));
    }
    return found.stream().distinct().toList();
  }

  private static HttpResponse<String> sent(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer to " + request.build(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The status of a plain GET by nobody; empty when nobody answers. */
  static OptionalInt status(int port, String path) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try {
      return OptionalInt.of(
          HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  static void post(int port, String authorization, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    HttpResponse<String> answer = sent(request);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
  }
}
