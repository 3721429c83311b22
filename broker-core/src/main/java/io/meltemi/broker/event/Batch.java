package io.meltemi.broker.event;

import java.util.List;

/** What a reader of events gets next. */
public sealed interface Batch {
  /** The next events, at least one. */
  record News(List<Happening> events) implements Batch {
    public News {
      events = List.copyOf(events);
    }
  }

  /**
   * Events were missed for good: read again what is needed, then go on from here.
   *
   * @param position after which the stream goes on
   */
  record Resync(long position) implements Batch {}

  /** Nothing happened in the time that was waited. */
  record Quiet() implements Batch {}

  /** The feed ends: the broker stops, or the reader may no longer read. */
  record Over() implements Batch {}
}
