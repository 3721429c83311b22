package io.meltemi.webapp.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The modules, and which others each may see. A class belongs to the room that compiled it. */
public enum Room {
  MODEL("cimi-model"),
  PLACEMENT("placement-policies", MODEL),
  SPI("connectors/spi", MODEL),
  OUTGOING("connectors/outgoing", SPI),
  KIT("connectors/kit", MODEL, SPI, OUTGOING),
  SCRIPTED("connectors/scripted", MODEL, SPI),
  OPENSTACK("connectors/openstack", MODEL, SPI),
  VSPHERE("connectors/vsphere", MODEL, SPI),
  NODE("connectors/community-node", MODEL, SPI),
  CORE("broker-core", MODEL, SPI, PLACEMENT),
  API("cimi-api", MODEL, CORE),
  OVF("ovf"),
  WEBAPP("webapp", MODEL, SPI, OUTGOING, PLACEMENT, CORE, API, OVF);

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  final String folder;
  private final Set<Room> seen;

  Room(String folder, Room... seen) {
    this.folder = folder;
    this.seen = Set.of(seen);
  }

  boolean maySee(Room other) {
    return other == this || seen.contains(other);
  }

  Path classes() {
    return ROOT.resolve(folder).resolve("target/classes");
  }

  /** The Java files of this room's main code. */
  List<Path> sources() {
    Path main = ROOT.resolve(folder).resolve("src/main/java");
    if (!Files.isDirectory(main)) return List.of();
    try (Stream<Path> files = Files.walk(main)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The room that compiled this class; empty for the JDK's and other people's classes. */
  static Optional<Room> of(JavaClass type) {
    return type.getSource()
        .map(source -> source.getUri().getPath())
        .flatMap(path ->
            Arrays.stream(values())
                .filter(room -> path != null && path.startsWith(room.classes() + "/"))
                .findFirst());
  }

  /** Main code of every room. */
  public static JavaClasses all() {
    return compiled("target/classes");
  }

  /** Tests of every room. */
  static JavaClasses tests() {
    return compiled("target/test-classes");
  }

  private static JavaClasses compiled(String output) {
    List<Path> folders =
        Arrays.stream(values()).map(room -> ROOT.resolve(room.folder).resolve(output)).toList();
    return new ClassFileImporter()
        .importPaths(folders.stream().filter(Files::isDirectory).toList());
  }
}
