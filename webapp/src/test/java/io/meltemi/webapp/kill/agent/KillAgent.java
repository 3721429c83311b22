package io.meltemi.webapp.kill.agent;

import java.lang.instrument.Instrumentation;

/** A Java agent; its argument is the socket at which the campaign listens. */
public final class KillAgent {
  private KillAgent() {}

  public static void premain(String socket, Instrumentation instrumentation) {
    instrumentation.addTransformer(new Marker(new Orders(socket)));
  }
}
