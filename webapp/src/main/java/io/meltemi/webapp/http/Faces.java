package io.meltemi.webapp.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.meltemi.api.handler.Answer;
import io.meltemi.api.handler.Ask;
import io.meltemi.model.schema.Face;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.glassfish.jersey.uri.UriComponent;

/**
 * Hands what is asked below a face to the doors themselves: the way through Jersey would cost a
 * third of what a GET takes. Paths and queries are read as Jersey reads them.
 */
final class Faces {
  private final Function<Ask, Answer> doors;
  private final Supplier<String> ids;

  Faces(Function<Ask, Answer> doors, Supplier<String> ids) {
    this.doors = doors;
    this.ids = ids;
  }

  /** The answer of the door to which the path leads; empty when it leads elsewhere. */
  Optional<Answer> answer(ServerRequest request, InputStream body, URI base) {
    String path =
        UriComponent.decode(request.prologue().uriPath().rawPath(), UriComponent.Type.PATH);
    return Face.at(path).map(face -> doors.apply(ask(request, body, base, face, path)));
  }

  private Ask ask(ServerRequest request, InputStream body, URI base, Face face, String path) {
    ServerRequestHeaders headers = request.headers();
    return new Ask(
        ids.get(),
        request.prologue().method().text(),
        face,
        base.toString(),
        face.below(path),
        UriComponent.decodeQuery(request.prologue().query().rawValue(), true),
        name -> all(headers, name),
        body);
  }

  private static List<String> all(Headers headers, String name) {
    return headers.find(HeaderNames.create(name)).map(Header::allValues).orElse(List.of());
  }
}
