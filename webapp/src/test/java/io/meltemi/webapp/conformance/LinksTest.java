package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Identifiers and references (R16, R17, R21, R31, R42): whatever is shown can be followed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinksTest {
  private static final Pattern LINK =
      Pattern.compile("(\"href\":\"|\"id\":\"|href=\"|<id>)(http[^\"<]+)");
  private static final Pattern OPERATION =
      Pattern.compile("rel\"?[=:]\"([^\"]+)\",? ?\"?href\"?[=:]\"([^\"]+)\"");

  private final Provider provider = new Provider();

  @AfterAll
  void close() {
    provider.close();
  }

  @InEveryDialect
  void whateverIsShownCanBeFollowed(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String base = talk.consumer().entryPoint().need("baseURI");
    assertThat(base).endsWith("/cimi/" + dialect.version() + "/");
    furnish(talk);
    Map<String, String> operations = new LinkedHashMap<>();
    Set<String> seen = walked(talk, base, operations);
    assertThat(seen).hasSizeGreaterThan(60);
    assertThat(operations).hasSizeGreaterThan(20);
    operations.forEach((href, rel) -> {
      Set<String> verbs = talk.consumer().send("OPTIONS", href, "").list("Allow");
      assertThat(verbs).as(rel + " at " + href).contains(verb(rel));
    });
  }

  private static void furnish(Talk talk) {
    Answer template = talk.made("machineTemplates", talk.template().with("name", "walked"));
    assertThat(template.need("name")).isEqualTo("walked");
    Body credential =
        Body.of("CredentialCreate")
            .with("name", "walked")
            .part("credentialTemplate", Body.of("x").with("userName", "somebody"));
    assertThat(talk.made("credentials", credential).need("userName")).isEqualTo("somebody");
  }

  /** Every link from the entry point on, each read once; none leads to the other version. */
  private static Set<String> walked(Talk talk, String base, Map<String, String> operations) {
    Set<String> seen = new TreeSet<>();
    Deque<String> left = new ArrayDeque<>(Set.of(talk.consumer().entryPoint().need("id")));
    while (!left.isEmpty()) {
      String url = left.pop();
      if (!seen.add(url)) continue;
      assertThat(url).doesNotContain("$");
      Answer head = talk.consumer().send("HEAD", url, "", "Accept", "*/*");
      assertThat(head.status()).as(url).isEqualTo(200);
      if (!url.startsWith(base)) {
        assertThat(url).contains("/broker/1/");
        continue;
      }
      if (url.endsWith("/console")) continue;
      Answer shown = talk.get(url);
      assertThat(shown.need("id")).isEqualTo(url);
      Matcher offered = OPERATION.matcher(shown.body());
      Set<String> offers = new TreeSet<>();
      while (offered.find()) {
        operations.put(offered.group(2), offered.group(1));
        offers.add(offered.group(2));
      }
      Matcher links = LINK.matcher(shown.body());
      while (links.find()) {
        boolean id = links.group(1).contains("id");
        if (id || !offers.contains(links.group(2))) left.add(links.group(2));
      }
    }
    return seen;
  }

  private static String verb(String rel) {
    return switch (rel) {
      case "edit" -> "PUT";
      case "delete" -> "DELETE";
      default -> "POST";
    };
  }

  @InEveryDialect
  void aReferenceMayBeRelativeToTheBase(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String base = talk.consumer().entryPoint().need("baseURI");
    String image = talk.all("machineImages").items().getFirst().need("id");
    Body template =
        Body.of("MachineTemplate")
            .with("name", "relative")
            .ref("machineConfig", "machineConfigs/tiny")
            .ref("machineImage", image.substring(base.length()));
    Answer made = talk.made("machineTemplates", template);
    assertThat(made.needHref("machineConfig")).isEqualTo(base + "machineConfigs/tiny");
    assertThat(made.needHref("machineImage")).isEqualTo(image);
  }
}
