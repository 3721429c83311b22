package io.meltemi.ovf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** A package that is a folder. */
final class FolderContents implements Contents {
  private final Path folder;
  private final SequencedMap<String, Long> sizes = new LinkedHashMap<>();

  private FolderContents(Path folder) {
    this.folder = folder;
  }

  static FolderContents of(Path folder, Limits limits) throws IOException, OvfException {
    FolderContents contents = new FolderContents(folder);
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.sorted().limit(limits.files() + 1L).toList();
    }
    for (Path file : files) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new OvfException(
            FileNames.shown(file.getFileName().toString())
                + " is no plain file: a package has no folders and no links.");
      }
      FileNames.add(contents.sizes, file.getFileName().toString(), Files.size(file), limits);
    }
    return contents;
  }

  @Override
  public SequencedMap<String, Long> sizes() {
    return sizes;
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Files.newInputStream(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void close() {}
}
