package io.meltemi.webapp.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What lies in a node's folder and what runs out of it, whatever its agent says. */
final class NodeFolder {
  private static final String DISK = "disk.qcow2";

  private final Path folder;
  private final ObjectMapper mapper = new ObjectMapper();

  NodeFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A folder with a record, or with a guest.
   *
   * @param guests more than one is one too many
   */
  private record Machine(Path folder, String name, List<ProcessHandle> guests) {
    Place.Thing thing() {
      return new Place.Thing(name, folder.toString(), guests.isEmpty() ? "STOPPED" : "STARTED");
    }

    /** Names that disks of volumes have in its folder. */
    List<Path> volumes() {
      return inside(folder).stream().filter(file -> base(file).startsWith("volume-")).toList();
    }

    /** How it has that disk: empty for not at all. */
    Optional<String> holds(Path disk) {
      boolean named = volumes().stream().anyMatch(file -> same(file, disk));
      boolean open = guests.stream().anyMatch(guest -> hasOpen(guest, disk));
      if (!named && !open) return Optional.empty();
      boolean whole = named && (open || guests.isEmpty());
      return Optional.of(whole ? Place.at(name) : "HALF " + Place.at(name));
    }
  }

  /** A machine for each folder with a record, and for each guest. */
  List<Place.Thing> machines() {
    return found().stream()
        .flatMap(
            machine -> Stream.generate(machine::thing).limit(Math.max(1, machine.guests().size())))
        .toList();
  }

  private List<Machine> found() {
    return inside(folder.resolve("partitions")).stream()
        .flatMap(each -> machine(each).stream())
        .toList();
  }

  private Optional<Machine> machine(Path partition) {
    Optional<JsonNode> record = document(partition.resolve("record.json"));
    List<ProcessHandle> guests = guests(partition);
    if (record.isEmpty() && guests.isEmpty()) return Optional.empty();
    return Optional.of(new Machine(partition, name(record, partition), guests));
  }

  /**
   * A guest is the child of a guard. Guards themselves are not counted: one that finds the folder
   * guarded ends without a guest, and the child is the guard's copy until it becomes the guest.
   */
  private static List<ProcessHandle> guests(Path partition) {
    return ProcessHandle.allProcesses()
        .filter(process -> guards(process, partition))
        .flatMap(ProcessHandle::children)
        .toList();
  }

  private static boolean guards(ProcessHandle process, Path partition) {
    try {
      String command = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      return command.startsWith("perl\0") && command.contains(partition + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  /** A volume for each machine that has it, which is never more than one. */
  List<Place.Thing> volumes() {
    List<Machine> machines = found();
    return Stream.concat(
            kept("v-").stream().flatMap(volume -> volume(volume, machines)), strays(machines))
        .toList();
  }

  private Stream<Place.Thing> volume(Path volume, List<Machine> machines) {
    Optional<JsonNode> record = document(volume.resolve("volume.json"));
    String name = name(record, volume);
    Path disk = volume.resolve(DISK);
    if (!Files.exists(disk)) return Stream.of(thing(name, volume, phase(record)));
    List<String> states = machines.stream().flatMap(each -> each.holds(disk).stream()).toList();
    return states.isEmpty()
        ? Stream.of(thing(name, volume, Place.FREE))
        : states.stream().map(state -> thing(name, volume, state));
  }

  /** What machines still have of volumes that are no more. */
  private Stream<Place.Thing> strays(List<Machine> machines) {
    List<Path> disks = kept("v-").stream().map(each -> each.resolve(DISK)).toList();
    return machines.stream()
        .flatMap(machine -> machine.volumes().stream())
        .filter(file -> disks.stream().noneMatch(disk -> same(file, disk)))
        .map(file -> thing("stray " + base(file), file, "STRAY"));
  }

  private static Place.Thing thing(String name, Path file, String state) {
    return new Place.Thing(name, file.toString(), state);
  }

  /** Names of captures and of snapshots. One that shall be ready and has no disk has no name. */
  List<String> images() {
    Stream<String> captures =
        inside(folder.resolve("images")).stream()
            .filter(each -> base(each).startsWith("i-"))
            .flatMap(each -> document(each.resolve("image.json")).stream())
            .map(image -> image.path("name").asText());
    return Stream.concat(captures, kept("s-").stream().map(this::snapshot)).toList();
  }

  private String snapshot(Path snapshot) {
    Optional<JsonNode> record = document(snapshot.resolve("snapshot.json"));
    boolean lost = phase(record).equals("READY") && !Files.exists(snapshot.resolve(DISK));
    return lost ? "nothing in " + snapshot : name(record, snapshot);
  }

  private List<Path> kept(String prefix) {
    return inside(folder.resolve("volumes")).stream()
        .filter(each -> base(each).startsWith(prefix))
        .toList();
  }

  private static String phase(Optional<JsonNode> record) {
    return record.map(it -> it.path("phase").asText()).orElse("NEW");
  }

  private static String name(Optional<JsonNode> record, Path file) {
    return record.map(it -> it.path("wanted").path("name").asText()).orElse("nameless " + file);
  }

  private static String base(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static boolean hasOpen(ProcessHandle guest, Path disk) {
    return inside(Path.of("/proc/" + guest.pid() + "/fd")).stream()
        .anyMatch(file -> same(file, disk));
  }

  private static boolean same(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  /** Empty also for what has just gone. */
  private static List<Path> inside(Path folder) {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private Optional<JsonNode> document(Path file) {
    try {
      return Optional.of(mapper.readTree(Files.readString(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
