package io.meltemi.webapp.checklist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.rules.Room;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Filters, orders, policies and names are texts: nothing that evaluates code ever sees them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Checklist18ExpressionsTest {
  private final Town town = new Town();

  @AfterAll
  void close() {
    town.close();
  }

  @Test
  void nothingInTheHouseEvaluatesCode() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javax.script..",
            "javax.tools..",
            "jdk.jshell..",
            "javax.naming..",
            "jakarta.el..",
            "groovy..",
            "org.mvel2..",
            "ognl..",
            "org.springframework.expression..",
            "org.apache.velocity..",
            "freemarker..")
        .check(Room.all());
  }

  @Test
  void whatLooksLikeCodeIsAText() throws IOException {
    try (ServerSocket canary = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      canary.setSoTimeout(1);
      for (String code : expressions(canary.getLocalPort())) {
        for (String body : answers(code)) {
          assertThat(body).as(code).doesNotContain("5764801").doesNotContain("root:x:");
        }
      }
      assertThat(called(canary)).isFalse();
    }
    assertThat(town.owner.json("cimi/2/machineConfigs").path("count").asInt()).isGreaterThan(3);
  }

  private static List<String> expressions(int port) {
    return List.of(
        "${2401*2401}",
        "#{2401*2401}",
        "{{2401*2401}}",
        "*{T(java.lang.Runtime).getRuntime().exec('id')}",
        "${jndi:ldap://127.0.0.1:" + port + "/a}",
        "${script:javascript:2401*2401}",
        "x' or '1'='1",
        "x'; drop table resource; --",
        "x' union select document from resource --",
        "$(cat /etc/passwd)",
        "`cat /etc/passwd`",
        "<%= 2401*2401 %>",
        "%{2401*2401}");
  }

  private List<String> answers(String code) {
    String text = code.replace("\\", "\\\\").replace("\"", "\\\"");
    String quoted = URLEncoder.encode("name=\"" + code + "\"", UTF_8);
    String bare = URLEncoder.encode(code, UTF_8);
    List<HttpResponse<String>> answers =
        List.of(
            town.owner.get("cimi/2/machineConfigs?$filter=" + quoted),
            town.owner.get("cimi/2/machineConfigs?$filter=" + bare),
            town.owner.get("cimi/2/machineConfigs?$orderby=" + bare),
            town.owner.get("cimi/2/machineConfigs?$select=" + bare + "&$expand=" + bare),
            town.owner.get("cimi/2/machineConfigs/" + bare.replace("+", "%20")),
            town.owner.send(
                "POST",
                "cimi/2/machines",
                "{\"placement\": {\"policy\": \"" + text + "\"}, \"machineTemplate\": {}}"),
            town.owner.send(
                "POST",
                "cimi/2/machineConfigs",
                "{\"name\": \"" + text + "\", \"cpu\": 1, \"memory\": 1024}"),
            town.owner.get("cimi/2/machines", "Meltemi-Tenant", code, "User-Agent", code));
    for (HttpResponse<String> answer : answers) {
      assertThat(answer.statusCode()).as(code + " " + answer.body()).isLessThan(500);
    }
    return answers.stream().map(HttpResponse::body).toList();
  }

  private static boolean called(ServerSocket canary) throws IOException {
    try {
      canary.accept().close();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
