package io.meltemi.webapp;

import io.meltemi.connector.NodePrograms;
import io.meltemi.webapp.settings.Settings;
import java.io.PrintWriter;

/**
 * Installs what the node on this machine lacks, where that is possible and not forbidden; else says
 * the line that would.
 */
final class NodeNeeds {
  private final Settings.Node settings;
  private final PrintWriter out;

  NodeNeeds(Settings.Node settings, PrintWriter out) {
    this.settings = settings;
    this.out = out;
  }

  void provide(Surroundings around) {
    if (!settings.embedded()) return;
    Connectors.load(around.connectors())
        .nodePrograms()
        .filter(programs -> !programs.missing().isEmpty())
        .ifPresent(this::provide);
  }

  private void provide(NodePrograms programs) {
    if (!settings.install() || !programs.possible()) {
      say("Machines will be fenced processes. For real kernels: " + programs.advice());
      return;
    }
    say("Installing for the node: " + String.join(" ", programs.missing()));
    try {
      programs.install();
    } catch (RuntimeException e) {
      say("That failed (" + e.getMessage() + "). By hand: " + programs.advice());
    }
  }

  private void say(String words) {
    out.println(words);
    out.flush();
  }
}
