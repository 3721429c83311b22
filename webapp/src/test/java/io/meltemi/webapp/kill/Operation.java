package io.meltemi.webapp.kill;

import java.time.Duration;

/** What is asked for while somebody is killed. */
enum Operation {
  CREATE("create"),
  STOP("stop"),
  CAPTURE("capture"),
  MOMENT("machine snapshot"),
  RESTORE("restore"),
  DELETE("delete"),
  CREATE_LOST("create, answer lost"),
  CREATE_LATE("create, answer lost, carried out later"),
  CREATE_TOO_LATE("create, carried out when nobody waits any more"),
  VOLUME("volume"),
  ATTACH("attach"),
  DETACH("detach"),
  SNAPSHOT("snapshot"),
  DELETE_VOLUME("delete volume");

  private final String words;

  Operation(String words) {
    this.words = words;
  }

  boolean creates() {
    return words.startsWith(CREATE.words);
  }

  /** An image or snapshot with a name of its own. */
  boolean takesImage() {
    return this == CAPTURE || this == MOMENT || this == SNAPSHOT;
  }

  /**
   * True where a kill may leave what nobody can decide: an answer lost for good, and an image that
   * was meant to be asked for, of which the provider knows nothing.
   */
  boolean mayFail() {
    return takesImage() || (creates() && this != CREATE);
  }

  boolean ends() {
    return this == DELETE || this == DELETE_VOLUME;
  }

  /**
   * True when the point is worth a kill although a plain creation passes it too: from the ask on,
   * something else stands at the provider.
   */
  boolean isSpecial(String point) {
    return point.startsWith("CreateAsk.");
  }

  /** How late the provider carries it out. */
  Duration delay() {
    return switch (this) {
      case CREATE_LATE -> Duration.ofSeconds(2);
      case CREATE_TOO_LATE -> Duration.ofSeconds(13);
      default -> Duration.ZERO;
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
