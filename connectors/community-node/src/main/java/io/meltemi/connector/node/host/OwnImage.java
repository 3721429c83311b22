package io.meltemi.connector.node.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The node's own guest image, built from Debian packages by the scripts in {@code image/}. */
final class OwnImage {
  static final String ID = "meltemi";
  private static final List<String> SCRIPTS = List.of("build", "init", "info", "address");
  private static final long DISK_BYTES = 256L << 20;
  private static final long LEAST_MEMORY_KIBIBYTES = 80 * 1024;

  private OwnImage() {}

  /** Builds the image unless it is there and the scripts are the same. */
  static GuestImage provide(GuestImages images) {
    String made = "scripts " + digest();
    Optional<GuestImage> present = images.find(ID).filter(found -> found.made().equals(made));
    return present.orElseGet(() -> build(images, made));
  }

  private static GuestImage build(GuestImages images, String made) {
    Path draft = images.draft(ID);
    Path scripts = draft.resolve("scripts");
    try {
      Files.createDirectory(scripts);
      for (String script : SCRIPTS) {
        Path file = scripts.resolve(script);
        Files.write(file, source(script));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      Programs.run(
          Duration.ofMinutes(10),
          List.of("sh", scripts.resolve("build").toString(), draft.toString()));
      DurableFile.remove(scripts);
      for (String file : List.of(GuestImages.KERNEL, GuestImages.INITRD)) {
        Files.setPosixFilePermissions(
            draft.resolve(file), PosixFilePermissions.fromString("r--r--r--"));
      }
    } catch (IOException e) {
      throw new HostException("cannot build the guest image", e);
    }
    GuestImage image =
        new GuestImage(ID, "Meltemi tiny Linux", true, DISK_BYTES, LEAST_MEMORY_KIBIBYTES, made);
    images.publish(draft, image);
    return image;
  }

  private static String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String script : SCRIPTS) {
        digest.update(source(script));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot read the image's scripts", e);
    }
  }

  private static byte[] source(String script) throws IOException {
    try (InputStream source = OwnImage.class.getResourceAsStream("image/" + script)) {
      if (source == null) {
        throw new IOException("image/" + script + " is missing in the jar");
      }
      return source.readAllBytes();
    }
  }
}
