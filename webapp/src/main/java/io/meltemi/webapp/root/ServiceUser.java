package io.meltemi.webapp.root;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The system user that the broker runs as when root starts it: no home, no shell, no password. */
public final class ServiceUser {
  public static final String NAME = "meltemi";

  /** Root's folder in which the user's group may make what it likes, and removes only its own. */
  private static final int SHARED = 01770;

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

  /**
   * Gives a folder and all in it to the user, but for one folder of it, which the user can neither
   * change nor put another in the place of.
   */
  public static void own(Path folder, Path but) throws IOException {
    UserPrincipalLookupService users = folder.getFileSystem().getUserPrincipalLookupService();
    give(folder, users.lookupPrincipalByName(NAME), Optional.of(but));
    Files.setAttribute(folder, "unix:uid", 0);
    Files.setAttribute(folder, "posix:group", users.lookupPrincipalByGroupName(NAME));
    Files.setAttribute(folder, "unix:mode", SHARED);
  }

  /** Gives a folder and all in it to a user. */
  public static void give(Path folder, UserPrincipal user) throws IOException {
    give(folder, user, Optional.empty());
  }

  private static void give(Path folder, UserPrincipal user, Optional<Path> but) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (but.filter(path::equals).isPresent()) return FileVisitResult.SKIP_SUBTREE;
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

  /** The first folder on the way to a path that not everybody may enter. */
  static Optional<Path> closedAbove(Path path) {
    for (int names = 1; names < path.getNameCount(); names++) {
      Path above = Path.of("/").resolve(path.subpath(0, names));
      if (!open(above)) return Optional.of(above);
    }
    return Optional.empty();
  }

  private static boolean open(Path folder) {
    try {
      return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
    } catch (IOException e) {
      return false;
    }
  }

  /** True when the user may read a file; the words before a command make it the user's. */
  public static boolean mayRead(Path file, List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("test", "-r", file.toString()));
    return Commands.run(command) == 0;
  }
}
