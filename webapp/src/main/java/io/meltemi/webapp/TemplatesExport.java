package io.meltemi.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
      "Writes machine templates as an OVF package. Images and networks are named, not packed;",
      "credentials, user data, volumes that are there already and metadata stay where they are."
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
    String called = template.path("name").asText();
    List<String> networks = new ArrayList<>();
    for (JsonNode card : template.path("interfaceTemplates")) {
      networks.add(shelf.whole(shelf.whole(card).path("network")).path("name").asText());
    }
    List<ObjectNode> volumes = new ArrayList<>();
    for (JsonNode each : template.path("volumeTemplates")) {
      volumes.add(volume(shelf, each, called, out));
    }
    told(template, TemplateForm.STAYING, called, out);
    return TemplateForm.machine(
        template,
        shelf.whole(template.path("machineConfig")),
        shelf.whole(template.path("machineImage")).path("name").asText(),
        networks,
        volumes);
  }

  /** A volume that is made with the machine, with all that it refers to. */
  private static ObjectNode volume(
      TemplateShelf shelf, JsonNode entry, String machine, PrintWriter out)
      throws InterruptedException {
    JsonNode template = shelf.whole(entry.path("volumeTemplate"));
    told(template, List.of("volumeImage", "genResourceMetadata"), "a volume of " + machine, out);
    ObjectNode volume = JsonNodeFactory.instance.objectNode();
    TemplateForm.copy(entry, volume, List.of("initialLocation"));
    ObjectNode inside = volume.putObject("volumeTemplate");
    TemplateForm.copy(template, inside, List.of("placement"));
    TemplateForm.copy(
        shelf.whole(template.path("volumeConfig")),
        inside.putObject("volumeConfig"),
        List.of("type", "format", "capacity"));
    return volume;
  }

  private static void told(JsonNode of, List<String> staying, String name, PrintWriter out) {
    for (String member : staying) {
      if (!of.path(member).isEmpty() || of.path(member).isTextual()) {
        out.println("note: " + member + " of " + name + " stays here.");
      }
    }
  }
}
