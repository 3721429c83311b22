package io.meltemi.api;

import io.meltemi.api.handler.Door;
import io.meltemi.model.schema.Face;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/**
 * Every path and verb below a face goes to the door, which reads the tables, where a server did not
 * hand them over by itself. That happens before JAX-RS matches anything: its routing would find one
 * method for all of them, and be a seventh of a GET's cost.
 */
@Provider
@PreMatching
public final class FaceFilter implements ContainerRequestFilter {
  private final Door door;

  FaceFilter(Door door) {
    this.door = door;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Face.at(Asks.path(request.getUriInfo()))
        .map(face -> door.answer(Asks.of(request, face, door.nextRequestId())))
        .ifPresent(answer -> request.abortWith(Asks.response(answer)));
  }
}
