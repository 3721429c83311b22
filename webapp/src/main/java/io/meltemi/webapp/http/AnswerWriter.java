package io.meltemi.webapp.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.meltemi.api.handler.Answer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an answer of a door or of Jersey: whole when it is an array of bytes, else as a stream.
 */
abstract class AnswerWriter implements ContainerResponseWriter {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);

  private final ServerRequest request;
  private final ServerResponse response;
  private final SlowClients clients;
  private @Nullable OutputStream stream;
  private boolean untaken;

  AnswerWriter(ServerRequest request, ServerResponse response, SlowClients clients) {
    this.request = request;
    this.response = response;
    this.clients = clients;
  }

  /** True when the request itself was broken. */
  abstract boolean clientsFault();

  /** Called when the headers are complete. */
  abstract void beforeSending(ServerRequest asked, ServerResponse answer);

  /** Sends the whole answer of a door. */
  void send(Answer answer) {
    response.status(Status.create(answer.status()));
    for (Answer.Header header : answer.headers()) {
      response.headers().add(HeaderValues.create(header.name(), header.value()));
    }
    switch (answer.content()) {
      case Answer.Content.None none -> nothing();
      case Answer.Content.Whole whole -> {
        response.header(HeaderNames.CONTENT_TYPE, whole.type());
        whole(whole.bytes());
      }
      case Answer.Content.Stream content -> {
        response.header(HeaderNames.CONTENT_TYPE, content.type());
        write(content.writer());
      }
    }
  }

  private void write(Answer.Writer writer) {
    try {
      if (head()) nothing();
      else writer.write(stream());
    } catch (IOException e) {
      LOG.debug("An answer was not taken", e);
    } catch (RuntimeException e) {
      LOG.error("An answer broke off", e);
      throw new CloseConnectionException("an answer that broke off", e);
    }
  }

  @Override
  public OutputStream writeResponseStatusAndHeaders(long length, ContainerResponse answer) {
    response.status(Status.create(answer.getStatus()));
    for (Map.Entry<String, List<String>> header : answer.getStringHeaders().entrySet()) {
      response.header(header.getKey(), header.getValue().toArray(String[]::new));
    }
    if (answer.getEntity() instanceof byte[] bytes) return whole(bytes);
    return answer.hasEntity() ? stream() : nothing();
  }

  private OutputStream nothing() {
    begin();
    return sent(response::send);
  }

  private OutputStream whole(byte[] bytes) {
    begin();
    if (!head()) return sent(() -> response.send(bytes));
    response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
    return sent(response::send);
  }

  private OutputStream stream() {
    if (head()) return nothing();
    begin();
    stream = response.outputStream();
    return new Watched(stream);
  }

  private void begin() {
    beforeSending(request, response);
    clients.writing();
  }

  private boolean head() {
    return request.prologue().method() == Method.HEAD;
  }

  /** True when nothing was answered; else the answer is complete afterwards. */
  boolean nothingSent() {
    if (stream == null) return !response.isSent();
    try {
      clients.writing();
      stream.close();
    } catch (IOException | RuntimeException e) {
      throw new CloseConnectionException("the client took no whole answer", e);
    }
    return false;
  }

  private OutputStream sent(Runnable sending) {
    try {
      sending.run();
      return OutputStream.nullOutputStream();
    } catch (RuntimeException e) {
      untaken = true;
      throw e;
    }
  }

  /** True when the client was gone before it had the answer. */
  boolean untaken() {
    return untaken;
  }

  @Override
  public void commit() {
    // everything was sent when it was written
  }

  @Override
  public void failure(Throwable failure) {
    if (untaken || response.isSent() || stream != null) {
      LOG.debug("An answer was not taken", failure);
    } else if (!clientsFault()) {
      LOG.error("A request failed outside the doors", failure);
    }
  }

  @Override
  public boolean suspend(long time, TimeUnit unit, @Nullable TimeoutHandler handler) {
    throw new IllegalStateException("Resources answer on the thread of their request");
  }

  @Override
  public void setSuspendTimeout(long time, TimeUnit unit) {
    throw new IllegalStateException("Resources answer on the thread of their request");
  }

  @Override
  public boolean enableResponseBuffering() {
    return false;
  }

  /** A stream whose writes must be taken in time; between them nothing is due. */
  private final class Watched extends FilterOutputStream {
    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      clients.writing();
      out.write(bytes, offset, length);
      clients.working();
    }

    @Override
    public void flush() throws IOException {
      clients.writing();
      out.flush();
      clients.working();
    }
  }
}
