package io.meltemi.connector;

import io.meltemi.pivot.VolumeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A volume as its provider shows it now.
 *
 * @param token the token written on it; empty when it bears none of ours
 * @param state what the provider says, in CIMI's words; an attached volume is AVAILABLE
 * @param reason the provider's words on an error
 * @param name the provider's name of it
 * @param capacityKilobytes what it holds, in units of 1000 bytes
 * @param attachments where it is attached; what is still on its way there is not listed, what is on
 *     its way off is
 * @param observed when
 */
public record VolumeObservation(
    Handle handle,
    Optional<Token> token,
    VolumeState state,
    Optional<String> reason,
    String name,
    long capacityKilobytes,
    List<Attachment> attachments,
    Instant observed) {

  public VolumeObservation {
    attachments = List.copyOf(attachments);
  }

  /**
   * @param device where the machine sees it, for instance {@code /dev/vdb}; empty when the provider
   *     does not tell
   * @param leaving on its way off
   */
  public record Attachment(Handle machine, Optional<String> device, boolean leaving) {
    /** One that stays. */
    public Attachment(Handle machine, Optional<String> device) {
      this(machine, device, false);
    }
  }

  public boolean attachedTo(Handle machine) {
    return attachments.stream().anyMatch(each -> each.machine().equals(machine));
  }

  /** True when it is attached there and not on its way off. */
  public boolean staysAt(Handle machine) {
    return attachments.stream().anyMatch(each -> each.machine().equals(machine) && !each.leaving());
  }
}
