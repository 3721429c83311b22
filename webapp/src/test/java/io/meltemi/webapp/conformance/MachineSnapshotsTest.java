package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Snapshots of machines, and machines restored from them (DSP0263 2.0.0, 5.14.1.2, 5.14.7). */
class MachineSnapshotsTest {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = new Provider("/conformance/snapshots.yaml");
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  /** R101, R102. */
  @InEveryDialect
  void aMachineBecomesAgainWhatItWas(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer machine = talk.machine("kept", "STARTED");
    String id = machine.need("id");
    assertThat(machine.operation(dialect.action("restore"))).isEmpty();
    Answer first = taken(talk, machine, "first");
    assertThat(first.need("type")).isEqualTo("SNAPSHOT");
    assertThat(first.href("relatedImage")).isEmpty();
    Answer second = taken(talk, talk.get(id), "second");
    assertThat(second.needHref("relatedImage")).isEqualTo(first.need("id"));
    Answer now = talk.awaited(id, "STARTED");
    assertThat(now.needHref("latestSnapshot")).isEqualTo(second.need("id"));
    assertThat(listed(talk, now)).containsExactly(first.need("id"), second.need("id"));
    talk.acted(now, "stop");
    Answer restoring = restored(talk, talk.awaited(id, "STOPPED"), first);
    assertThat(restoring.status()).as(restoring.raw()).isEqualTo(202);
    assertThat(talk.jobEnded(restoring).need("state")).isEqualTo("SUCCESS");
    assertThat(talk.get(id).need("state")).isEqualTo("STARTED");
    removed(talk, second);
    Answer left = talk.get(id);
    assertThat(left.needHref("latestSnapshot")).isEqualTo(first.need("id"));
    assertThat(listed(talk, left)).containsExactly(first.need("id"));
    talk.removed(left);
    talk.gone(first.need("id"));
  }

  @InEveryDialect
  void nothingElseRestoresIt(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer machine = talk.machine("mine", "STOPPED");
    Answer other = talk.machine("other", "STOPPED");
    Answer others = taken(talk, other, "of the other");
    taken(talk, machine, "own");
    Answer ready = talk.awaited(machine.need("id"), "STOPPED");
    String plain = image(talk);
    for (String wrong : List.of(others.need("id"), plain)) {
      Answer refused = talk.consumer().act(ready, "restore", Body.of("Action").ref("image", wrong));
      assertThat(refused.status()).as(refused.raw()).isEqualTo(400);
      assertThat(refused.raw()).contains("is no snapshot of this machine");
    }
    Answer order =
        talk.posted(
            "machines", talk.order("copy", talk.template().ref("machineImage", others.need("id"))));
    assertThat(order.status()).as(order.raw()).isEqualTo(400);
    assertThat(order.raw()).contains("is a snapshot");
    talk.removed(ready);
    talk.removed(talk.awaited(other.need("id"), "STOPPED"));
  }

  private static String image(Talk talk) {
    return talk.asked(talk.href("machineImages"), "$filter", "name='debian'")
        .items()
        .getFirst()
        .need("id");
  }

  /** In 1.x an image is posted to the images, in 2.0 to the machine. */
  private static Answer taken(Talk talk, Answer machine, String name) {
    Body body =
        Body.of("MachineImage")
            .with("name", name)
            .with("type", "SNAPSHOT")
            .with("imageLocation", machine.need("id"));
    String snapshot = machine.needOperation(talk.dialect().action("snapshot"));
    Answer answer = talk.consumer().post(snapshot, body);
    assertThat(answer.status()).as(answer.raw()).isEqualTo(202);
    return talk.awaited(answer.header("Location").orElseThrow(), "AVAILABLE");
  }

  private static Answer restored(Talk talk, Answer machine, Answer snapshot) {
    return talk.consumer()
        .act(machine, "restore", Body.of("Action").ref("image", snapshot.need("id")));
  }

  /** In 1.x each is an association, in 2.0 the snapshot itself. */
  private static List<String> listed(Talk talk, Answer machine) {
    return talk.get(machine.needHref("snapshots")).items().stream()
        .map(each ->
            talk.dialect().version() == 1
                ? talk.get(each.need("id")).needHref("snapshot")
                : each.need("id"))
        .toList();
  }

  private static void removed(Talk talk, Answer snapshot) {
    assertThat(talk.consumer().delete(snapshot.need("id")).status()).isIn(200, 202);
    talk.gone(snapshot.need("id"));
  }
}
