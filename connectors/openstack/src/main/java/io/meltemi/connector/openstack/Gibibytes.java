package io.meltemi.connector.openstack;

/** OpenStack counts disks and volumes in GiB. */
final class Gibibytes {
  private static final long BYTES = 1L << 30;
  private static final long MOST_KILOBYTES = Long.MAX_VALUE / 1000;

  private Gibibytes() {}

  static long inKilobytes(long gibibytes) {
    return Math.min(gibibytes, Long.MAX_VALUE / BYTES) * BYTES / 1000;
  }

  /** As many as hold so many bytes. */
  static long ofBytes(long bytes) {
    return Math.ceilDiv(bytes, BYTES);
  }

  /** Never less than was ordered. */
  static long holding(long kilobytes) {
    return Math.ceilDiv(Math.min(kilobytes, MOST_KILOBYTES) * 1000, BYTES);
  }
}
