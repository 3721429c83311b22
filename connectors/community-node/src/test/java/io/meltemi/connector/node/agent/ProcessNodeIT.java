package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Confined processes, where there are no virtual machines. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessNodeIT {
  private static final String IMAGE = "meltemi-process";
  private Rig rig;

  @BeforeAll
  void open() throws IOException {
    rig = new Rig(Path.of("target", "node-process-it"), "process");
  }

  @AfterAll
  void close() {
    rig.close();
  }

  private Handle started(String name, String userData) {
    Handle machine = rig.create(rig.order(name, IMAGE, userData, Optional.empty()));
    rig.awaitState(machine, MachineState.STARTED);
    return machine;
  }

  @Test
  void aProcessHasItsNameAndUserDataAndLivesThroughItsActions() {
    Handle machine =
        started(
            "small", "#!/bin/sh\necho $$-$(cat /proc/sys/kernel/random/uuid) >$WWW/proof.txt\n");
    String first = rig.awaitPage(machine, "/proof.txt");
    assertThat(rig.awaitPage(machine, "/cgi-bin/info")).contains("\"hostname\":\"small\"");
    assertThat(rig.connector.machines().console(machine)).contains("MELTEMI-READY name=small");
    rig.connector.machines().act(machine, MachineAction.PAUSE);
    rig.awaitState(machine, MachineState.PAUSED);
    assertThatThrownBy(() -> rig.get(machine, "/")).isInstanceOf(IOException.class);
    rig.connector.machines().act(machine, MachineAction.START);
    rig.awaitState(machine, MachineState.STARTED);
    assertThat(rig.awaitPage(machine, "/proof.txt")).isEqualTo(first);
    rig.connector.machines().act(machine, MachineAction.STOP);
    rig.awaitState(machine, MachineState.STOPPED);
    rig.connector.machines().act(machine, MachineAction.START);
    rig.awaitState(machine, MachineState.STARTED);
    assertThat(rig.awaitPage(machine, "/cgi-bin/info")).contains("small");
    rig.delete(machine);
  }

  @Test
  void aProcessThatAllocatesTooMuchIsEndedAndSaysSo() throws IOException {
    String script =
        "#!/bin/sh\nperl -e '$_ = \"x\" x 4e6; print length' >$WWW/little.txt\n"
            + "perl -e '$_ = \"x\" x 4e8; print length' >$WWW/much.part 2>&1\n"
            + "echo \" ended with $?\" >>$WWW/much.part; mv $WWW/much.part $WWW/much.txt\n";
    Handle machine = started("greedy", script);
    assertThat(rig.awaitPage(machine, "/much.txt"))
        .doesNotContain("400000000")
        .containsPattern("ended with [1-9]");
    assertThat(rig.awaitPage(machine, "/little.txt")).isEqualTo("4000000");
    rig.assertLimits(machine, rig.processes(machine).getFirst());
    rig.delete(machine);
  }

  @Test
  void eachProcessHasAUserOfItsOwn() {
    Assumptions.assumeThat(System.getProperty("user.name")).isEqualTo("root");
    String script = "#!/bin/sh\nid -u >$WWW/user.txt\n";
    Handle one = started("one", script);
    Handle two = started("two", script);
    String first = rig.awaitPage(one, "/user.txt").strip();
    assertThat(first).matches("(19|20)[0-9]{8}");
    assertThat(rig.awaitPage(two, "/user.txt").strip())
        .matches("(19|20)[0-9]{8}")
        .isNotEqualTo(first);
    rig.delete(one);
    rig.delete(two);
  }

  @Test
  void aGuestThatIsKilledWhileItBeginsLeavesNothingBehind() {
    for (int round = 0; round < 12; round++) {
      Handle machine = rig.create(rig.order("early", IMAGE, "", Optional.empty()));
      rig.awaitFirstChild(machine).destroyForcibly();
      rig.delete(machine);
      await().until(() -> rig.naming(machine).findAny().isEmpty());
    }
  }

  @Test
  void whatAProcessCannotDoIsNotDeclared() {
    assertThat(rig.connector.discover().places().getFirst().abilities())
        .doesNotContain(Capability.SUSPEND, Capability.CAPTURE, Capability.LOGIN_KEY);
    Spot spot = new Spot(rig.node(), Optional.empty(), IMAGE);
    assertThatThrownBy(() ->
            rig.connector
                .machines()
                .create(
                    rig.order("keyed", IMAGE, "", Optional.of("ssh-ed25519 A k")),
                    spot,
                    new Token("never")))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED));
  }

  @Test
  void aProcessReachesNeitherItsHostNorOtherProcesses() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String script =
          "#!/bin/sh\nperl -MIO::Socket::INET -e 'print IO::Socket::INET->new(\"127.0.0.1:"
              + listening.getLocalPort()
              + "\") ? \"reached\" : \"cut off\"' >$WWW/reach.part\n"
              + "ls /proc | grep -c '^[0-9]' >>$WWW/reach.part\n"
              + "cat "
              + rig.data.toAbsolutePath()
              + "/node/identity.json >>$WWW/reach.part 2>&1\n"
              + "ls / /home /root /etc /old >>$WWW/reach.part 2>&1\n"
              + "mv $WWW/reach.part $WWW/reach.txt\n";
      Handle machine = started("jailed", script);
      assertThat(rig.awaitPage(machine, "/reach.txt"))
          .contains("cut off")
          .doesNotContain("privateKey")
          .doesNotContain("passwd")
          .containsPattern("(?m)^[0-9]$|cut off[0-9]\\b");
      rig.delete(machine);
    }
  }
}
