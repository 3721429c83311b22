package io.meltemi.connector.node.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The node's images, one folder each: {@code image.json}, {@code vmlinuz} and {@code initrd} where
 * a kernel is booted directly, {@code disk.qcow2} where the first disk is not empty. The owner may
 * add folders of his own. A folder without a readable description is no image.
 */
public final class GuestImages {
  static final String KERNEL = "vmlinuz";
  static final String INITRD = "initrd";
  static final String DISK = "disk.qcow2";
  private static final String DESCRIPTION = "image.json";
  private static final Duration LONG = Duration.ofMinutes(30);

  private final Path folder;
  private final JsonMapper mapper = JsonMapper.builder().build();

  GuestImages(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new HostException("cannot make " + folder, e);
    }
  }

  public List<GuestImage> list() {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .sorted()
          .flatMap(found -> find(String.valueOf(found.getFileName())).stream())
          .toList();
    } catch (IOException e) {
      throw new HostException("cannot read " + folder, e);
    }
  }

  public Optional<GuestImage> find(String id) {
    Path description = folder.resolve(id).resolve(DESCRIPTION);
    if (!id.matches("[A-Za-z0-9-]{1,80}") || !Files.isRegularFile(description)) {
      return Optional.empty();
    }
    try {
      GuestImage image = mapper.readValue(Files.readString(description), GuestImage.class);
      return Optional.of(image).filter(found -> found.folder().equals(id));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Path folder(GuestImage image) {
    return folder.resolve(image.folder());
  }

  /** Where an image is put together before it is {@link #publish published}. */
  Path draft(String id) {
    Path draft = folder.resolve("." + id);
    DurableFile.remove(draft);
    try {
      return Files.createDirectory(draft);
    } catch (IOException e) {
      throw new HostException("cannot make " + draft, e);
    }
  }

  /** The image appears whole or not at all. */
  void publish(Path draft, GuestImage image) {
    try {
      DurableFile.write(draft.resolve(DESCRIPTION), mapper.writeValueAsString(image));
      Path target = folder.resolve(image.folder());
      if (Files.exists(target)) {
        Path old = folder.resolve("." + image.folder() + ".old");
        DurableFile.remove(old);
        Files.move(target, old);
        Files.move(draft, target);
        DurableFile.remove(old);
      } else {
        Files.move(draft, target);
      }
      DurableFile.sync(folder);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new HostException("cannot keep image " + image.folder(), e);
    }
  }

  /** Succeeds when there is no such image. */
  public void remove(String id) {
    DurableFile.remove(folder.resolve(id));
  }

  /**
   * Makes an image of a machine's first disk. The copy stands by itself: no backing file.
   *
   * @param disk a disk that nobody writes to meanwhile
   * @param machine the machine's folder, with its kernel if it boots one
   */
  void capture(Path disk, Path machine, GuestImage captured) {
    Path draft = draft(captured.folder());
    Programs.run(
        LONG,
        List.of(
            "qemu-img",
            "convert",
            "-q",
            "-c",
            "-f",
            "qcow2",
            "-O",
            "qcow2",
            disk.toString(),
            draft.resolve(DISK).toString()));
    Qcow2Header header = Qcow2Header.read(draft.resolve(DISK));
    if (captured.kernel()) {
      share(machine.resolve(KERNEL), draft.resolve(KERNEL));
      share(machine.resolve(INITRD), draft.resolve(INITRD));
    }
    publish(
        draft,
        new GuestImage(
            captured.folder(),
            captured.name(),
            captured.kernel(),
            header.virtualBytes(),
            captured.leastMemoryKibibytes(),
            captured.made()));
  }

  /** A second name of the same file: images and machines that share it cost nothing. */
  static void share(Path file, Path link) {
    try {
      Files.createLink(link, file);
    } catch (IOException e) {
      throw new HostException("cannot link " + link, e);
    }
  }
}
