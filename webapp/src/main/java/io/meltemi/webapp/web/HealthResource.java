package io.meltemi.webapp.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code /health}: open to everybody, so it tells states and reasons and no details. */
@Path("/health")
public final class HealthResource {
  private final Readiness readiness;

  public HealthResource(Readiness readiness) {
    this.readiness = readiness;
  }

  /** The process runs and answers. */
  @GET
  @Path("live")
  public Response live() {
    return told(List.of(), "live");
  }

  /** The broker can do its work. */
  @GET
  @Path("ready")
  public Response ready() {
    return told(readiness.missing(), "ready");
  }

  private static Response told(List<String> missing, String good) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", missing.isEmpty() ? good : "not " + good);
    missing.forEach(body.putArray("missing")::add);
    if (missing.isEmpty()) body.remove("missing");
    return Response.status(missing.isEmpty() ? 200 : 503)
        .header("Content-Type", "application/json")
        .header("Cache-Control", "no-store")
        .entity((body + "\n").getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
