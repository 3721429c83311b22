package io.meltemi.api;

import io.meltemi.api.handler.Door;
import io.meltemi.model.schema.Face;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** {@code /openapi}: the description of the API. */
@Path("/openapi")
public final class OpenApiResource {
  private final Door door;

  public OpenApiResource(Door door) {
    this.door = door;
  }

  @GET
  public Response get(@Context ContainerRequestContext request) {
    return Asks.response(door.describe(Asks.of(request, Face.CIMI_2, door.nextRequestId())));
  }
}
