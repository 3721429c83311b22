package io.meltemi.webapp;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code meltemi version}: the version of this build and the Java that runs it. */
@Command(name = "version", description = "Prints the version of Meltemi and of its Java.")
public final class VersionCommand implements Callable<Integer>, IVersionProvider {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    for (String line : getVersion()) spec.commandLine().getOut().println(line);
    return 0;
  }

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Meltemi.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {"meltemi " + version, "java " + Runtime.version()};
  }
}
