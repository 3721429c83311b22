package io.meltemi.api.handler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Broker;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Intent;
import io.meltemi.broker.Reply;
import io.meltemi.model.Resource;
import io.meltemi.model.query.Selection;
import io.meltemi.model.wire.Codec;
import io.meltemi.model.wire.Format;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** POST, PUT and DELETE (R41 to R65). */
final class Writing {
  private static final byte[] NOTHING = new byte[0];

  private final Broker broker;
  private final Codec codec;

  Writing(Broker broker, Codec codec) {
    this.broker = broker;
    this.codec = codec;
  }

  /** Adds to a collection. */
  Answer create(Ask ask, Caller caller, Target.Collection collection) {
    Format format = Reading.format(ask);
    byte[] bytes = body(ask);
    Intent intent = intent(ask, bytes);
    ObjectNode attributes =
        codec.readCreate(Bodies.format(ask), bytes, collection.kind(), Views.plain(ask));
    return told(ask, format, broker.create(caller, collection.path(), attributes, intent));
  }

  Answer update(Ask ask, Caller caller, Target.Item item) {
    Format format = Reading.format(ask);
    byte[] bytes = body(ask);
    Intent intent = intent(ask, bytes);
    Selection select = selected(ask);
    ObjectNode attributes =
        codec.readUpdate(Bodies.format(ask), bytes, item.kind(), select, Views.plain(ask));
    Set<String> only = select.all() ? Set.of() : select.names();
    return told(ask, format, broker.update(caller, item.path(), attributes, only, intent));
  }

  Answer delete(Ask ask, Caller caller, Target.Item item) {
    Format format = Reading.format(ask);
    return told(ask, format, broker.delete(caller, item.path(), intent(ask, NOTHING)));
  }

  /** Carries out an operation; one that takes nothing may come without a body. */
  Answer act(Ask ask, Caller caller, Target.Act act) {
    Format format = Reading.format(ask);
    byte[] bytes = Bodies.read(ask);
    Intent intent = intent(ask, bytes);
    Format given = bytes.length == 0 ? Format.JSON : Bodies.format(ask);
    ObjectNode input = codec.readAction(given, bytes, act.operation(), Views.plain(ask));
    return told(ask, format, broker.act(caller, act.path(), act.operation().name(), input, intent));
  }

  /** An empty {@code $select} hardly means that everything not in the body shall go. */
  private static Selection selected(Ask ask) {
    List<String> given = ask.parameters("$select");
    if (!given.isEmpty() && given.stream().allMatch(names -> names.replace(',', ' ').isBlank())) {
      throw Refuse.parameter(
          "$select",
          "$select names no attribute.",
          "Name the attributes that shall change, or leave $select out to replace the resource.");
    }
    return Selection.select(given);
  }

  private static byte[] body(Ask ask) {
    byte[] bytes = Bodies.read(ask);
    if (bytes.length == 0) throw Refuse.empty();
    return bytes;
  }

  private static Intent intent(Ask ask, byte[] body) {
    OptionalLong ifMatch = Tags.wanted(ask.headers().all("If-Match"));
    boolean dryRun = ask.parameter("dryRun").filter(value -> !value.equals("false")).isPresent();
    return new Intent(
        ask.face(), Bodies.idempotencyKey(ask), Digests.of(ask, body), ifMatch, dryRun, ask.id());
  }

  /** Words the reply: status, place, job, and the resource as it is now (R45, R53, R54, R61). */
  private Answer told(Ask ask, Format format, Reply reply) {
    int status = reply.accepted() ? 202 : reply.created() ? 201 : 200;
    Optional<Resource> shown =
        reply.resource().or(() -> reply.job().filter(job -> reply.accepted()));
    Answer answer =
        shown
            .map(resource -> whole(ask, status, format, resource))
            .orElseGet(() -> Answer.empty(status));
    if (reply.created()) answer = answer.with("Location", uri(ask, reply.resource()));
    if (reply.replayed()) answer = answer.with("Idempotency-Replayed", "true");
    return answer.with("CIMI-Job-URI", uri(ask, reply.job()));
  }

  private Answer whole(Ask ask, int status, Format format, Resource resource) {
    byte[] body = codec.write(format, resource, Views.of(ask, resource.kind()));
    return Answer.of(status, Negotiation.contentType(format), body)
        .with("ETag", Tags.of(resource, format, body));
  }

  private static Optional<String> uri(Ask ask, Optional<Resource> resource) {
    return resource.map(found -> Views.uri(ask, found.kind(), found.id()));
  }
}
