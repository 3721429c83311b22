package io.meltemi.connector.node.host;

/**
 * What a machine is made of.
 *
 * @param folder name of the folder among the node's images, and the image's id
 * @param name for people
 * @param kernel the folder holds a kernel and an initial RAM file system which are booted; else the
 *     first disk boots by itself
 * @param diskBytes size of the first disk; where the folder holds none, an empty one is made
 * @param leastMemoryKibibytes below it the image does not boot
 * @param made what the image was made by; another value makes the node's own image anew
 */
public record GuestImage(
    String folder,
    String name,
    boolean kernel,
    long diskBytes,
    long leastMemoryKibibytes,
    String made) {
  public GuestImage {
    if (!folder.matches("[A-Za-z0-9-]{1,80}")) {
      throw new IllegalArgumentException("an image's id has 1 to 80 letters, digits, hyphens");
    }
    if (diskBytes < 1 || leastMemoryKibibytes < 0) {
      throw new IllegalArgumentException("an image needs a disk size, and no memory below zero");
    }
  }
}
