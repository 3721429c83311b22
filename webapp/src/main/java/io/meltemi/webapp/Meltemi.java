package io.meltemi.webapp;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. A command is a class of its own, named here. */
@Command(
    name = "meltemi",
    description = "A multi-cloud broker that speaks CIMI.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    subcommands = {
      ServeCommand.class,
      AdminCommand.class,
      DoctorCommand.class,
      TemplatesCommand.class,
      VersionCommand.class
    })
public final class Meltemi {
  private Meltemi() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Meltemi()).setCaseInsensitiveEnumValuesAllowed(true);
    // what stands behind "node" is the agent's
    line.addSubcommand(
        new CommandLine(new NodeCommand()).setUnmatchedOptionsArePositionalParams(true));
    return line;
  }
}
