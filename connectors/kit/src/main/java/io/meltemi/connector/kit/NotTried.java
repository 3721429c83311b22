package io.meltemi.connector.kit;

import java.io.Serial;
import org.opentest4j.TestAbortedException;

/** A behaviour could not be tried. */
final class NotTried extends TestAbortedException {
  @Serial private static final long serialVersionUID = 1L;

  private NotTried(String outcome) {
    super(outcome);
  }

  /** The rig lacks what it takes. */
  static NotTried power(String name) {
    return new NotTried("not tried: " + name);
  }

  /** The connector does not say that it can. */
  static NotTried unsupported(String ability) {
    return new NotTried("unsupported: " + ability);
  }
}
