package io.meltemi.webapp;

import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The JAX-RS application: objects that we made ourselves. */
final class Resources extends Application {
  private final Set<Object> resources;

  Resources(Set<Object> resources) {
    this.resources = Set.copyOf(resources);
  }

  @Override
  @SuppressWarnings("deprecation") // instances are the point: nothing is made by reflection
  public Set<Object> getSingletons() {
    return resources;
  }
}
