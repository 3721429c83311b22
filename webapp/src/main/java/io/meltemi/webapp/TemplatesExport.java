package io.meltemi.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.ovf.OvfException;
import io.meltemi.ovf.OvfWriter;
import io.meltemi.ovf.VirtualMachine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meltemi templates export}: templates leave as a package. */
@Command(
    name = "export",
    description = {
      "Writes machine templates as an OVF package. Images are named, not packed; credentials,",
      "user data and volumes stay where they are."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:the package was written", "1:nothing was written", "2:wrong usage"})
public final class TemplatesExport implements Callable<Integer> {
  private static final int REFUSED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ProfileOption profile = new ProfileOption();

  @Parameters(
      paramLabel = "TEMPLATE",
      arity = "1..*",
      description = "Names or URIs of machine templates.")
  private List<String> templates = new ArrayList<>();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "What to write: an archive when it ends with .ova, else a new folder.")
  private Path target = Path.of("templates.ova");

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (RunningBroker broker = profile.broker()) {
      TemplateShelf shelf = new TemplateShelf(broker);
      List<VirtualMachine> machines = new ArrayList<>();
      for (String template : templates) machines.add(machine(shelf, template, out));
      OvfWriter.write(machines, target);
      out.println(target + ": " + machines.size() + " machine template(s)");
      return 0;
    } catch (StartException | OvfException e) {
      return refused(e.getMessage());
    } catch (FileAlreadyExistsException e) {
      return refused(target + " is there already; remove it or name another.");
    } catch (IOException e) {
      return refused(target + " cannot be written: " + e + ".");
    }
  }

  private int refused(@Nullable String words) {
    spec.commandLine().getErr().println(words);
    return REFUSED;
  }

  private static VirtualMachine machine(TemplateShelf shelf, String name, PrintWriter out)
      throws InterruptedException {
    JsonNode template = shelf.template(name);
    for (String secret : List.of("credential", "userData", "volumes")) {
      if (!template.path(secret).isEmpty() || template.path(secret).isTextual()) {
        out.println("note: " + secret + " of " + template.path("name").asText() + " stays here.");
      }
    }
    return TemplateForm.machine(
        template,
        shelf.whole(template.path("machineConfig")),
        shelf.whole(template.path("machineImage")).path("name").asText());
  }
}
