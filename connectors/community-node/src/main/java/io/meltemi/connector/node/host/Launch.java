package io.meltemi.connector.node.host;

import io.meltemi.connector.node.ReportedMachine.Endpoint;
import java.util.List;

/**
 * One start of a guest's process.
 *
 * @param number which start of the machine it is
 * @param memory the guest waits for its saved memory
 */
public record Launch(long number, List<Endpoint> endpoints, List<Plug> volumes, boolean memory) {
  public Launch {
    endpoints = List.copyOf(endpoints);
    volumes = List.copyOf(volumes);
  }
}
