package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import java.util.function.Function;
import java.util.function.Supplier;

/** What machines go on without: its failure is the discovery's only when it asks for a pause. */
final class SideService {
  private volatile boolean rested;

  /**
   * What it tells, or what is left without it.
   *
   * @throws ConnectorException when it asks for a pause, and did not the last time: it is there
   */
  <T> T told(Supplier<T> question, Function<ConnectorException, T> without) {
    try {
      T told = question.get();
      rested = false;
      return told;
    } catch (ConnectorException e) {
      boolean restedBefore = rested;
      rested = e.retryAfter().isPresent();
      if (rested && !restedBefore) throw e;
      return without.apply(e);
    }
  }
}
