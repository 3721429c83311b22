package io.meltemi.webapp.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code dev/kill-broker}: row Q1 with whole processes. Ends with 1 when anything went wrong. */
public final class KillBroker {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "--kills", "0",
          "--place", "scripted",
          "--kind", "process",
          "--seed", "",
          "--point", "",
          "--during", ".*",
          "--minutes", "1440",
          "--faults", "20",
          "--port", "18471");

  private KillBroker() {}

  /**
   * @param arguments the options above, each with its value
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    Map<String, String> given = new HashMap<>(DEFAULTS);
    for (int i = 0; i < arguments.length; i += 2) {
      if (!DEFAULTS.containsKey(arguments[i]) || i + 1 == arguments.length) {
        System.err.println("unknown or without a value: " + arguments[i]);
        System.exit(2);
      }
      given.put(arguments[i], arguments[i + 1]);
    }
    System.exit(run(given) ? 0 : 1);
  }

  private static String word(Map<String, String> given, String name) {
    return given.getOrDefault(name, "");
  }

  private static boolean run(Map<String, String> given) throws IOException, InterruptedException {
    String asked = word(given, "--seed");
    long seed = asked.isEmpty() ? System.nanoTime() : Long.parseLong(asked);
    System.out.println("seed " + seed);
    Path folder = Files.createTempDirectory("kill-broker");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path socket = folder.resolve("orders");
    Program.Launcher launcher =
        new Program.Launcher(
            Path.of("..").toAbsolutePath().normalize(),
            folder,
            AgentJar.pack(folder),
            socket,
            folder.resolve("classes.jsa"));
    if (Program.Launcher.isRoot()) giveToNobody(folder);
    List<String> violations = new ArrayList<>();
    try (Switchboard switchboard = new Switchboard(socket);
        Broker broker = new Broker(launcher, switchboard, Integer.parseInt(word(given, "--port")));
        Place place = place(given, launcher, seed)) {
      Campaign campaign =
          new Campaign(
              place,
              broker,
              switchboard,
              new Random(seed),
              Pattern.compile(word(given, "--during")));
      violations.addAll(
          campaign.run(
              Integer.parseInt(word(given, "--kills")),
              Pattern.compile(word(given, "--point")),
              Duration.ofMinutes(Integer.parseInt(word(given, "--minutes")))));
      campaign.print();
      place.remark().ifPresent(System.out::println);
    }
    if (violations.isEmpty()) remove(folder);
    else tell(violations, seed, given, folder);
    return violations.isEmpty();
  }

  private static void giveToNobody(Path folder) throws IOException {
    Files.setOwner(
        folder,
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
  }

  private static Place place(Map<String, String> given, Program.Launcher launcher, long seed)
      throws IOException {
    var weather = new Weather(new Random(seed), Integer.parseInt(word(given, "--faults")));
    return switch (word(given, "--place")) {
      case "scripted" -> new ScriptedPlace(launcher.folder());
      case "node" -> new NodePlace(launcher, word(given, "--kind"), weather);
      case "vsphere" -> VSpherePlace.open(launcher.root(), weather);
      case "openstack" -> OpenStackPlace.open(weather);
      default ->
          throw new IllegalArgumentException("--place is scripted, node, vsphere or openstack");
    };
  }

  private static void tell(
      List<String> violations, long seed, Map<String, String> given, Path folder) {
    System.out.println(violations.size() + " violations:");
    for (String each : violations) System.out.println("  " + each);
    System.out.printf(
        "Again: dev/kill-broker --place %s --kind %s --faults %s --seed %d --point"
            + " 'A.POINT.ABOVE'%n",
        word(given, "--place"), word(given, "--kind"), word(given, "--faults"), seed);
    System.out.println("kept: " + folder);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }
}
