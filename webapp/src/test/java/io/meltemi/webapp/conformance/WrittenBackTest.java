package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/**
 * What was read may be sent back as it is (R9, R57, R59): it is taken, and nothing changes at any
 * door but the time of the update.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrittenBackTest {
  private final Provider provider = new Provider();

  @AfterAll
  void close() {
    provider.close();
  }

  @InEveryDialect
  void aMachine(Dialect dialect) {
    hold(dialect, provider.talk(dialect).ready());
  }

  @InEveryDialect
  void aConfiguration(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body config =
        talk.config("sent back")
            .with("description", "with < & > and blanks")
            .with("cpuArch", "x86_64")
            .with("cpuSpeed", 2000)
            .property("tier & more", "cold <")
            .list(
                "disks",
                "disk",
                Body.of("x").with("capacity", 1000),
                Body.of("x").with("capacity", 2000).with("format", "ext4"));
    Answer made = talk.made("machineConfigs", config);
    hold(dialect, made);
    assertThat(made.entries("disks", "disk")).hasSize(2);
  }

  @InEveryDialect
  void aTemplate(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body template =
        talk.template()
            .with("name", "sent back")
            .with("initialState", "STOPPED")
            .with("userData", "ZWNobyBoZWxsbw==");
    hold(dialect, talk.made("machineTemplates", template));
    Body byValue =
        Body.of("MachineTemplate")
            .with("name", "by value")
            .part("machineConfig", Body.of("x").with("cpu", 1).with("memory", 131072))
            .ref("machineImage", talk.all("machineImages").items().getFirst().need("id"));
    hold(dialect, talk.made("machineTemplates", byValue));
  }

  @InEveryDialect
  void anImage(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body image =
        Body.of("MachineImage")
            .with("name", "sent back")
            .with("type", "IMAGE")
            .with("imageLocation", "https://images.example/a.qcow2");
    hold(dialect, talk.made("machineImages", image));
    hold(dialect, talk.all("machineImages").items().getFirst());
  }

  @InEveryDialect
  void aCredential(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body content =
        Body.of("CredentialTemplate").with("userName", "somebody").with("password", "a secret");
    hold(dialect, talk.made("credentialTemplates", content.with("name", "sent back")));
    Body credential =
        Body.of("CredentialCreate")
            .with("name", "sent back")
            .part(
                "credentialTemplate",
                Body.of("x").with("userName", "somebody").with("password", "a secret"));
    hold(dialect, talk.made("credentials", credential));
  }

  @InEveryDialect
  void aJob(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    hold(dialect, talk.job(talk.posted("machineConfigs", talk.config("of a job"))));
  }

  private void hold(Dialect dialect, Answer made) {
    Talk talk = provider.talk(dialect);
    String url = made.need("id");
    String text = talk.get(url).body();
    Map<String, String> before = everywhere(url);
    Answer put = talk.consumer().send("PUT", url, text);
    assertThat(put.status()).as(text + put.raw()).isEqualTo(200);
    assertThat(everywhere(url)).isEqualTo(before);
  }

  /** The resource as each door shows it, without the time of its update. */
  private Map<String, String> everywhere(String url) {
    Map<String, String> shown = new TreeMap<>();
    for (Dialect dialect : List.copyOf(Provider.dialects())) {
      String here = url.replaceFirst("/cimi/\\d/", "/cimi/" + dialect.version() + "/");
      String text = provider.talk(dialect).still(here);
      shown.put(dialect.toString(), text.replaceAll("(\"updated\":|<updated>)[^,<]*", ""));
    }
    return shown;
  }
}
