package io.meltemi.webapp.checklist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.http.RawClient;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Requests damaged by a seeded generator: whatever comes of them, it is never a failure of ours.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedRequestsTest {
  private static final long SEED = 20261126;
  private static final int EACH = 150;
  private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3})");

  private static final List<String> JSON =
      List.of(
          "{\"name\": \"a\", \"cpu\": 1, \"memory\": 1024, \"disks\": [{\"capacity\": 7}]}",
          "{\"machineTemplate\": {\"machineConfig\": {\"cpu\": 1}, \"machineImage\": {\"href\":"
              + " \"machineImages/x\"}}, \"properties\": {\"k\": \"v\"}}",
          "{\"placement\": {\"policy\": \"cheapest\", \"terms\": {\"countries\": \"GR\","
              + " \"priceCap\": \"0.1\"}}, \"machineTemplate\": {\"href\":"
              + " \"machineTemplates/x\"}}");

  private static final List<String> XML =
      List.of(
          "<MachineConfigurationCreate xmlns=\"http://schemas.dmtf.org/cimi/2\"><name>a</name>"
              + "<cpu>1</cpu><memory>1</memory><disks><disk capacity=\"7\"/></disks>"
              + "</MachineConfigurationCreate>",
          "<MachineCreate xmlns=\"http://schemas.dmtf.org/cimi/2\"><properties><property"
              + " key=\"k\">v</property></properties><machineTemplate"
              + " href=\"x\"/></MachineCreate>");

  private static final List<String> QUERIES =
      List.of(
          "?$filter=name='a'%20and%20(cpu%3E1%20or%20property['k']='v')",
          "?$orderby=name:desc,cpu&$first=1&$last=3",
          "?$select=name,disks&$expand=*&$format=xml",
          "/x/disks/1?$select=*");

  private static final List<String> HEADERS =
      List.of(
          "Accept: application/json;q=0.5, application/xml",
          "If-Match: \"1j\", W/\"2x\"",
          "If-None-Match: *",
          "Idempotency-Key: abc",
          "Meltemi-Tenant: default",
          "CIMI-Specification-Version: 1.1, 2.0",
          "Last-Event-ID: 12",
          "Content-Type: application/json; charset=utf-8",
          "Authorization: Bearer mlt_0123456789abcdef_x",
          "Origin: http://localhost",
          "Host: localhost:1",
          "Transfer-Encoding: chunked",
          "Expect: 100-continue");

  private final Town town = new Town();
  private final Random random = new Random(SEED);
  private final String login =
      "Authorization: Basic "
          + Base64.getEncoder().encodeToString("owner:a word for everybody".getBytes(UTF_8));

  @AfterAll
  void close() {
    town.close();
  }

  private String damaged(String text) {
    StringBuilder damaged = new StringBuilder(text);
    for (int times = 1 + random.nextInt(4); times > 0 && !damaged.isEmpty(); times--) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(6)) {
        case 0 -> damaged.deleteCharAt(at);
        case 1 -> damaged.insert(at, (char) random.nextInt(256));
        case 2 -> damaged.setCharAt(at, (char) random.nextInt(128));
        case 3 -> damaged.insert(at, damaged.substring(at, Math.min(damaged.length(), at + 20)));
        case 4 ->
            damaged.insert(
                at, "%00 ' \" < > [ { \\ | ^ ` 9999999999999999999 ".split(" ")[at % 12]);
        default -> damaged.setLength(at);
      }
    }
    return damaged.toString();
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private void send(String head, String body) throws IOException {
    String request =
        head.replaceAll("[\\r\\n]+", "\r\n")
            + "\r\nConnection: close\r\n"
            + (body.isEmpty() ? "" : "Content-Length: " + body.getBytes(UTF_8).length + "\r\n")
            + "\r\n"
            + new String(body.getBytes(UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
    String answer = RawClient.ask(town.broker.port(), request);
    Matcher status = STATUS.matcher(answer);
    if (status.lookingAt()) {
      assertThat(Integer.parseInt(status.group(1))).as("%s%n%s", request, answer).isLessThan(500);
      assertThat(answer).doesNotContain("at io.meltemi", "Exception");
    } else {
      assertThat(answer).as(request).isEmpty();
    }
  }

  private String head(String verb, String path, String more) {
    return verb + " /cimi/2/" + path + " HTTP/1.1\r\nHost: localhost\r\n" + login + more;
  }

  @Test
  void damagedBodiesAreReadOrRefused() throws IOException {
    for (int at = 0; at < EACH; at++) {
      boolean json = random.nextBoolean();
      String type = "\r\nContent-Type: application/" + (json ? "json" : "xml");
      String where = any(List.of("machines", "machineConfigs", "machineTemplates", "credentials"));
      send(head("POST", where, type), damaged(any(json ? JSON : XML)));
    }
  }

  @Test
  void damagedQueriesAreReadOrRefused() throws IOException {
    for (int at = 0; at < EACH; at++) {
      send(head(any(List.of("GET", "HEAD", "DELETE")), damaged("machines" + any(QUERIES)), ""), "");
    }
  }

  @Test
  void damagedHeadersAreReadOrRefused() throws IOException {
    for (int at = 0; at < EACH; at++) {
      send(head("GET", "machines", "\r\n" + damaged(any(HEADERS))), "");
    }
  }

  @Test
  void afterAllThatTheBrokerIsWell() {
    assertThat(town.owner.get("health/live").statusCode()).isEqualTo(200);
    assertThat(town.owner.get("cimi/2/machines").statusCode()).isEqualTo(200);
  }
}
