package io.meltemi.webapp.kill;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** What is asked for while somebody is killed. */
enum Operation {
  CREATE("create"),
  STOP("stop"),
  CAPTURE("capture"),
  MOMENT("machine snapshot"),
  RESTORE("restore"),
  DELETE_MOMENT("delete machine snapshot"),
  DELETE("delete"),
  CREATE_LOST("create, answer lost"),
  CREATE_LATE("create, answer lost, carried out later"),
  CREATE_TOO_LATE("create, carried out when nobody waits any more"),
  VOLUME("volume"),
  ATTACH("attach"),
  DETACH("detach"),
  SNAPSHOT("snapshot"),
  DELETE_VOLUME("delete volume"),
  NETWORK("network"),
  CREATE_INSIDE("create in a network of one's own"),
  DELETE_NETWORK("delete network"),
  CREATE_REACHED("create with floating address"),
  DELETE_REACHED("delete with floating address");

  /** What has to do with snapshots of machines. */
  static final Set<Operation> OF_MOMENTS = EnumSet.of(MOMENT, RESTORE, DELETE_MOMENT);

  /** What has to do with networks of one's own. */
  static final Set<Operation> OF_NETWORKS = EnumSet.of(NETWORK, CREATE_INSIDE, DELETE_NETWORK);

  /** What has to do with floating addresses. */
  static final Set<Operation> OF_ADDRESSES = EnumSet.of(CREATE_REACHED, DELETE_REACHED);

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

  /** About an image or snapshot, new or not. */
  boolean concernsImage() {
    return takesImage() || this == DELETE_MOMENT;
  }

  /**
   * True where a kill may leave what nobody can decide: an answer lost for good, and an image that
   * was meant to be asked for, of which the provider knows nothing.
   */
  boolean mayFail() {
    return takesImage() || words.startsWith(CREATE.words + ",");
  }

  boolean ends() {
    return words.startsWith(DELETE.words);
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
