package io.meltemi.webapp.kill;

import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Outside;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The vCenter of dev/vsphere, whose folder is ours alone; dev/vsphere/vc tells what is in it. */
final class VSpherePlace extends RealPlace {
  private static final String NONE = "-";

  private final Map<String, String> environment;
  private final Process witness;
  private final BufferedWriter question;
  private final BufferedReader answer;

  private VSpherePlace(Path root, Map<String, String> environment, String trusted, Weather weather)
      throws IOException {
    super(
        "vsphere",
        new FaultProxy(List.of(URI.create(word(environment, "VSPHERE_SDK_URL"))), trusted),
        weather);
    this.environment = environment;
    witness =
        new ProcessBuilder(root.resolve("dev/vsphere/vc").toString(), "standing")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    question = witness.outputWriter();
    answer = witness.inputReader();
  }

  static VSpherePlace open(Path root, Weather weather) throws IOException {
    Path home =
        Path.of(
            Optional.ofNullable(System.getenv("VSPHERE_HOME"))
                .orElse(System.getProperty("java.io.tmpdir") + "/vsphere-lab"));
    String instance = Optional.ofNullable(System.getenv("VSPHERE_INSTANCE")).orElse("vcenter");
    Map<String, String> environment =
        Outside.exports(home.resolve("run").resolve(instance).resolve("env"));
    String trusted = Files.readString(Path.of(word(environment, "VSPHERE_SDK_CERT")));
    return new VSpherePlace(root, environment, trusted, weather);
  }

  private static String word(Map<String, String> environment, String name) {
    String word = environment.get(name);
    if (word == null) throw new IllegalStateException("the vCenter's env has no " + name);
    return word.replace("'", "");
  }

  @Override
  Map<String, String> settings(FaultProxy proxy) {
    return Map.of(
        "endpoint",
        proxy.address(word(environment, "VSPHERE_SDK_URL")),
        "user",
        word(environment, "VSPHERE_SDK_USER"),
        "password",
        word(environment, "VSPHERE_SDK_PASSWORD"),
        "certificates",
        proxy.certificate(),
        "folder",
        "broker",
        "switch",
        "DVS0",
        "vlans",
        "2200-2299",
        "country",
        "FR");
  }

  @Override
  Predicate<FaultProxy.Call> creation() {
    return call -> call.body().contains("<CloneVM_Task");
  }

  @Override
  public List<Operation> operations() {
    return Arrays.stream(Operation.values())
        .filter(each -> !Operation.OF_ADDRESSES.contains(each))
        .toList();
  }

  @Override
  public int room() {
    return 6;
  }

  @Override
  public boolean boots(String image) {
    return image.equals("tpl-debian12");
  }

  /**
   * What we write ends in a mark that is made of its token.
   *
   * @param where power state, the machine that a disk is at, or the VLAN of a network
   */
  private record Line(String kind, String name, String where) {
    /** What the order called it; of some the token stands between. */
    String plain() {
      int end =
          switch (kind) {
            case "disk", "network" -> name.lastIndexOf(' ');
            case "taken" -> name.lastIndexOf(" meltemi.token=");
            default -> name.lastIndexOf('-');
          };
      return end < 0 ? name : name.substring(0, end);
    }

    String mark() {
      return name.substring(name.lastIndexOf('-') + 1);
    }
  }

  private List<Line> lines(String kind) {
    return standing().stream().filter(line -> line.kind().equals(kind)).toList();
  }

  private synchronized List<Line> standing() {
    try {
      question.write("\n");
      question.flush();
      List<Line> lines = new ArrayList<>();
      for (String line = answer.readLine(); !".".equals(line); line = answer.readLine()) {
        if (line == null) throw new IllegalStateException("dev/vsphere/vc has ended");
        String[] words = line.split("\t", -1);
        lines.add(new Line(words[0], words[1], words.length > 2 ? words[2] : NONE));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Thing> machines() {
    return lines("machine").stream()
        .map(line -> new Thing(line.plain(), line.mark(), state(line.where())))
        .toList();
  }

  private static String state(String power) {
    return switch (power) {
      case "poweredOn" -> "STARTED";
      case "poweredOff" -> "STOPPED";
      default -> power;
    };
  }

  @Override
  public List<Thing> volumes() {
    return lines("disk").stream()
        .map(line -> new Thing(line.plain(), line.mark(), at(line.where())))
        .toList();
  }

  private static String at(String machine) {
    return machine.equals(NONE) ? FREE : Place.at(new Line("machine", machine, NONE).plain());
  }

  /** One that shares its VLAN is not as it was ordered. */
  @Override
  public List<Thing> networks() {
    List<Line> all = lines("network");
    return all.stream()
        .map(line -> new Thing(line.plain(), line.mark(), state(line, all)))
        .toList();
  }

  private static String state(Line network, List<Line> all) {
    long sharing = all.stream().filter(line -> line.where().equals(network.where())).count();
    return sharing == 1 ? "STARTED" : "SHARES VLAN " + network.where();
  }

  @Override
  public List<String> images() {
    return standing().stream()
        .filter(line -> Set.of("image", "snapshot", "taken").contains(line.kind()))
        .map(Line::plain)
        .toList();
  }

  @Override
  public void close() {
    super.close();
    witness.destroy();
  }
}
