package io.meltemi.api;

import io.meltemi.api.handler.Door;
import io.meltemi.model.schema.Face;
import jakarta.ws.rs.Path;

/** CIMI 2.0. */
@Path("/cimi/2")
public final class Cimi2Resource extends FaceResource {
  public Cimi2Resource(Door door) {
    super(Face.CIMI_2, door);
  }
}
