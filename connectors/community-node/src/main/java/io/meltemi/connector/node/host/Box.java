package io.meltemi.connector.node.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A partition's folder. The folder is the agent's; the guest's user owns its disks, its console
 * file and the folder {@code s} for its sockets, so it cannot put a link in place of another file.
 * Guests name their files relative to the folder, which lies behind folders that they may not
 * enter.
 *
 * @param folder absolute
 * @param slot number of the guest's user
 */
public record Box(Path folder, String id, int slot, Users users) {
  static final String CONSOLE = "console.log";
  static final String SOCKETS = "s";

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Makes the folder and what every kind of guest needs in it. */
  void make() {
    try {
      Files.createDirectories(folder);
      permit(folder, "rwx--x--x");
      Path sockets = file(SOCKETS);
      Files.createDirectories(sockets);
      permit(sockets, "rwx------");
      users.give(sockets, slot);
      if (!Files.exists(file(CONSOLE), LinkOption.NOFOLLOW_LINKS)) {
        Files.createFile(file(CONSOLE));
      }
      permit(file(CONSOLE), "rw-------");
      users.give(file(CONSOLE), slot);
    } catch (IOException e) {
      throw new HostException("cannot make " + folder, e);
    }
  }

  /** Hands a file to the guest, to read and write. */
  void give(String name) {
    permit(file(name), "rw-------");
    users.give(file(name), slot);
  }

  /** Hands a folder to the guest. */
  void giveFolder(String name) {
    permit(file(name), "rwx------");
    users.give(file(name), slot);
  }

  /** Lets the guest read a file. */
  void show(String name) {
    permit(file(name), "rw-r--r--");
  }

  static void permit(Path path, String permissions) {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new HostException("cannot set rights of " + path, e);
    }
  }

  /**
   * The end of what the guest wrote to its console, without control characters but line breaks and
   * tabs.
   */
  public String console(int most) {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file(CONSOLE), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, channel.size()));
      channel.position(channel.size() - bytes.capacity());
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
      return text.replace("\r\n", "\n").replaceAll("[\\p{Cntrl}&&[^\n\t]]", "");
    } catch (IOException e) {
      throw new HostException("cannot read the console", e);
    }
  }
}
