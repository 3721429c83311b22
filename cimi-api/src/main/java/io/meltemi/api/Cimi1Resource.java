package io.meltemi.api;

import io.meltemi.api.handler.Door;
import io.meltemi.model.schema.Face;
import jakarta.ws.rs.Path;

/** CIMI 1.x. */
@Path("/cimi/1")
public final class Cimi1Resource extends FaceResource {
  public Cimi1Resource(Door door) {
    super(Face.CIMI_1, door);
  }
}
