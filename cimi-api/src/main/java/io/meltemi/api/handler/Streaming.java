package io.meltemi.api.handler;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.event.Batch;
import io.meltemi.broker.event.EventFeed;
import io.meltemi.broker.event.Happening;
import io.meltemi.broker.identity.Identity;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event stream (Server-Sent Events). An event's id is its position: a client that comes back
 * with {@code Last-Event-ID} misses nothing, or is told so by an event {@code resync}.
 */
final class Streaming {
  private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);
  private static final String TYPE = "text/event-stream";

  /**
   * How long nothing may be sent: proxies and clients see that the stream lives. Credentials that
   * end by themselves end the stream within this time.
   */
  private static final Duration SILENCE = Duration.ofSeconds(4);

  private final EventFeed feed;
  private final Kinds kinds;

  Streaming(EventFeed feed, Kinds kinds) {
    this.feed = feed;
    this.kinds = kinds;
  }

  boolean wanted(Ask ask, Target.Collection collection) {
    return ask.face() == Face.BROKER_1
        && collection.path().equals("events")
        && ask.method().equals("GET")
        && ask.headers().all("Accept").stream().anyMatch(value -> value.contains(TYPE));
  }

  Answer open(Ask ask, Identity.Standing standing) {
    EventFeed.Reader reader = feed.open(standing.caller(), after(ask), standing.holds());
    String root = ask.root().substring(0, ask.root().length() - 1);
    return new Answer(
            200, List.of(), new Answer.Content.Stream(TYPE, out -> copy(reader, root, out)))
        .with("Cache-Control", "no-store")
        .with("X-Accel-Buffering", "no");
  }

  private static OptionalLong after(Ask ask) {
    return ask.headers()
        .one("Last-Event-ID")
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .map(Streaming::position)
        .orElse(OptionalLong.empty());
  }

  private static OptionalLong position(String id) {
    if (!id.matches("\\d{1,18}")) {
      throw Refuse.header(
          "Last-Event-ID",
          "'" + Printable.of(id) + "' is no id of an event.",
          "Send the id of the last event that was received, or leave the header out.");
    }
    return OptionalLong.of(Long.parseLong(id));
  }

  private void copy(EventFeed.Reader reader, String root, OutputStream out) {
    try (reader) {
      send(out, "retry: 2000\n\n");
      while (true) {
        switch (reader.next(SILENCE)) {
          case Batch.News news -> send(out, told(news, root));
          case Batch.Resync resync ->
              send(out, "id: " + resync.position() + "\nevent: resync\ndata: {}\n\n");
          case Batch.Quiet quiet -> send(out, ":\n\n");
          case Batch.Over over -> {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The client has left: that is how a stream ends.
      LOG.debug("an event stream ended: {}", e.getMessage());
    }
  }

  private String told(Batch.News news, String root) {
    StringBuilder text = new StringBuilder();
    for (Happening event : news.events()) {
      text.append("id: ").append(event.position());
      text.append("\nevent: ").append(Printable.of(event.type()));
      text.append("\ndata: ").append(document(event, root)).append("\n\n");
    }
    return text.toString();
  }

  private ObjectNode document(Happening event, String root) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("type", event.type()).put("kind", event.kind()).put("time", event.time().toString());
    String link = root + kinds.home(event.resource(), Face.BROKER_1).path() + event.resource();
    node.putObject("resource").put("href", link);
    node.set("content", event.content());
    return node;
  }

  /** Some servers tell that the client has left in a way of their own. */
  private static void send(OutputStream out, String text) throws IOException {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (RuntimeException e) {
      throw new IOException(e);
    }
  }
}
