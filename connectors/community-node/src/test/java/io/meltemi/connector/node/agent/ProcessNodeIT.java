package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    Handle machine = started("small", "#!/bin/sh\necho $$-$(id -u) >$WWW/proof.txt\n");
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
