package io.meltemi.connector.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The users that guests run as. An agent of root's gives each partition a user of its own, by
 * number, without a name and in no other group; any other agent's guests run as the agent's user.
 *
 * @param root the agent runs as root
 * @param first number of the first user
 */
public record Users(boolean root, long first) {
  /** Users per node. */
  public static final int MOST = 10_000;

  /** Above the ranges that Debian and systemd hand out, below 2^31. */
  private static final long RANGE_START = 1_900_000_000L;

  private static final int RANGES = 20_000;

  /** Each data folder has a range of its own, so that nodes on one host do not share users. */
  public static Users of(Path node) {
    CRC32 sum = new CRC32();
    sum.update(node.toAbsolutePath().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    boolean root = owner(Path.of("/proc/self")) == 0;
    return new Users(root, RANGE_START + sum.getValue() % RANGES * MOST);
  }

  private static long owner(Path path) {
    try {
      return ((Number) Files.getAttribute(path, "unix:uid")).longValue();
    } catch (IOException e) {
      throw new HostException("cannot tell the owner of " + path, e);
    }
  }

  long number(int slot) {
    return first + slot;
  }

  /** The command, run as the slot's user without any privilege; ends with its parent. */
  List<String> confined(int slot, List<String> command) {
    return confined(slot, -1, command);
  }

  /**
   * @param group the one group that the user is in; -1: none
   */
  List<String> confined(int slot, int group, List<String> command) {
    List<String> whole = new ArrayList<>(List.of("setpriv", "--no-new-privs", "--pdeathsig=KILL"));
    if (root) {
      whole.add("--reuid=" + number(slot));
      whole.add("--regid=" + number(slot));
      whole.add(group < 0 ? "--clear-groups" : "--groups=" + group);
      whole.add("--bounding-set=-all");
      whole.add("--inh-caps=-all");
    }
    whole.addAll(command);
    return whole;
  }

  /** Hands a file to the slot's user. */
  void give(Path file, int slot) {
    own(file, (int) number(slot));
  }

  /** Makes a file the agent's again. */
  void take(Path file) {
    own(file, 0);
  }

  private void own(Path file, int user) {
    if (root) {
      try {
        Files.setAttribute(file, "unix:uid", user);
        Files.setAttribute(file, "unix:gid", user);
      } catch (IOException e) {
        throw new HostException("cannot hand over " + file, e);
      }
    }
  }
}
