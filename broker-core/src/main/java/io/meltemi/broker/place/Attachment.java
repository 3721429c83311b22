package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A volume at a machine; kept under {@code _.attachments} of the volume's row.
 *
 * @param machine path of the machine
 * @param location where the machine shall see it, as the consumer says
 * @param device where the machine sees it, as the provider says
 */
public record Attachment(
    String machine, Stage stage, Optional<String> location, Optional<String> device) {
  /** How far it is. */
  public enum Stage {
    ATTACHING,
    ATTACHED,
    DETACHING
  }

  /** What a volume is, or is being, attached to. */
  public static List<Attachment> of(Row volume) {
    List<Attachment> all = new ArrayList<>();
    volume.inner().path("attachments").forEach(each -> all.add(read(each)));
    return all;
  }

  /** The attachment of a volume to a machine. */
  public static Optional<Attachment> of(Row volume, String machine) {
    return of(volume).stream().filter(each -> each.machine().equals(machine)).findFirst();
  }

  /** The volume's row with this attachment instead of an earlier one to the same machine. */
  public Row into(Row volume) {
    List<Attachment> all = new ArrayList<>(others(volume));
    all.add(this);
    return with(volume, all);
  }

  /** The volume's row without its attachment to a machine. */
  public static Row without(Row volume, String machine) {
    return with(
        volume, of(volume).stream().filter(each -> !each.machine().equals(machine)).toList());
  }

  public Attachment at(Stage now) {
    return new Attachment(machine, now, location, device);
  }

  public Attachment seenAs(Optional<String> name) {
    return new Attachment(machine, stage, location, name);
  }

  private List<Attachment> others(Row volume) {
    return of(volume).stream().filter(each -> !each.machine().equals(machine)).toList();
  }

  private static Row with(Row volume, List<Attachment> all) {
    ObjectNode inner = volume.inner().deepCopy();
    inner.remove("attachments");
    if (!all.isEmpty()) {
      ArrayNode list = inner.putArray("attachments");
      all.forEach(each -> each.write(list.addObject()));
    }
    return volume.withInner(inner);
  }

  private void write(ObjectNode json) {
    json.put("machine", machine).put("stage", stage.name());
    location.ifPresent(value -> json.put("location", value));
    device.ifPresent(value -> json.put("device", value));
  }

  private static Attachment read(JsonNode json) {
    return new Attachment(
        json.path("machine").asText(),
        Stage.valueOf(json.path("stage").asText()),
        Optional.ofNullable(json.path("location").textValue()),
        Optional.ofNullable(json.path("device").textValue()));
  }
}
