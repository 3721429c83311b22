package io.meltemi.connector.vsphere;

import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.pivot.Capability;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the account's privileges on its folder let it do.
 *
 * @param create whether machines can be made at all
 * @param attach whether first-class disks can be put to machines and taken off
 */
record Abilities(boolean create, boolean attach, Set<Capability> known) {
  private static final String POWER_ON = "VirtualMachine.Interact.PowerOn";
  private static final String POWER_OFF = "VirtualMachine.Interact.PowerOff";
  private static final String RESET = "VirtualMachine.Interact.Reset";
  private static final String SUSPEND = "VirtualMachine.Interact.Suspend";
  private static final String CREATE = "VirtualMachine.Inventory.CreateFromExisting";
  private static final Set<String> DISKS =
      Set.of("VirtualMachine.Config.AddExistingDisk", "VirtualMachine.Config.RemoveDisk");
  private static final String TEMPLATE = "VirtualMachine.Provisioning.CreateTemplateFromVM";

  private static final List<String> SNAPSHOTS =
      List.of(
          "VirtualMachine.State.CreateSnapshot",
          "VirtualMachine.State.RevertToSnapshot",
          "VirtualMachine.State.RemoveSnapshot");

  /** A forced restart goes under the name of a forced stop, so that takes both. */
  private static final Map<Capability, List<String>> NEEDED =
      Map.of(
          Capability.START, List.of(POWER_ON),
          Capability.STOP, List.of(POWER_OFF),
          Capability.FORCE_STOP, List.of(POWER_OFF, RESET),
          Capability.RESTART, List.of(RESET),
          Capability.SUSPEND, List.of(SUSPEND),
          Capability.CAPTURE, List.of(CREATE, TEMPLATE),
          Capability.MACHINE_SNAPSHOT, SNAPSHOTS,
          Capability.USER_DATA, List.of(),
          Capability.LOGIN_KEY, List.of(),
          Capability.FREE_SIZE, List.of());

  static Abilities of(VCenter vcenter, Ref folder) {
    Set<String> asked =
        Stream.concat(NEEDED.values().stream().flatMap(List::stream), DISKS.stream())
            .collect(Collectors.toSet());
    Set<String> granted = vcenter.privileges(folder, asked);
    Set<Capability> known = EnumSet.noneOf(Capability.class);
    NEEDED.forEach((ability, privileges) -> {
      if (granted.containsAll(privileges)) {
        known.add(ability);
      }
    });
    return new Abilities(granted.contains(CREATE), granted.containsAll(DISKS), known);
  }

  /**
   * What works at a cluster.
   *
   * @param volumes whether its hosts have a datastore for them
   */
  Set<Capability> at(VCenter vcenter, boolean volumes) {
    Set<Capability> all = EnumSet.copyOf(known);
    if (volumes) {
      all.add(Capability.VOLUME_CREATE);
      if (vcenter.snapshotsDisks()) {
        all.add(Capability.VOLUME_SNAPSHOT);
      }
      if (attach) {
        all.add(Capability.VOLUME_ATTACH);
      }
    }
    return all;
  }
}
