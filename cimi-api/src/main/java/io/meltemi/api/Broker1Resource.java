package io.meltemi.api;

import io.meltemi.api.handler.Door;
import io.meltemi.model.schema.Face;
import jakarta.ws.rs.Path;

/** What CIMI has no word for. */
@Path("/broker/1")
public final class Broker1Resource extends FaceResource {
  public Broker1Resource(Door door) {
    super(Face.BROKER_1, door);
  }
}
