package io.meltemi.webapp.web;

import io.meltemi.connector.NodeDoor;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * {@code /node/1/…}: where nodes dial in. They prove who they are by the signature of each request,
 * which the nodes' own protocol checks.
 */
@Path("/node/1")
public final class NodeResource {
  private final NodeDoor door;

  public NodeResource(NodeDoor door) {
    this.door = door;
  }

  @POST
  @Path("{route: enrol|sync|report}")
  public Response post(@Context ContainerRequestContext request, @PathParam("route") String route)
      throws IOException {
    byte[] body = request.getEntityStream().readNBytes(door.mostBytes() + 1);
    NodeDoor.Answer answer = door.answer("POST", "/node/1/" + route, headers(request), body);
    return Response.status(answer.status())
        .header("Content-Type", "application/json")
        .header("Cache-Control", "no-store")
        .entity(answer.body())
        .build();
  }

  private static Map<String, String> headers(ContainerRequestContext request) {
    Map<String, String> headers = new HashMap<>();
    request
        .getHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return headers;
  }
}
