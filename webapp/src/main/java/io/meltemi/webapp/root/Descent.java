package io.meltemi.webapp.root;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the broker's process comes down from root: with setpriv, without any capability, and with the
 * end of its parent as its own. Where folders stand below one that the user may not enter, such as
 * {@code /root}, the process sees that one as an empty folder with nothing in it but them, in a
 * mount name space of its own.
 *
 * @param prefix words before the process's own command
 * @param kept folder of this descent alone, needed as long as the process runs
 */
public record Descent(List<String> prefix, Path kept) implements AutoCloseable {
  private static final Path ALL_KEPT = Path.of("/run/meltemi");

  private static final List<String> SETPRIV =
      List.of(
          "setpriv",
          "--reuid=" + ServiceUser.NAME,
          "--regid=" + ServiceUser.NAME,
          "--clear-groups",
          "--bounding-set=-all",
          "--inh-caps=-all",
          "--no-new-privs",
          "--pdeathsig=TERM");

  /** Keeps the folders aside, empties the closed ones, puts the folders back, becomes the rest. */
  private static final String SHOW =
      """
      set -e
      kept=$1 mask=$(umask)
      shift
      umask 022
      mount -t tmpfs -o mode=700,size=64k meltemi "$kept"
      number=0
      for word; do
        [ "$word" != -- ] || break
        number=$((number + 1))
        case $word in
          +*) mkdir "$kept/$number"; mount --bind "${word#+}" "$kept/$number" ;;
          *) mount -t tmpfs -o mode=755,size=64k meltemi "$word" ;;
        esac
      done
      number=0
      while [ "$1" != -- ]; do
        number=$((number + 1))
        case $1 in +*) mkdir -p "${1#+}"; mount --bind "$kept/$number" "${1#+}" ;; esac
        shift
      done
      shift
      umount -l "$kept"
      umask "$mask"
      exec "$@"
      """;

  public Descent {
    prefix = List.copyOf(prefix);
  }

  /**
   * @param folders that the process must see
   * @throws IOException when they can be shown in no way; says what to do
   */
  public static Descent showing(Collection<Path> folders) throws IOException {
    if (Commands.run(List.of("setpriv", "--version")) != 0) {
      throw new IOException("setpriv is missing: install util-linux, or start as another user");
    }
    Path kept = ALL_KEPT.resolve(Long.toString(ProcessHandle.current().pid()));
    Map<Path, Path> closed = new TreeMap<>();
    for (Path folder : folders) {
      ServiceUser.closedAbove(folder).ifPresent(above -> closed.put(folder, above));
    }
    if (closed.isEmpty()) return new Descent(SETPRIV, kept);
    if (Commands.run(List.of("unshare", "--mount", "true")) != 0) {
      throw new IOException(
          "the user "
              + ServiceUser.NAME
              + " may not enter "
              + closed.values().iterator().next()
              + ": use a folder that all may enter, or start as the folder's owner and not as"
              + " root");
    }
    Files.createDirectories(kept);
    List<String> prefix =
        new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
    prefix.addAll(List.of("sh", "-c", SHOW, "sh", kept.toString()));
    closed.keySet().forEach(folder -> prefix.add("+" + folder));
    Set.copyOf(closed.values()).forEach(above -> prefix.add(above.toString()));
    prefix.add("--");
    prefix.addAll(SETPRIV);
    return new Descent(prefix, kept);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(kept);
    } catch (IOException e) {
      // an empty folder that the next boot removes
    }
  }
}
