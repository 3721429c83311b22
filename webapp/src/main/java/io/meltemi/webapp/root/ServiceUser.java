package io.meltemi.webapp.root;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;

/** The system user that the broker runs as when root starts it: no home, no shell, no password. */
public final class ServiceUser {
  public static final String NAME = "meltemi";

  private ServiceUser() {}

  /**
   * Makes the user where there is none.
   *
   * @throws IOException when that is not possible
   */
  public static void make() throws IOException {
    if (Commands.run(List.of("id", "-u", NAME)) == 0) return;
    List<String> command =
        List.of(
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/usr/sbin/nologin",
            NAME);
    if (Commands.run(command) != 0) {
      throw new IOException("the system user " + NAME + " cannot be made with useradd");
    }
  }

  /** Gives a folder and all in it to the user, but for one folder of it. */
  public static void own(Path folder, Path but) throws IOException {
    UserPrincipal user =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NAME);
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (path.equals(but)) return FileVisitResult.SKIP_SUBTREE;
            Files.setOwner(path, user);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (!attributes.isSymbolicLink()) Files.setOwner(path, user);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** True when anybody may enter all folders above. */
  static boolean mayReach(Path path) {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      try {
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(above);
        if (!modes.contains(PosixFilePermission.OTHERS_EXECUTE)) return false;
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
