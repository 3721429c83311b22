package io.meltemi.webapp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * IS-4, and what follows where the provider takes snapshots: one, and a volume made of it. Whether
 * it does is known beforehand; the operation is there then, and only then.
 */
final class VolumeScenario {
  private static final long CAPACITY = 1024;

  private final Consumer consumer;
  private final Duration patience;
  private final boolean snapshots;
  private final List<String> made = new ArrayList<>();

  /**
   * @param snapshots whether the provider takes them
   */
  VolumeScenario(Consumer consumer, Duration patience, boolean snapshots) {
    this.consumer = consumer;
    this.patience = patience;
    this.snapshots = snapshots;
  }

  /**
   * @param machine that runs
   */
  void play(Answer machine) {
    String config = configuration();
    Answer first =
        volume("is-4 by reference", Body.of("VolumeTemplate").ref("volumeConfig", config));
    assertThat(first.typeUri()).isEqualTo(consumer.dialect().typeUri("Volume"));
    assertThat(first.need("name")).isEqualTo("is-4 by reference");
    // a provider that counts in larger steps gives more, and says so in the mapping
    assertThat(Long.parseLong(first.need("capacity"))).isGreaterThanOrEqualTo(CAPACITY);
    Answer second =
        volume(
            "is-4 by value",
            Body.of("VolumeTemplate").part("volumeConfig", configuration("unnamed")));
    gone(second);
    attachAndDetach(machine, first);
    Answer alone = consumer.get(first.need("id"));
    assertThat(alone.operation(consumer.dialect().action("snapshot")).isPresent())
        .as("a snapshot is offered: " + alone.raw())
        .isEqualTo(snapshots);
    if (snapshots) snapshot(first);
  }

  /** Volumes that the machine leaves behind when it is deleted. */
  void cleanUp() {
    for (String url : made) {
      Answer left = consumer.get(url);
      if (left.status() == 200) gone(left);
    }
  }

  private String configuration() {
    Answer answer = consumer.post(add("volumeConfigs"), configuration("is-4"));
    assertThat(answer.status()).as(answer.raw()).isIn(201, 202);
    String url = answer.header("Location").orElseThrow();
    made.addFirst(url);
    Answer read = consumer.get(url);
    assertThat(read.need("capacity")).isEqualTo(String.valueOf(CAPACITY));
    return read.need("id");
  }

  private Body configuration(String name) {
    return configuration(name, String.valueOf(CAPACITY));
  }

  private Body configuration(String name, String capacity) {
    return Body.of("VolumeConfiguration")
        .with("name", name)
        .with("type", consumer.dialect().namespace() + "/mapped")
        .with("format", "ext4")
        .with("capacity", Long.parseLong(capacity));
  }

  private Answer volume(String name, Body template) {
    Answer answer =
        consumer.post(
            add("volumes"),
            Body.of("VolumeCreate").with("name", name).part("volumeTemplate", template));
    assertThat(answer.status()).as(answer.raw()).isIn(201, 202);
    made.addFirst(answer.header("Location").orElseThrow());
    return inState(made.getFirst(), "AVAILABLE");
  }

  private void attachAndDetach(Answer machine, Answer volume) {
    String volumes = consumer.get(machine.need("id")).needHref("volumes");
    boolean old = consumer.dialect().version() == 1;
    Answer accepted = old ? attach1(volumes, volume) : insert2(volumes, volume);
    assertThat(accepted.status()).as(accepted.raw()).isIn(201, 202);
    Answer there = attached(volumes);
    assertThat(there.need("initialLocation")).isEqualTo("/dev/sdf");
    assertThat(consumer.get(volume.need("id")).operation("delete")).isEmpty();
    assertThat(consumer.delete(volume.need("id")).status()).isEqualTo(409);
    Answer off =
        old
            ? consumer.delete(consumer.get(there.need("id")).needOperation("delete"))
            : act(volumes, "remove", Body.of("Action").ref("volume", volume.need("id")));
    assertThat(off.status()).as(off.raw()).isBetween(200, 207);
    await(() -> consumer.get(volumes).items().isEmpty());
    consumer.get(volume.need("id")).needOperation("delete");
  }

  private Answer attach1(String volumes, Answer volume) {
    Answer accepted =
        consumer.post(
            consumer.get(volumes).needOperation("add"),
            Body.of("MachineVolume")
                .with("initialLocation", "/dev/sdf")
                .ref("volume", volume.need("id")));
    assertThat(consumer.get(accepted.header("Location").orElseThrow()).needHref("volume"))
        .isEqualTo(volume.need("id"));
    return accepted;
  }

  private Answer insert2(String volumes, Answer volume) {
    return act(
        volumes,
        "insert",
        Body.of("Action").with("initialLocation", "/dev/sdf").ref("volume", volume.need("id")));
  }

  private Answer act(String collection, String action, Body body) {
    return consumer.act(consumer.get(collection), action, body);
  }

  /** The only attachment, when it can be ended. */
  private Answer attached(String volumes) {
    boolean old = consumer.dialect().version() == 1;
    await(() -> {
      Answer collection = consumer.get(volumes);
      return collection.items().size() == 1
          && (old
              ? collection.items().getFirst().operation("delete").isPresent()
              : collection.operation(consumer.dialect().action("remove")).isPresent());
    });
    return consumer.get(volumes).items().getFirst();
  }

  /** A snapshot of the volume, and a volume that begins as it. */
  private void snapshot(Answer volume) {
    String rel = consumer.dialect().action("snapshot");
    Answer taken =
        consumer.post(
            consumer.get(volume.need("id")).needOperation(rel),
            Body.of("VolumeImage")
                .with("name", "is-4 image")
                .with("imageLocation", volume.need("id")));
    assertThat(taken.status()).as(taken.raw()).isIn(201, 202);
    String url = taken.header("Location").orElseThrow();
    Answer image = inState(url, "AVAILABLE");
    assertThat(consumer.get(volume.needHref("images")).items()).hasSize(1);
    assertThat(consumer.delete(volume.need("id")).status()).isEqualTo(409);
    Answer copy =
        volume(
            "is-4 copy",
            Body.of("VolumeTemplate")
                .part("volumeConfig", configuration("unnamed", volume.need("capacity")))
                .ref("volumeImage", image.need("id")));
    gone(copy);
    gone(image);
    assertThat(consumer.get(volume.needHref("images")).items()).isEmpty();
  }

  private String add(String collection) {
    return consumer.get(consumer.entryPoint().needHref(collection)).needOperation("add");
  }

  private Answer inState(String url, String state) {
    await(() -> consumer.get(url).text("state").orElse("").equals(state));
    return consumer.get(url);
  }

  private void gone(Answer resource) {
    String url = resource.need("id");
    Answer deleted = consumer.delete(consumer.get(url).needOperation("delete"));
    assertThat(deleted.status()).as(deleted.raw()).isBetween(200, 207);
    await(() -> consumer.get(URI.create(url).toString()).status() == 404);
  }

  private void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await().atMost(patience).pollInterval(Duration.ofMillis(100)).until(condition);
  }
}
