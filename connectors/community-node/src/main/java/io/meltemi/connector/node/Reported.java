package io.meltemi.connector.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a node says that a partition is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ReportedMachine.class, name = "machine"),
  @JsonSubTypes.Type(value = ReportedImage.class, name = "image"),
  @JsonSubTypes.Type(value = ReportedConsole.class, name = "console"),
  @JsonSubTypes.Type(value = ReportedVolume.class, name = "volume"),
  @JsonSubTypes.Type(value = ReportedSnapshot.class, name = "snapshot")
})
public sealed interface Reported
    permits ReportedMachine, ReportedImage, ReportedConsole, ReportedVolume, ReportedSnapshot {
  String id();

  /** Number of the wanted row that the node acted on last. */
  long number();

  /** The partition is gone with all its data. */
  boolean absent();

  /** Empty when all is well. */
  String reason();
}
