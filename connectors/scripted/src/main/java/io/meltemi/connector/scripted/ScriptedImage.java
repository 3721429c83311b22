package io.meltemi.connector.scripted;

import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import java.time.Instant;
import java.util.Map;

/**
 * An image captured in the scripted cloud.
 *
 * @param ready when it can be booted
 */
public record ScriptedImage(
    Inventory.Image image, Map<String, String> tags, Images.State state, Instant ready) {

  ScriptedImage made() {
    return new ScriptedImage(image, tags, Images.State.READY, ready);
  }
}
