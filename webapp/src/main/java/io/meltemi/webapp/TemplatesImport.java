package io.meltemi.webapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.ovf.Limits;
import io.meltemi.ovf.OvfException;
import io.meltemi.ovf.OvfPackage;
import io.meltemi.ovf.VirtualMachine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meltemi templates import}: each machine of a package becomes a template. */
@Command(
    name = "import",
    description = {
      "Makes a machine template and a machine configuration of each machine of an OVF package.",
      "The package is judged before anything is made; what its disks hold is not uploaded."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all was made",
      "1:nothing was made: the package was refused, or the broker refused or does not answer",
      "2:wrong usage",
      "3:all was made, but something is missing: an image, a network, or what a disk held"
    })
public final class TemplatesImport implements Callable<Integer> {
  private static final int REFUSED = 1;
  private static final int MISSING = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ProfileOption profile = new ProfileOption();

  @Parameters(paramLabel = "PACKAGE", description = "A folder, or an archive (.ova).")
  private Path source = Path.of(".");

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "Name or URI of the machine image, whatever the package names.")
  private @Nullable String image;

  @Option(
      names = "--without-manifest",
      description = "Takes a package that has no manifest, and so may be damaged or changed.")
  private boolean withoutManifest;

  @Option(names = "--dry-run", description = "Says what would be made, and makes nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      OvfPackage found = OvfPackage.read(source, !withoutManifest, Limits.USUAL);
      found.notes().forEach(note -> out.println("note: " + note));
      try (RunningBroker broker = profile.broker()) {
        return imported(found.machines(), new TemplateShelf(broker), out) ? 0 : MISSING;
      }
    } catch (OvfException e) {
      return refused(e.getMessage());
    } catch (IOException e) {
      return refused("The package " + source + " cannot be read: " + e + ".");
    } catch (StartException e) {
      return refused(e.getMessage());
    }
  }

  private int refused(@Nullable String words) {
    spec.commandLine().getErr().println(words);
    return REFUSED;
  }

  /** Makes all or nothing; false when something is missing. */
  private boolean imported(List<VirtualMachine> machines, TemplateShelf shelf, PrintWriter out)
      throws InterruptedException, OvfException {
    boolean whole = true;
    List<String> made = new ArrayList<>();
    try {
      for (VirtualMachine machine : machines) whole &= imported(machine, shelf, made, out);
    } catch (StartException | OvfException e) {
      for (String each : made.reversed()) shelf.remove(each);
      throw e;
    }
    return whole;
  }

  private boolean imported(
      VirtualMachine machine, TemplateShelf shelf, List<String> made, PrintWriter out)
      throws InterruptedException, OvfException {
    TemplateForm form = TemplateForm.of(machine);
    List<String> missing = new ArrayList<>(form.missing());
    Optional<String> wanted = Optional.ofNullable(image).or(form::image);
    Optional<String> reference = Optional.empty();
    if (wanted.isPresent()) {
      TemplateShelf.Found found = shelf.image(wanted.get());
      reference = found.href();
      found.problem().ifPresent(missing::add);
    }
    for (String network : form.networks()) {
      TemplateShelf.Found found = shelf.network(network);
      found.href().ifPresent(form::join);
      found.problem().ifPresent(missing::add);
    }
    out.println("machine template " + machine.name() + made(form, reference, shelf, made));
    machine.dropped().forEach(words -> out.println("  note: " + words));
    if (reference.isPresent()) form.boot().ifPresent(file -> out.println(instead(wanted, file)));
    missing.forEach(words -> out.println("  missing: " + words));
    out.flush();
    return missing.isEmpty();
  }

  private static String instead(Optional<String> image, String file) {
    return "  note: the machine image '%s' is taken; what %s holds, and its size, are not."
        .formatted(image.orElse(""), file);
  }

  private String made(
      TemplateForm form, Optional<String> image, TemplateShelf shelf, List<String> made)
      throws InterruptedException {
    if (dryRun) return " would be made";
    String configuration = shelf.add("machineConfigs", form.configuration());
    made.add(configuration);
    ObjectNode template = form.template();
    template.putObject("machineConfig").put("href", configuration);
    image.ifPresent(href -> template.putObject("machineImage").put("href", href));
    String href = shelf.add("machineTemplates", template);
    made.add(href);
    return ": " + href;
  }
}
