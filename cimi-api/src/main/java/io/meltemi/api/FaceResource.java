package io.meltemi.api;

import io.meltemi.api.handler.Door;
import io.meltemi.model.schema.Face;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** All resources of one face: every path and verb goes to the door, which reads the tables. */
public abstract class FaceResource {
  private final Face face;
  private final Door door;

  FaceResource(Face face, Door door) {
    this.face = face;
    this.door = door;
  }

  @GET
  @Path("{path: .*}")
  public Response get(@Context ContainerRequestContext request) {
    return answer(request);
  }

  @HEAD
  @Path("{path: .*}")
  public Response head(@Context ContainerRequestContext request) {
    return answer(request);
  }

  @POST
  @Path("{path: .*}")
  public Response post(@Context ContainerRequestContext request) {
    return answer(request);
  }

  @PUT
  @Path("{path: .*}")
  public Response put(@Context ContainerRequestContext request) {
    return answer(request);
  }

  @DELETE
  @Path("{path: .*}")
  public Response delete(@Context ContainerRequestContext request) {
    return answer(request);
  }

  @OPTIONS
  @Path("{path: .*}")
  public Response options(@Context ContainerRequestContext request) {
    return answer(request);
  }

  @PATCH
  @Path("{path: .*}")
  public Response patch(@Context ContainerRequestContext request) {
    return answer(request);
  }

  private Response answer(ContainerRequestContext request) {
    return Asks.response(door.answer(Asks.of(request, face, door.nextRequestId())));
  }
}
