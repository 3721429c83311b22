package io.meltemi.webapp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meltemi node}: the agent of a member's machine, in this terminal. */
@Command(
    name = "node",
    description = {
      "Offers this machine to a broker.",
      "--broker URL, --data DIR, --name NAME, --kinds, --ports, --cpu-factor, --machines, …;",
      "the join token in MELTEMI_NODE_TOKEN."
    })
public final class NodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..*", description = "Passed on to the agent.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Surroundings around = Surroundings.real();
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    try {
      command.addAll(List.of("-XX:+UseSerialGC", "-cp", around.classPath("community-node")));
      command.add(NodeProcess.MAIN);
      command.addAll(arguments);
      Process agent = new ProcessBuilder(command).inheritIO().start();
      Runtime.getRuntime().addShutdownHook(new Thread(agent::destroy, "stop"));
      return agent.waitFor();
    } catch (IOException e) {
      spec.commandLine().getErr().println("The agent cannot be started: " + e.getMessage());
      return 1;
    }
  }
}
