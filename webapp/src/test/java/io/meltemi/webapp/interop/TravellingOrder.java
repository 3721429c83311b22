package io.meltemi.webapp.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One template with a size, a disk, a login, user data, a new volume, a floating address where one
 * is lent and, where networks can be chosen, a card; and two machines of it. Nothing in them is
 * chosen for a provider: what one gives otherwise, or not at all, stands in the mapping of what it
 * made. Broker's own are only the references, to the first image and network by name.
 */
final class TravellingOrder {
  /** Longer than a vCenter lets the name of a machine be. */
  private static final String NAME =
      "traveller-of-whose-name-a-virtual-center-keeps-only-as-much-as-it-has-room-for";

  private static final List<String> NAMES = List.of(NAME + "-1", NAME + "-2");

  /** Whole sectors of 512 bytes, so that a guest can be asked for them. */
  private static final long DISK_KILOBYTES = 1_200_000;

  private static final long VOLUME_KILOBYTES = 1_600_000;

  private static final String MAPPED = "http://schemas.dmtf.org/cimi/2/mapped";

  /** How every place carries the one type of volumes that the standard knows. */
  static final String TYPE =
      "type APPROXIMATED: " + MAPPED + ", a disk of one machine at a time, +0";

  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea traveller";

  /** Shows again and again what disks there are, for a volume may come while the guest runs. */
  private static final String USER_DATA =
      """
      #!/bin/sh
      ( while sleep 1; do
          cat /sys/block/vd*/size >$WWW/sizes && mv $WWW/sizes $WWW/user-data
        done ) &
      """;

  private final Scenarios scenarios;
  private final Consumer consumer;
  private final Scenarios.Guest guest;

  /**
   * How a provider carries template and orders, a line for each attribute: name, fidelity, what was
   * wanted, what was given and the surplus. NAME stands for the machine's name, CUT and SHORT for
   * the beginning that a vCenter keeps of it for a machine, and for a volume, NETWORK for the name
   * of the card's network.
   *
   * @param machine of the machine
   * @param volume of the volume that comes with it
   */
  public record Carried(List<String> machine, List<String> volume) {
    private Carried with(String network) {
      return new Carried(
          machine.stream().map(line -> line.replace("NETWORK", network)).toList(), volume);
    }
  }

  TravellingOrder(Scenarios scenarios, Consumer consumer, Scenarios.Guest guest) {
    this.scenarios = scenarios;
    this.consumer = consumer;
    this.guest = guest;
  }

  void play(Carried expected) {
    Optional<Answer> network = card();
    Answer template =
        scenarios.made("machineTemplates", template(network.map(each -> each.need("id"))));
    List<Answer> machines = NAMES.stream().map(name -> machine(name, template)).toList();
    Carried here = expected.with(network.map(each -> each.need("name")).orElse("none"));
    for (Answer machine : machines) arrived(machine, here);
    assertThat(consumer.delete(template.needOperation("delete")).status()).isBetween(200, 207);
  }

  private Answer machine(String name, Answer template) {
    Answer accepted = consumer.post(scenarios.add("machines"), order(name, template));
    assertThat(accepted.status()).as(accepted.raw()).isEqualTo(202);
    scenarios.ended(accepted);
    return consumer.get(accepted.header("Location").orElseThrow());
  }

  private void arrived(Answer machine, Carried expected) {
    assertThat(machine.need("state")).as(machine.raw()).isEqualTo("STARTED");
    assertThat(lines(machine)).as(machine.raw()).isEqualTo(of(machine, expected.machine()));
    Answer volume = onlyVolume(machine);
    assertThat(volume.need("state")).as(volume.raw()).isEqualTo("AVAILABLE");
    assertThat(lines(volume)).as(volume.raw()).isEqualTo(of(machine, expected.volume()));
    assertSeenInside(machine);
    scenarios.cleanUp(machine);
    scenarios.cleanUp(volume);
  }

  private static List<String> of(Answer machine, List<String> lines) {
    String name = machine.need("name");
    return lines.stream()
        .map(line ->
            line.replace("CUT", name.substring(0, 67))
                .replace("SHORT", name.substring(0, 32))
                .replace("NAME", name))
        .toList();
  }

