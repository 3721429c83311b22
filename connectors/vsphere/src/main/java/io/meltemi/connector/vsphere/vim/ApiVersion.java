package io.meltemi.connector.vsphere.vim;

import java.util.Comparator;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the vSphere API. A vCenter takes of each call the methods of the version it names.
 */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /** The first with snapshots of first-class disks. */
  static final ApiVersion DISK_SNAPSHOTS = new ApiVersion(6, 7);

  private static final ApiVersion OLDEST = new ApiVersion(6, 5);
  private static final Set<String> NEWER =
      Set.of(
          "VStorageObjectCreateSnapshot_Task",
          "RetrieveSnapshotInfo",
          "CreateDiskFromSnapshot_Task",
          "DeleteSnapshot_Task",
          "SetVStorageObjectControlFlags");

  private static final Pattern ANNOUNCED = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  /** What a vCenter announces, for instance {@code 7.0.3.0}; what cannot be read is old. */
  static ApiVersion of(String announced) {
    Matcher parts = ANNOUNCED.matcher(announced);
    return parts.matches()
        ? new ApiVersion(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)))
        : OLDEST;
  }

  /** The lowest that is needed for a method. */
  static ApiVersion of(Element call) {
    return NEWER.contains(call.name()) ? DISK_SNAPSHOTS : OLDEST;
  }

  /** How a call names it. */
  String action() {
    return "urn:vim25/" + major + "." + minor;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return Comparator.comparingInt(ApiVersion::major)
        .thenComparingInt(ApiVersion::minor)
        .compare(this, other);
  }
}
