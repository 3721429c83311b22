package io.meltemi.api.handler;

import io.meltemi.broker.Caller;
import io.meltemi.broker.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where a request goes: by its place, then by its verb. */
final class Desks {
  private final Reading reading;
  private final Writing writing;
  private final Streaming streaming;
  private final Consoles consoles;

  Desks(Reading reading, Writing writing, Streaming streaming, Consoles consoles) {
    this.reading = reading;
    this.writing = writing;
    this.streaming = streaming;
    this.consoles = consoles;
  }

  Answer serve(Ask ask, Identity.Standing standing, Target target) {
    if (ask.method().equals("OPTIONS")) return options(target);
    Caller caller = standing.caller();
    return switch (target) {
      case Target.Item item -> item(ask, caller, item);
      case Target.Collection collection -> collection(ask, standing, collection);
      case Target.Act act -> writing.act(ask, caller, act);
      case Target.Text text -> console(ask, caller, text);
    };
  }

  private Answer item(Ask ask, Caller caller, Target.Item item) {
    return switch (ask.method()) {
      case "PUT" -> writing.update(ask, caller, item);
      case "DELETE" -> writing.delete(ask, caller, item);
      default -> reading.item(ask, caller, item);
    };
  }

  private Answer collection(Ask ask, Identity.Standing standing, Target.Collection collection) {
    Caller caller = standing.caller();
    if (ask.method().equals("POST")) return writing.create(ask, caller, collection);
    return streaming.wanted(ask, collection)
        ? streaming.open(ask, standing)
        : reading.collection(ask, caller, collection);
  }

  private Answer console(Ask ask, Caller caller, Target.Text text) {
    String words = Printable.inert(consoles.text(caller, text.path()));
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    return Answer.of(200, "text/plain;charset=UTF-8", bytes);
  }

  private static Answer options(Target target) {
    List<String> verbs = target.verbs();
    return Answer.empty(204).with("Allow", String.join(", ", verbs));
  }
}
