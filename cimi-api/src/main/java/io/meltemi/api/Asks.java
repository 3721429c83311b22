package io.meltemi.api;

import io.meltemi.api.handler.Answer;
import io.meltemi.api.handler.Ask;
import io.meltemi.model.schema.Face;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;

/** Between JAX-RS and the doors. */
final class Asks {
  private static final MediaType XML = MediaType.APPLICATION_XML_TYPE.withCharset("UTF-8");

  private Asks() {}

  static Ask of(ContainerRequestContext request, Face face, String id) {
    UriInfo uri = request.getUriInfo();
    return new Ask(
        id,
        request.getMethod(),
        face,
        root(uri),
        face.below(path(uri)),
        uri.getQueryParameters(),
        name -> request.getHeaders().getOrDefault(name, List.of()),
        request.getEntityStream());
  }

  /** A request whose body nobody reads any more. */
  static Ask of(UriInfo uri, String method, Ask.Headers headers, Face face, String id) {
    return new Ask(
        id,
        method,
        face,
        root(uri),
        face.below(path(uri)),
        uri.getQueryParameters(),
        headers,
        InputStream.nullInputStream());
  }

  private static String root(UriInfo uri) {
    String text = uri.getBaseUri().toString();
    return text.endsWith("/") ? text : text + "/";
  }

  /** The decoded path, with a slash at its beginning. */
  static String path(UriInfo uri) {
    String path = uri.getPath();
    return path.startsWith("/") ? path : "/" + path;
  }

  static Response response(Answer answer) {
    Response.ResponseBuilder builder = Response.status(answer.status());
    for (Answer.Header header : answer.headers()) builder.header(header.name(), header.value());
    switch (answer.content()) {
      case Answer.Content.None none -> {}
      case Answer.Content.Whole whole -> builder.type(type(whole.type())).entity(whole.bytes());
      case Answer.Content.Stream stream ->
          builder
              .type(type(stream.type()))
              .entity((StreamingOutput) out -> stream.writer().write(out));
    }
    return builder.build();
  }

  /** Those of nearly all answers are not read anew each time. */
  private static MediaType type(String text) {
    return switch (text) {
      case "application/json" -> MediaType.APPLICATION_JSON_TYPE;
      case "application/xml;charset=UTF-8" -> XML;
      default -> MediaType.valueOf(text);
    };
  }
}
