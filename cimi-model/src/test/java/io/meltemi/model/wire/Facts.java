package io.meltemi.model.wire;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Documents of the standard which may not be copied into this tree. They are looked for in the
 * folder of the system property {@code cimi.facts}, else beside the checkout; a test without them
 * is skipped.
 */
public final class Facts {
  private Facts() {}

  public static Optional<Path> find(String name) {
    String told = System.getProperty("cimi.facts", "");
    Path here = Path.of("").toAbsolutePath();
    Stream<Path> beside =
        Stream.iterate(here, path -> path.getParent() != null, Path::getParent)
            .map(path -> path.resolve("shared/cimi"));
    return Stream.concat(told.isEmpty() ? Stream.empty() : Stream.of(Path.of(told)), beside)
        .map(folder -> folder.resolve(name))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
