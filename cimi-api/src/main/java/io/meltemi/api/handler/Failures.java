package io.meltemi.api.handler;

import io.meltemi.model.Problem;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.wire.Codec;
import io.meltemi.model.wire.Failure;
import io.meltemi.model.wire.Format;
import io.meltemi.model.wire.View;
import java.time.Clock;
import java.util.Optional;

/** Tells what went wrong as a Job (R88, R89). */
final class Failures {
  private final Codec codec;
  private final Kinds kinds;
  private final Clock clock;

  Failures(Codec codec, Kinds kinds, Clock clock) {
    this.codec = codec;
    this.kinds = kinds;
    this.clock = clock;
  }

  Answer tell(Ask ask, Format format, Problem problem) {
    Optional<Target> target = Target.at(kinds, ask.face(), ask.path());
    String path = Printable.of(target.map(Target::path).orElse(ask.path()));
    Failure failure =
        new Failure(
            problem,
            action(ask, target),
            Optional.of(path).filter(each -> !each.isEmpty()),
            clock.instant());
    byte[] body = codec.write(format, failure, Views.plain(ask));
    Answer answer = Answer.of(problem.status(), Negotiation.contentType(format), body);
    return switch (problem.status()) {
      case 401 ->
          answer
              .with("WWW-Authenticate", "Basic realm=\"meltemi\", charset=\"UTF-8\"")
              .with("WWW-Authenticate", "Bearer realm=\"meltemi\"");
      case 415 -> // RFC 9110, 15.5.16
          problem.code().equals(Refuse.ENCODING)
              ? answer.with("Accept-Encoding", "identity")
              : answer.with("Accept", "application/json, application/xml");
      case 429 -> answer.with("Retry-After", "1");
      default -> answer;
    };
  }

  /** The Job that tells a problem outside any request, in JSON of CIMI 2.0. */
  byte[] told(Problem problem) {
    Failure failure = new Failure(problem, "read", Optional.empty(), clock.instant());
    return codec.write(Format.JSON, failure, View.of(Face.CIMI_2, ""));
  }

  /** A failure of ours: what happened stands in the log, under the request's id. */
  static Problem ours(Ask ask) {
    return Problem.of(
        500,
        "server.failure",
        "The broker failed to answer; request " + ask.id() + " in its log tells why.",
        "Try again; if it stays, show the request's id to an operator.");
  }

  /** What was wanted of the resource, by the operation's name (R89). */
  private static String action(Ask ask, Optional<Target> target) {
    return switch (ask.method()) {
      case "POST" -> target.map(Failures::posted).orElse("add");
      case "PUT" -> "edit";
      case "DELETE" -> "delete";
      default -> "read";
    };
  }

  private static String posted(Target target) {
    return target instanceof Target.Act act ? act.operation().name() : "add";
  }
}
