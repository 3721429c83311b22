package io.meltemi.webapp.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Jersey's container on Helidon, and the doors beside Jersey. A request stays on its virtual thread
 * from the first byte to the last, so that waiting and streaming need nothing more.
 */
final class JerseyContainer implements Handler {
  private static final HeaderName REQUEST = HeaderNames.create("Meltemi-Request");

  /** What is read and thrown away of a body that nobody wanted, so that the answer arrives. */
  private static final long MOST_THROWN_AWAY = 4L << 20;

  private final Faces faces;
  private final ApplicationHandler application;
  private final Hosts hosts;
  private final SlowClients clients;
  private final Refusals refusals;
  private final List<Header> everyAnswer;
  private final Supplier<String> ids;
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean draining;

  JerseyContainer(
      Faces faces,
      ApplicationHandler application,
      Hosts hosts,
      SlowClients clients,
      Refusals refusals,
      List<Header> everyAnswer,
      Supplier<String> ids) {
    this.faces = faces;
    this.application = application;
    this.hosts = hosts;
    this.clients = clients;
    this.refusals = refusals;
    this.everyAnswer = List.copyOf(everyAnswer);
    this.ids = ids;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    for (Header header : everyAnswer) response.header(header);
    if (!http1(request)) clients.upgraded(request.socketId());
    Optional<URI> base = hosts.base(request.authority());
    if (base.isEmpty()) {
      clients.done();
      refusals.foreignHost(response);
      throw new CloseConnectionException("a foreign host");
    }
    running.incrementAndGet();
    clients.readingBody();
    Body body = new Body(request);
    Reply reply = new Reply(request, response, body);
    Optional<Refusal> wrong = Queries.wrong(request.prologue().query().rawValue());
    try {
      if (draining) refuseToBegin(request, response);
      else if (wrong.isPresent()) refuse(request, response, wrong.get());
      else answer(request, base.get(), body, reply);
      if (reply.nothingSent()) nothingSent(response, body);
      body.finish();
      if (body.broken() || hangUp(request, response)) {
        throw new CloseConnectionException("the last request of this connection");
      }
    } finally {
      clients.done();
      running.decrementAndGet();
    }
  }

  private void refuse(ServerRequest request, ServerResponse response, Refusal refusal) {
    if (http1(request)) response.header(HeaderValues.CONNECTION_CLOSE);
    refusals.refuse(response, refusal);
  }

  private void refuseToBegin(ServerRequest request, ServerResponse response) {
    if (http1(request)) response.header(HeaderValues.CONNECTION_CLOSE);
    refusals.stopping(response);
  }

  private void answer(ServerRequest request, URI base, Body body, Reply reply) {
    try {
      faces
          .answer(request, body, base)
          .ifPresentOrElse(
              reply::send, () -> application.handle(translate(request, body, base, reply)));
    } catch (RuntimeException e) {
      if (reply.untaken()) throw new CloseConnectionException("the client took no answer", e);
      throw e;
    }
  }

  private static void nothingSent(ServerResponse response, Body body) {
    body.throwWhatBroke();
    response.status(Status.INTERNAL_SERVER_ERROR_500).send();
  }

  private static boolean hangUp(ServerRequest request, ServerResponse response) {
    return http1(request) && (closes(request.headers()) || closes(response.headers()));
  }

  private static boolean closes(Headers headers) {
    return headers.contains(HeaderNames.CONNECTION)
        && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
  }

  private static boolean http1(ServerRequest request) {
    return request.prologue().protocolVersion().startsWith("1");
  }

  /** Requests that are being answered. */
  int running() {
    return running.get();
  }

  /** From now on every answer is the last of its connection, and nothing is begun. */
  void drain() {
    draining = true;
  }

  private ContainerRequest translate(
      ServerRequest request, InputStream body, URI base, Reply reply) {
    ContainerRequest translated =
        new ContainerRequest(
            base,
            target(base, request),
            request.prologue().method().text(),
            Nobody.INSTANCE,
            new MapPropertiesDelegate());
    for (Header header : request.headers()) {
      translated.getRequestHeaders().put(header.name(), new ArrayList<>(header.allValues()));
    }
    translated.setEntityStream(body);
    translated.setWriter(reply);
    return translated;
  }

  private static URI target(URI base, ServerRequest request) {
    String path = request.prologue().uriPath().rawPath();
    String query = request.prologue().query().rawValue();
    String root = base.toString();
    String whole = root.substring(0, root.length() - 1) + path;
    return URI.create(query.isEmpty() ? whole : whole + "?" + query);
  }

  /** The request's body; what is left of it when the answer is sent is thrown away or cut off. */
  final class Body extends InputStream {
    private final ServerRequest request;
    private boolean ended;
    private @Nullable InputStream source;
    private @Nullable RuntimeException broken;

    Body(ServerRequest request) {
      this.request = request;
      this.ended = !request.content().hasEntity();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (ended) return -1;
      try {
        if (source == null) source = request.content().inputStream();
        int count = source.read(bytes, offset, length);
        if (count < 0) {
          ended = true;
          clients.working();
        }
        return count;
      } catch (RuntimeException e) {
        broken = e;
        throw new IOException("the body is broken", e);
      }
    }

    boolean broken() {
      return broken != null;
    }

    void throwWhatBroke() {
      if (broken instanceof RequestException request) throw request;
      if (broken != null) throw new CloseConnectionException("a broken body", broken);
    }

    boolean ended() {
      return ended;
    }

    /** Throws the rest away, as far as that is little, and ends the connection. */
    void finish() {
      if (ended || broken != null) return;
      clients.readingBody();
      byte[] waste = new byte[8192];
      try {
        for (long left = MOST_THROWN_AWAY; left > 0 && !ended; ) {
          left -= Math.max(0, read(waste, 0, waste.length));
        }
      } catch (IOException | RuntimeException e) {
        throw new CloseConnectionException("the client sent no whole body", e);
      }
    }
  }

  /** One answer, from a door or from Jersey to Helidon. */
  private final class Reply extends AnswerWriter {
    private final Body body;

    Reply(ServerRequest request, ServerResponse response, Body body) {
      super(request, response, clients);
      this.body = body;
    }

    @Override
    boolean clientsFault() {
      return body.broken();
    }

    @Override
    void beforeSending(ServerRequest request, ServerResponse response) {
      if (http1(request) && (!body.ended() || draining)) {
        response.header(HeaderValues.CONNECTION_CLOSE);
      }
      if (!response.headers().contains(REQUEST)) response.header(REQUEST, ids.get());
    }
  }
}
