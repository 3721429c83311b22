package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real kernels under qemu, through the driver, the protocol over HTTP, and an agent process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QemuNodeIT {
  private static final String HELLO = "#!/bin/sh\necho from-user-data >/www/proof.txt\n";
  private static final String POWER_OFF = "MELTEMI-POWEROFF";
  private Rig rig;

  @BeforeAll
  void open() throws IOException {
    rig = new Rig(Path.of("target", "node-it"), "qemu");
  }

  @AfterAll
  void close() {
    rig.close();
  }

  private Handle started(String name, String userData) {
    Handle machine = rig.create(rig.order(name, "meltemi", userData, Optional.empty()));
    rig.awaitState(machine, MachineState.STARTED);
    return machine;
  }

  @Test
  void theNodeSaysWhatItCanDo() {
    var place = rig.connector.discover().places().getFirst();
    assertThat(place.abilities()).contains(Capability.CAPTURE, Capability.SUSPEND);
    assertThat(place.free().machines()).isPositive();
    assertThat(rig.connector.discover().images()).anyMatch(image -> image.id().equals("meltemi"));
  }

  @Test
  void theEndpointAnswersWithTheGivenNameAndUserData() {
    Handle machine = started("web one", HELLO);
    assertThat(rig.awaitPage(machine, "/proof.txt")).contains("from-user-data");
    assertThat(rig.awaitPage(machine, "/cgi-bin/info"))
        .contains("\"hostname\":\"web-one\"")
        .contains("\"cpus\":1");
    assertThat(rig.see(machine).addresses()).isNotEmpty();
    assertThat(rig.connector.machines().console(machine)).contains("MELTEMI-READY name=web-one");
    rig.delete(machine);
    assertThat(rig.guests(machine)).isEmpty();
  }

  @Test
  void theGuestHasTheCardThatItsMachineShows() {
    String script =
        "#!/bin/sh\n"
            + "(while sleep 1; do ip addr >/run/cards; mv /run/cards /www/cards.txt; done) &\n";
    Handle machine = started("wired", script);
    Observation.Address card = rig.see(machine).addresses().getFirst();
    Inventory.Network network = rig.connector.discover().networks().getFirst();
    assertThat(card.network()).isEqualTo(network.name());
    String range = network.subnets().getFirst();
    String prefix = range.substring(range.indexOf('/'));
    await()
        .atMost(Rig.BOOT)
        .until(
            () -> rig.awaitPage(machine, "/cards.txt"), text -> text.contains(card.ip() + prefix));
    assertThat(rig.awaitPage(machine, "/cards.txt")).contains(card.mac().orElseThrow());
    rig.delete(machine);
  }

  @Test
  void userDataLieWhereCimiWantsThem() {
    String script =
        "#!/bin/sh\ncmp /run/seed/user-data /var/lib/cimi/user-data && echo same >/www/same.txt\n";
    Handle machine = started("cimi", script);
    assertThat(rig.awaitPage(machine, "/same.txt")).contains("same");
    rig.delete(machine);
  }

  @Test
  void aKeyLogsIn(@TempDir Path folder) throws Exception {
    Path key = folder.resolve("id");
    run("dropbearkey", "-t", "ed25519", "-f", key.toString());
    String line =
        run("dropbearkey", "-y", "-f", key.toString())
            .lines()
            .filter(text -> text.startsWith("ssh-ed25519"))
            .findFirst()
            .orElseThrow();
    Handle machine = rig.create(rig.order("login", "meltemi", "", Optional.of(line)));
    rig.awaitState(machine, MachineState.STARTED);
    rig.awaitPage(machine, "/");
    int port =
        rig.see(machine).endpoints().stream()
            .filter(endpoint -> endpoint.guestPort() == 22)
            .findFirst()
            .orElseThrow()
            .port();
    String said =
        run(
            "dbclient",
            "-y",
            "-y",
            "-i",
            key.toString(),
            "-p",
            Integer.toString(port),
            "root@127.0.0.1",
            "hostname");
    assertThat(said).contains("login");
    rig.delete(machine);
  }

  @Test
  void dataSurviveStopAndStartAndAreInACapture() {
    String script =
        "#!/bin/sh\nif [ -f /data/kept ]; then cp /data/kept /www/kept.txt;"
            + " else echo precious >/data/kept; sync; echo written >/www/written.txt; fi\n";
    Handle machine = started("keeper", script);
    rig.awaitPage(machine, "/written.txt");
    assertThat(rig.awaitConsole(machine, "MELTEMI-READY")).doesNotContain(POWER_OFF);
    rig.connector.machines().act(machine, MachineAction.STOP);
    rig.awaitState(machine, MachineState.STOPPED);
    assertThat(rig.guests(machine)).isEmpty();
    assertThat(rig.awaitConsole(machine, POWER_OFF)).as("its init saw the button");
    rig.connector.machines().act(machine, MachineAction.START);
    rig.awaitState(machine, MachineState.STARTED);
    assertThat(rig.awaitPage(machine, "/kept.txt")).contains("precious");

    Token token = new Token(UUID.randomUUID().toString());
    Handle image = rig.connector.machines().capture(machine, "kept", token);
    await()
        .atMost(Rig.BOOT)
        .until(
            () -> rig.connector.images().read(image).orElseThrow().state() == Images.State.READY);
    assertThat(rig.awaitPage(machine, "/kept.txt")).contains("precious");
    String imageId = rig.connector.images().read(image).orElseThrow().imageId();
    await()
        .until(() ->
            rig.connector.discover().images().stream()
                .anyMatch(found -> found.id().equals(imageId)));
    Handle copy = rig.create(rig.order("copy", imageId, script, Optional.empty()));
    rig.awaitState(copy, MachineState.STARTED);
    assertThat(rig.awaitPage(copy, "/kept.txt")).contains("precious");
    rig.delete(copy);
    rig.delete(machine);
    rig.connector.images().delete(image);
    await().until(() -> rig.connector.images().read(image).isEmpty());
  }

  @Test
  void pauseAndSuspendKeepTheMemory() throws Exception {
    Handle machine = started("sleeper", "#!/bin/sh\necho $RANDOM-$$ >/www/memory.txt\n");
    String memory = rig.awaitPage(machine, "/memory.txt");
    rig.connector.machines().act(machine, MachineAction.PAUSE);
    rig.awaitState(machine, MachineState.PAUSED);
    assertThat(rig.guests(machine)).hasSize(1);
    rig.connector.machines().act(machine, MachineAction.START);
    rig.awaitState(machine, MachineState.STARTED);
    assertThat(rig.awaitPage(machine, "/memory.txt")).isEqualTo(memory);
    rig.connector.machines().act(machine, MachineAction.SUSPEND);
    rig.awaitState(machine, MachineState.SUSPENDED);
    assertThat(rig.guests(machine)).isEmpty();
    rig.connector.machines().act(machine, MachineAction.START);
    rig.awaitState(machine, MachineState.STARTED);
    assertThat(rig.awaitPage(machine, "/memory.txt")).isEqualTo(memory);
    rig.delete(machine);
  }

  @Test
  void aRestartIsAnotherBoot() {
    Handle machine =
        started("again", "#!/bin/sh\ncat /proc/sys/kernel/random/boot_id >/www/boot.txt\n");
    String first = rig.awaitPage(machine, "/boot.txt");
    rig.connector.machines().act(machine, MachineAction.RESTART);
    await().atMost(Rig.BOOT).until(() -> rig.see(machine).state() != MachineState.STARTED);
    rig.awaitState(machine, MachineState.STARTED);
    assertThat(rig.awaitPage(machine, "/boot.txt")).isNotEqualTo(first);
    rig.delete(machine);
  }

  @Test
  void aGuestThatDoesNotListenToThePowerButtonIsCutOffAfterTheGrace() {
    Handle machine =
        started(
            "deaf",
            "#!/bin/sh\n"
                + "echo ok >/www/deaf.txt; sleep 1000 # init listens when user data is over\n");
    rig.awaitPage(machine, "/deaf.txt");
    long asked = System.nanoTime();
    rig.connector.machines().act(machine, MachineAction.STOP);
    rig.awaitState(machine, MachineState.STOPPED);
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Rig.GRACE);
    assertThat(rig.connector.machines().console(machine)).doesNotContain(POWER_OFF);
    rig.delete(machine);
  }

  @Test
  void aKilledGuestIsSeenWithinTwoSeconds() {
    Handle machine = started("victim", "");
    rig.guests(machine).forEach(ProcessHandle::destroyForcibly);
    await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> rig.see(machine).state() == MachineState.STOPPED);
    assertThat(rig.see(machine).reason().orElse("")).contains("signal 9");
    rig.connector.machines().act(machine, MachineAction.START);
    rig.awaitState(machine, MachineState.STARTED);
    assertThat(rig.guests(machine)).hasSize(1);
    rig.delete(machine);
  }

  @Test
  void aGuestCannotReachItsHost() throws Exception {
    List<String> hosts = addressesOfThisMachine();
    try (ServerSocket listening = new ServerSocket(0)) {
      Thread.startVirtualThread(() -> greet(listening));
      String script =
          "#!/bin/sh\nfor h in "
              + String.join(" ", hosts)
              + "; do echo \"$h says $(nc -w 3 $h "
              + listening.getLocalPort()
              + " </dev/null)\"; done >/www/reach.part 2>&1\n"
              + "mv /www/reach.part /www/reach.txt\n";
      Handle machine = started("jailed", script);
      String jailed = rig.awaitPage(machine, "/reach.txt");
      for (String host : hosts) assertThat(jailed).contains(host + " says \n");

      String free = saidWithoutRestriction(machine, "/reach.txt");
      for (String host : hosts) assertThat(free).contains(host + " says hello\n");
      rig.delete(machine);
    }
  }

  /** As a guest may call it: user networking shows the host's loopback as 10.0.2.2. */
  private static List<String> addressesOfThisMachine() throws IOException {
    InetAddress own = InetAddress.getLocalHost();
    return own.isLoopbackAddress()
        ? List.of("10.0.2.2")
        : List.of("10.0.2.2", own.getHostAddress());
  }

  private static void greet(ServerSocket listening) {
    while (!listening.isClosed()) {
      try (Socket caller = listening.accept()) {
        caller.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // a caller that is gone, or the end of the test
      }
    }
  }

  /** What the same guest serves when the same command is run once more without the restriction. */
  private String saidWithoutRestriction(Handle machine, String path) throws Exception {
    ProcessHandle guest = rig.guests(machine).getFirst();
    List<String> command =
        Stream.of(Files.readString(Path.of("/proc/" + guest.pid() + "/cmdline")).split("\0"))
            .map(word -> word.replace("restrict=on", "restrict=off"))
            .toList();
    int port = rig.port(machine);
    rig.connector.machines().act(machine, MachineAction.FORCE_STOP);
    rig.awaitState(machine, MachineState.STOPPED);
    Process free =
        new ProcessBuilder(command)
            .directory(rig.folder(machine).toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return rig.awaitPage(port, path);
    } finally {
      free.destroyForcibly().waitFor();
    }
  }

  @Test
  void processorAndMemoryLimitsHold() throws IOException {
    Handle machine =
        started(
            "greedy", "#!/bin/sh\nawk '/MemTotal/ {print $2}' /proc/meminfo >/www/memory.txt\n");
    long memory = Long.parseLong(rig.awaitPage(machine, "/memory.txt").strip());
    assertThat(memory)
        .as("KiB that its kernel has")
        .isBetween(Rig.MEMORY_KIBIBYTES * 5 / 8, Rig.MEMORY_KIBIBYTES);
    assertThat(rig.awaitPage(machine, "/cgi-bin/info")).contains("\"cpus\":1");
    rig.assertLimits(machine, rig.guests(machine).getFirst());
    rig.delete(machine);
  }

  @Test
  void theGuestRunsAsAUserOfItsOwnWithoutPrivileges() throws Exception {
    Handle machine = started("plain", "");
    String status =
        Files.readString(Path.of("/proc/" + rig.guests(machine).getFirst().pid() + "/status"));
    assertThat(status).contains("NoNewPrivs:\t1").contains("CapEff:\t0000000000000000");
    assertThat(status).contains("Seccomp:\t2");
    if (System.getProperty("user.name").equals("root")) {
      assertThat(status).containsPattern("Uid:\\s(19|20)\\d{8}\\s");
    }
    rig.delete(machine);
  }

  @Test
  void theAgentListensOnNoPort() throws Exception {
    String sockets = run("sh", "-c", "ls -l /proc/" + rig.agent.pid() + "/fd");
    String table =
        Files.readString(Path.of("/proc/net/tcp")) + Files.readString(Path.of("/proc/net/tcp6"));
    boolean listens =
        table
            .lines()
            .map(line -> line.trim().split("\\s+"))
            .filter(fields -> fields.length > 9 && fields[3].equals("0A"))
            .anyMatch(fields -> sockets.contains("socket:[" + fields[9] + "]"));
    assertThat(listens).isFalse();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return text;
  }
}
