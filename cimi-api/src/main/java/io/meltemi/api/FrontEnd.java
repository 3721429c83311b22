package io.meltemi.api;

import io.meltemi.api.handler.Door;
import java.util.Set;

/** All that a JAX-RS application registers to serve the faces: ready-made objects, no classes. */
public final class FrontEnd {
  private FrontEnd() {}

  public static Set<Object> of(Door door) {
    return Set.of(
        new FaceFilter(door),
        new OpenApiResource(door),
        new BytesWriter(),
        new StreamWriter(),
        new Elsewhere(door));
  }
}
