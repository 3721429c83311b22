package io.meltemi.connector.scripted;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.VolumeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A volume of the scripted cloud.
 *
 * @param request what was asked for
 * @param until when what is under way is over; empty when nothing is
 * @param reason why it is, or will be, in ERROR
 */
public record ScriptedVolume(
    String id,
    Change.CreateVolume request,
    VolumeState state,
    Optional<Instant> until,
    Optional<String> reason,
    List<Attachment> attachments) {

  public ScriptedVolume {
    attachments = List.copyOf(attachments);
  }

  /** How far an attachment is. */
  public enum Stage {
    COMING,
    THERE,
    GOING
  }

  /**
   * @param until when the next stage comes
   */
  public record Attachment(String machine, String device, Stage stage, Optional<Instant> until) {
    Attachment at(Stage next, Optional<Instant> over) {
      return new Attachment(machine, device, next, over);
    }
  }

  Amount amount() {
    return new Amount(0, 0, 0, request.capacityKilobytes(), 1);
  }

  Optional<Attachment> at(String machine) {
    return attachments.stream().filter(each -> each.machine().equals(machine)).findFirst();
  }

  ScriptedVolume becomes(VolumeState now, Optional<Instant> over) {
    return new ScriptedVolume(id, request, now, over, reason, attachments);
  }

  ScriptedVolume because(String why) {
    return new ScriptedVolume(id, request, state, until, Optional.of(why), attachments);
  }

  /** The same with the amount's disk as its capacity. */
  ScriptedVolume sized(Amount size) {
    return asking(request.holding(size.diskKilobytes()));
  }

  /** The same under that name. */
  ScriptedVolume named(String name) {
    return asking(request.named(name));
  }

  private ScriptedVolume asking(Change.CreateVolume other) {
    return new ScriptedVolume(id, other, state, until, reason, attachments);
  }

  ScriptedVolume attached(List<Attachment> now) {
    return new ScriptedVolume(id, request, state, until, reason, now);
  }
}
