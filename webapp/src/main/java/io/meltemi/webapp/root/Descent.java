package io.meltemi.webapp.root;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the broker's process comes down from root: with setpriv, without any capability, and with the
 * end of its parent as its own. Folders that the user may not reach, such as those below {@code
 * /root}, are shown to it elsewhere, in a mount name space of its own.
 *
 * @param home the deployable, as the process sees it
 * @param data the data folder, as the process sees it
 * @param prefix words before the process's own command
 */
public record Descent(Path home, Path data, List<String> prefix) {
  private static final Path SHOWN = Path.of("/run/meltemi");

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

  /** Binds two folders and becomes what follows. */
  private static final String BIND =
      "mount --bind \"$1\" \"$2\" && mount --bind \"$3\" \"$4\" && shift 4 && exec \"$@\"";

  public Descent {
    prefix = List.copyOf(prefix);
  }

  /**
   * @throws IOException when the user can be shown the folders in no way; says what to do
   */
  public static Descent to(Path home, Path data) throws IOException {
    if (Commands.run(List.of("setpriv", "--version")) != 0) {
      throw new IOException("setpriv is missing: install util-linux, or start as another user");
    }
    if (ServiceUser.mayReach(home) && ServiceUser.mayReach(data)) {
      return new Descent(home, data, SETPRIV);
    }
    if (Commands.run(List.of("unshare", "--mount", "true")) != 0) {
      throw new IOException(
          "the user "
              + ServiceUser.NAME
              + " may not enter "
              + (ServiceUser.mayReach(home) ? data : home)
              + ": use a folder that all may enter, or start as the folder's owner and not as"
              + " root");
    }
    return bound(home, data);
  }

  private static Descent bound(Path home, Path data) throws IOException {
    Path shown = SHOWN.resolve(Long.toString(ProcessHandle.current().pid()));
    Path homeThere = Files.createDirectories(shown.resolve("home"));
    Path dataThere = Files.createDirectories(shown.resolve("data"));
    List<String> prefix =
        new ArrayList<>(
            List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", BIND, "sh"));
    prefix.addAll(List.of(home.toString(), homeThere.toString()));
    prefix.addAll(List.of(data.toString(), dataThere.toString()));
    prefix.addAll(SETPRIV);
    return new Descent(homeThere, dataThere, prefix);
  }
}
