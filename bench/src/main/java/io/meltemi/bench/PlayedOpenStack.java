package io.meltemi.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An OpenStack as far as somebody sees it who makes machines there: Keystone, and a nova whose
 * servers run at once. While it is sick its lists have no end: each part is whole and names a next.
 */
final class PlayedOpenStack implements SickProvider {
  private static final String NOVA = "/v2.1/";

  /** Nova lists so many at once by default. */
  private static final int PART = 1000;

  private static final Pattern MARKER = Pattern.compile("marker=endless-([0-9]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ObjectNode> servers = new ConcurrentHashMap<>();
  private final AtomicInteger met = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;
  private final String address;
  private final JsonNode words;
  private volatile boolean sick;

  private record Answer(int status, JsonNode body) {
    static Answer about(String name, JsonNode value) {
      return new Answer(200, JSON.createObjectNode().set(name, value));
    }

    static Answer refused(int status, String reason) {
      ObjectNode error = JSON.createObjectNode().put("code", status).put("message", reason);
      return new Answer(status, JSON.createObjectNode().set("error", error));
    }
  }

  private interface Answering {
    Answer to(HttpExchange exchange) throws IOException;
  }

  PlayedOpenStack() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // or each of its answers waits
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    address = "http://127.0.0.1:" + http.getAddress().getPort();
    words = words(address);
    answer("/", asked -> Answer.refused(404, "nothing is there"));
    for (String always : List.of("limits", "extensions", "os-availability-zone")) {
      answer(NOVA + always, asked -> new Answer(200, words.path(always)));
    }
    for (String list : List.of("flavors", "images", "servers")) {
      answer(NOVA + list + "/detail", asked -> part(list, asked.getRequestURI()));
    }
    answer("/v3/auth/tokens", this::logIn);
    answer(NOVA + "flavors/1", asked -> Answer.about("flavor", words.path("flavors")));
    answer(NOVA + "servers", this::create);
    answer(NOVA + "servers/", this::one);
    http.setExecutor(threads);
    http.start();
  }

  /** What it says to some calls, and an entry of each list. */
  private static JsonNode words(String address) throws IOException {
    try (InputStream in = PlayedOpenStack.class.getResourceAsStream("played-openstack.json")) {
      byte[] text = Objects.requireNonNull(in).readAllBytes();
      return JSON.readTree(new String(text, StandardCharsets.UTF_8).replace("ADDRESS", address));
    }
  }

  private void answer(String path, Answering answering) {
    http.createContext(
        path,
        exchange -> {
          try (exchange) {
            Answer answer = answering.to(exchange);
            byte[] body = JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  private Answer logIn(HttpExchange asked) {
    asked.getResponseHeaders().add("X-Subject-Token", "bench");
    return new Answer(201, words.path("tokens"));
  }

  /** Who followed a list that had no end is told, once it is well, that it cannot go on. */
  private Answer part(String list, URI asked) {
    Matcher marker = MARKER.matcher(asked.toString());
    boolean further = marker.find();
    if (sick) {
      met.incrementAndGet();
      return endless(list, further ? Integer.parseInt(marker.group(1)) + 1 : 0);
    }
    if (further) return Answer.refused(503, "the list is another now");
    ArrayNode all = JSON.createArrayNode();
    if (list.equals("servers")) all.addAll(servers.values());
    else all.add(words.path(list));
    return Answer.about(list, all);
  }

  /**
   * Written as text: what it costs to play a provider, which has machines of its own, must not
   * count.
   */
  private Answer endless(String list, int first) {
    String[] around = entry(list, "#").toString().split("#", 2);
    String entries =
        IntStream.range(first, first + PART)
            .mapToObj(i -> around[0] + "endless-" + i + around[1])
            .collect(Collectors.joining(",", "[", "]"));
    ObjectNode body = JSON.createObjectNode();
    body.putRawValue(list, new RawValue(entries));
    String next =
        "%s%s%s/detail?marker=endless-%d".formatted(address, NOVA, list, first + PART - 1);
    body.putArray(list + "_links").addObject().put("rel", "next").put("href", next);
    return new Answer(200, body);
  }

  private ObjectNode entry(String list, String id) {
    return words.path(list).<ObjectNode>deepCopy().put("id", id);
  }

  private Answer create(HttpExchange asked) throws IOException {
    JsonNode wanted = JSON.readTree(asked.getRequestBody()).path("server");
    String id = UUID.randomUUID().toString();
    ObjectNode server = entry("servers", id);
    server.set("name", wanted.path("name"));
    server.set("metadata", wanted.path("metadata"));
    server.put("updated", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    servers.put(id, server);
    return Answer.about("server", server);
  }

  private Answer one(HttpExchange asked) {
    String id = asked.getRequestURI().getPath().replaceFirst(".*/", "");
    boolean delete = asked.getRequestMethod().equals("DELETE");
    return Optional.ofNullable(delete ? servers.remove(id) : servers.get(id))
        .map(server -> Answer.about("server", server))
        .orElseGet(() -> Answer.refused(404, "Instance " + id + " could not be found."));
  }

  @Override
  public Provider provider() {
    Map<String, String> settings =
        Map.of(
            "endpoint", address + "/v3", "user", "bench", "password", "word", "project", "bench");
    return new Provider("openstack", settings, List.of(URI.create(address)));
  }

  @Override
  public void fallSick() {
    sick = true;
  }

  @Override
  public void recover() {
    sick = false;
  }

  @Override
  public String met() {
    return String.valueOf(met);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
