package io.meltemi.webapp.checklist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What providers, guests and users call things comes out inert: no page for a browser, no order for
 * a terminal. Formulas can do nothing, for no answer is a table.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Checklist20OutputTest {
  private static final String EVIL =
      "<script>alert(1)</script> ]]> & =cmd|'/c calc'!A1 \\u202e \\\" '";

  private final Town town = new Town("/checklist/hostile.yaml");
  private String machine = "";

  @AfterAll
  void close() {
    town.close();
  }

  @BeforeAll
  void make() {
    town.owner.made("cimi/2/machineConfigs", "{'cpu': 1, 'memory': 1024, 'name': 'plain'}");
    HttpResponse<String> named =
        town.owner.send(
            "POST",
            "cimi/2/machineConfigs",
            "{\"cpu\": 1, \"memory\": 1024, \"name\": \"" + EVIL + "\"}");
    assertThat(named.statusCode()).as(named.body()).isEqualTo(201);
    String loud = "\u001b]0;owned\u0007\u001b[2J\u009b31m\rhidden\u007f\u202e=1+1";
    String data = Base64.getEncoder().encodeToString(loud.getBytes(UTF_8));
    machine =
        town.owner.made(
            "cimi/2/machines",
            ("{'name': 'loud', 'machineTemplate': {'initialState': 'STARTED', 'userData': '%s',"
                    + " 'machineConfig': {'cpu': 1, 'memory': 1048576}, 'machineImage':"
                    + " {'href': '%s'}}}")
                .formatted(data, town.image()));
    await().until(() -> town.owner.json(machine).path("state").asText().equals("STARTED"));
  }

  @Test
  void noListIsAPageOrCommandsATerminal() throws Exception {
    int asked = 0;
    for (Route route : town.routes()) {
      if (!route.verb().equals("GET") || route.namesSomething()) continue;
      for (String type : List.of("application/json", "application/xml")) {
        asked++;
        HttpResponse<String> answer = town.owner.get(route.path() + "?$expand=*", "Accept", type);
        assertThat(answer.statusCode()).as(route + answer.body()).isEqualTo(200);
        holdInert(answer, type);
        if (type.endsWith("xml")) holdXml(answer.body());
        else assertThat(Client.json(answer).isObject()).isTrue();
      }
    }
    assertThat(asked).isGreaterThan(40);
  }

  private static void holdXml(String body) throws Exception {
    assertThat(body).doesNotContain("<script").doesNotContain("<img");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(body.getBytes(UTF_8)));
  }

  private static void holdInert(HttpResponse<String> answer, String type) {
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
    holdQuiet(answer.body());
  }

  private static void holdQuiet(String body) {
    assertThat(
            body.chars()
                .filter(letter -> Character.isISOControl(letter))
                .filter(letter -> letter != '\n' && letter != '\t'))
        .isEmpty();
  }

  /** The provider's names are there, so that the test tests something. */
  @Test
  void theProvidersNamesAreShownAsTexts() {
    String images = town.owner.get("cimi/2/machineImages").body();
    assertThat(images).contains("<img src=x onerror=alert(1)>");
    assertThat(town.owner.get("broker/1/locations").body()).contains("<script>alert(1)</script>");
  }

  @Test
  void aConsoleIsAQuietText() {
    HttpResponse<String> console = town.owner.get(machine + "/console");
    assertThat(console.statusCode()).as(console.body()).isEqualTo(200);
    assertThat(console.body()).contains("␛]0;owned␇", "hidden", "=1+1").doesNotContain("\u202e");
    holdInert(console, "text/plain");
  }

  @Test
  void aRefusalRepeatsNothingAlive() {
    String path = "cimi/2/machines/%1b%5b2J%c2%9b1m%0d%0aSet-Cookie:%20x=1%3Cscript%3E";
    for (String type : List.of("application/json", "application/xml")) {
      HttpResponse<String> answer = town.owner.get(path, "Accept", type);
      assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
      holdInert(answer, type);
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      if (type.endsWith("xml")) assertThat(answer.body()).doesNotContain("<script");
    }
  }

  /** A page of others cannot make a browser change anything, whatever it knows of its user. */
  @Test
  void aForeignPageChangesNothing() {
    HttpResponse<String> foreign =
        town.owner.send("POST", machine + "/stop", "", "Origin", "https://evil.example");
    assertThat(foreign.statusCode()).as(foreign.body()).isEqualTo(403);
    assertThat(Client.json(foreign).path("field").asText()).isEqualTo("Origin");
    HttpResponse<String> unknown = town.owner.send("POST", machine + "/stop", "", "Origin", "null");
    assertThat(unknown.statusCode()).isEqualTo(403);
    String own = town.broker.url().substring(0, town.broker.url().length() - 1);
    HttpResponse<String> ours =
        town.owner.send(
            "POST", "cimi/2/machineConfigs", "{\"cpu\": 1, \"memory\": 1024}", "Origin", own);
    assertThat(ours.statusCode()).as(ours.body()).isEqualTo(201);
  }
}
