package io.meltemi.connector.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a partition of a node shall be: a state to reach, not a command, so it may be repeated. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WantedMachine.class, name = "machine"),
  @JsonSubTypes.Type(value = WantedImage.class, name = "image"),
  @JsonSubTypes.Type(value = WantedConsole.class, name = "console"),
  @JsonSubTypes.Type(value = WantedVolume.class, name = "volume"),
  @JsonSubTypes.Type(value = WantedSnapshot.class, name = "snapshot")
})
public sealed interface Wanted
    permits WantedMachine, WantedImage, WantedConsole, WantedVolume, WantedSnapshot {
  /** The partition's id, unique on its node; also its folder's name there. */
  String id();

  /** The token written on it. */
  String token();
}
