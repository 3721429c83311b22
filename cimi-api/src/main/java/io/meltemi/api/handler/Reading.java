package io.meltemi.api.handler;

import io.meltemi.broker.Broker;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.query.Selection;
import io.meltemi.model.wire.Codec;
import io.meltemi.model.wire.Expansion;
import io.meltemi.model.wire.Format;
import io.meltemi.model.wire.View;
import java.util.List;

/** GET and HEAD. */
final class Reading {
  private static final Answer.Header VARY =
      new Answer.Header("Vary", "Accept, Authorization, Meltemi-Tenant");
  private static final Answer.Header CACHE =
      new Answer.Header("Cache-Control", "private, no-cache");

  private final Broker broker;
  private final Codec codec;
  private final Expander expander;

  Reading(Broker broker, Codec codec) {
    this.broker = broker;
    this.codec = codec;
    this.expander = new Expander(broker);
  }

  Answer item(Ask ask, Caller caller, Target.Item item) {
    Format format = format(ask);
    Resource resource = broker.read(caller, item.path());
    if (!resource.kind().faces().contains(ask.face())) throw Refuse.noSuchPath(ask.path());
    Selection expand = Selection.expand(ask.parameters("$expand"));
    if (!expand.isEmpty()) return expanded(ask, caller, resource, format, expand);
    byte[] body = codec.write(format, resource, view(ask));
    String tag = Tags.of(resource, format, body);
    if (Tags.known(ask.headers().all("If-None-Match"), tag)) return notModified(tag);
    return whole(format, body, tag);
  }

  /** What it shows may change although the resource does not, so the tag is made of the text. */
  private Answer expanded(
      Ask ask, Caller caller, Resource resource, Format format, Selection expand) {
    Expansion targets = expander.expand(caller, ask.face(), List.of(resource), expand);
    return tagged(ask, format, codec.write(format, resource, view(ask).expand(targets)));
  }

  Answer collection(Ask ask, Caller caller, Target.Collection collection) {
    Format format = format(ask);
    Query query = Queries.of(ask, codec, collection.kind());
    Page page = broker.list(caller, collection.path(), query).as(collection.kind());
    Selection expand = Selection.expand(ask.parameters("$expand"));
    View view = view(ask);
    if (!expand.isEmpty()) {
      view = view.expand(expander.expand(caller, ask.face(), page.items(), expand));
    }
    return tagged(ask, format, codec.write(format, page, view));
  }

  private static Answer tagged(Ask ask, Format format, byte[] body) {
    String tag = Tags.of(body);
    if (Tags.known(ask.headers().all("If-None-Match"), tag)) return notModified("W/" + tag);
    return whole(format, body, "W/" + tag);
  }

  private static Answer whole(Format format, byte[] body, String tag) {
    return Answer.of(200, Negotiation.contentType(format), body)
        .with(new Answer.Header("ETag", tag), VARY, CACHE);
  }

  private static Answer notModified(String tag) {
    return Answer.empty(304).with(new Answer.Header("ETag", tag), CACHE);
  }

  private static View view(Ask ask) {
    return Views.plain(ask).select(Selection.select(ask.parameters("$select")));
  }

  static Format format(Ask ask) {
    return Negotiation.wanted(ask.parameter("$format"), ask.headers().all("Accept"))
        .orElseThrow(Refuse::unacceptable);
  }
}