  private static Body order(String name, Answer template) {
    return Body.of("MachineCreate").with("name", name).ref("machineTemplate", template.need("id"));
  }

  private Body template(Optional<String> network) {
    Body template =
        Body.of("MachineTemplate")
            .with("name", NAME)
            .with("initialState", "STARTED")
            .part("machineConfig", configuration())
            .ref("machineImage", byName("machineImages").findFirst().orElseThrow().need("id"))
            .part(
                "credential", Body.of("Credential").with("userName", "anna").with("publicKey", KEY))
            .with("floatingAddress", true)
            .with("floatingAddressOptional", true)
            .with("userData", Base64.getEncoder().encodeToString(USER_DATA.getBytes(UTF_8)))
            .list("volumeTemplates", "volumeTemplate", volumeTemplate());
    network.ifPresent(href -> card(template, href));
    return template;
  }

  private static Body configuration() {
    return Body.of("MachineConfiguration")
        .with("cpu", 1)
        .with("memory", 200_000)
        .with("cpuSpeed", 2000)
        .list(
            "disks",
            "disk",
            Body.of("disk")
                .with("capacity", DISK_KILOBYTES)
                .with("format", "ext4")
                .with("initialLocation", "/dev/sdb"));
  }

  /** In 1.x the template stands in the entry itself. */
  private Body volumeTemplate() {
    Body template =
        Body.of("VolumeTemplate")
            .part(
                "volumeConfig",
                Body.of("VolumeConfiguration")
                    .with("type", MAPPED)
                    .with("format", "ext4")
                    .with("capacity", VOLUME_KILOBYTES));
    Body entry = old() ? template : Body.of("entry").part("volumeTemplate", template);
    return entry.with("initialLocation", "/dev/sdf");
  }

  private void card(Body template, String network) {
    Body card = Body.of("card").ref("network", network);
    if (old()) template.list("networkInterfaces", "networkInterface", card);
    else template.list("interfaceTemplates", "interfaceTemplate", card);
  }

  private boolean old() {
    return consumer.dialect().version() == 1;
  }

  /** The first network that the order fits into, which is there where a provider tells of any. */
  private Optional<Answer> card() {
    List<Answer> networks =
        byName("networks").filter(network -> network.text("source").isPresent()).toList();
    Optional<Answer> fitting =
        networks.stream().filter(network -> fits(network.need("id"))).findFirst();
    assertThat(fitting.isPresent()).as("a network to be in").isEqualTo(!networks.isEmpty());
    return fitting;
  }

  private Stream<Answer> byName(String collection) {
    return consumer.get(consumer.entryPoint().needHref(collection)).items().stream()
        .sorted(Comparator.comparing(item -> item.need("name")));
  }

  private boolean fits(String network) {
    Body order =
        Body.of("MachineCreate")
            .with("name", NAME)
            .part("machineTemplate", template(Optional.of(network)));
    Answer decision = consumer.post(scenarios.add("machines") + "?dryRun=true", order);
    return decision.text("outcome").equals(Optional.of("PLACED"));
  }

  private static List<String> lines(Answer shown) {
    return shown.entries("mapping", "mapped").stream()
        .map(each ->
            "%s %s: %s, %s, +%s"
                .formatted(
                    each.need("attribute"),
                    each.need("fidelity"),
                    each.need("wanted"),
                    each.text("given").orElse("nothing"),
                    each.text("surplus").orElse("0")))
        .toList();
  }

  private Answer onlyVolume(Answer machine) {
    List<Answer> volumes = consumer.get(machine.needHref("volumes")).items();
    assertThat(volumes).as(machine.raw()).hasSize(1);
    Answer there = volumes.getFirst();
    assertThat(there.need("initialLocation")).isEqualTo("/dev/sdf");
    return consumer.get(old() ? there.needHref("volume") : there.need("id"));
  }

  /** The disk and the volume, where a guest can be asked. */
  private void assertSeenInside(Answer machine) {
    if (guest.userData(machine).isEmpty()) return;
    List<String> sectors =
        List.of(String.valueOf(sectors(DISK_KILOBYTES)), String.valueOf(sectors(VOLUME_KILOBYTES)));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> guest.userData(machine).orElse("").lines().toList().containsAll(sectors));
  }

  private static long sectors(long kilobytes) {
    return kilobytes * 1000 / 512;
  }
}
