package io.meltemi.connector.scripted;

import io.meltemi.connector.Images;
import java.time.Instant;
import java.util.Map;

/**
 * A snapshot of a volume of the scripted cloud.
 *
 * @param volume it was taken of; it may be gone
 * @param ready when volumes can be made of it
 */
public record ScriptedSnapshot(
    String id,
    String name,
    String volume,
    String place,
    long capacityKilobytes,
    Map<String, String> tags,
    Images.State state,
    Instant ready) {

  ScriptedSnapshot made() {
    return new ScriptedSnapshot(
        id, name, volume, place, capacityKilobytes, tags, Images.State.READY, ready);
  }
}
