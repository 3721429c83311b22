package io.meltemi.connector.openstack;

import io.meltemi.pivot.MachineOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jclouds.openstack.nova.v2_0.domain.BlockDeviceMapping;
import org.jclouds.openstack.nova.v2_0.options.CreateServerOptions;

/**
 * The disks of an order beside the flavor's: blank volumes that nova makes with the server and
 * deletes with it. They bear no token, for they are the server's and no volumes of ours. What they
 * hold in all stands in the server's metadata, for nova 2.1 shows no more of them than their ids.
 *
 * @param gibibytes one entry per disk
 */
record ExtraDisks(List<Long> gibibytes) {
  private static final String HELD = "meltemi-disks";

  /** Nova can be asked for no more, and no quota holds as much. */
  private static final long MOST = Integer.MAX_VALUE;

  static ExtraDisks of(MachineOrder order) {
    return new ExtraDisks(order.disksKilobytes().stream().map(Gibibytes::holding).toList());
  }

  /** As the server's metadata tell, in kB; 0 for what does not look like a number. */
  static long kilobytes(Map<String, String> metadata) {
    String held = metadata.getOrDefault(HELD, "");
    return held.matches("[0-9]{1,10}") ? Gibibytes.inKilobytes(Long.parseLong(held)) : 0;
  }

  boolean isEmpty() {
    return gibibytes.isEmpty();
  }

  /** Metadata in GiB. */
  Map<String, String> metadata() {
    long all = gibibytes.stream().mapToLong(Long::longValue).sum();
    return isEmpty() ? Map.of() : Map.of(HELD, Long.toString(all));
  }

  /** Once disks are named, nova wants the first one named too. */
  void into(CreateServerOptions options, String image) {
    if (isEmpty()) return;
    Set<BlockDeviceMapping> disks = new LinkedHashSet<>();
    disks.add(
        BlockDeviceMapping.builder()
            .uuid(image)
            .sourceType("image")
            .destinationType("local")
            .bootIndex(0)
            .deleteOnTermination(true)
            .build());
    gibibytes.forEach(size -> disks.add(blank(size, -disks.size())));
    options.blockDeviceMappings(disks);
  }

  /**
   * @param index below 0, for nothing boots from it, and its own, for a set holds equals once
   */
  private static BlockDeviceMapping blank(long gibibytes, int index) {
    return BlockDeviceMapping.builder()
        .sourceType("blank")
        .destinationType("volume")
        .volumeSize((int) Math.min(gibibytes, MOST))
        .bootIndex(index)
        .deleteOnTermination(true)
        .build();
  }
}
