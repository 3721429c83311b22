package io.meltemi.api;

import io.meltemi.api.handler.Answer;
import io.meltemi.api.handler.Ask;
import io.meltemi.api.handler.Door;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Face;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked outside all resources, or with a verb that nobody knows, gets a Job too. */
@Provider
public final class Elsewhere implements ExceptionMapper<WebApplicationException> {
  private final Door door;
  @Context private @Nullable UriInfo uri;
  @Context private @Nullable HttpHeaders headers;
  @Context private @Nullable Request request;

  Elsewhere(Door door) {
    this.door = door;
  }

  @Override
  public Response toResponse(WebApplicationException exception) {
    int status = exception.getResponse().getStatus();
    Answer answer = door.refuse(ask(), problem(status));
    Response worded = Asks.response(answer);
    List<Object> allowed = exception.getResponse().getHeaders().get("Allow");
    return allowed == null || allowed.isEmpty()
        ? worded
        : Response.fromResponse(worded).header("Allow", allowed.getFirst()).build();
  }

  private Ask ask() {
    if (uri == null || headers == null || request == null) {
      throw new IllegalStateException("not registered at an application");
    }
    HttpHeaders sent = headers;
    String path = Asks.path(uri);
    return Asks.of(
        uri,
        request.getMethod(),
        name -> sent.getRequestHeaders().getOrDefault(name, List.of()),
        path.startsWith(Face.CIMI_1.path()) ? Face.CIMI_1 : Face.CIMI_2,
        door.nextRequestId());
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 404 ->
          Problem.of(
              404,
              "resource.unknown",
              "There is nothing here.",
              "Begin at /cimi/2/cloudEntryPoint, /cimi/1/cloudEntryPoint or /broker/1/entryPoint.");
      case 405 ->
          Problem.of(
              405,
              "request.method",
              "This method is not possible here.",
              "Use one that the header Allow names.");
      default ->
          Problem.of(
              status,
              "request.refused",
              "The request cannot be served as it stands.",
              "Compare it with the API's description at /openapi.");
    };
  }
}
