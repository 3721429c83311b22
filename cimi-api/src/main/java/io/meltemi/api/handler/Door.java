package io.meltemi.api.handler;

import io.meltemi.broker.Broker;
import io.meltemi.broker.Caller;
import io.meltemi.broker.identity.Identity;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.schema.Face;
import io.meltemi.model.wire.Codec;
import io.meltemi.model.wire.Format;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * One request from its headers to its answer: form, caller, place, verb. Whatever goes wrong
 * becomes a Job in the form that the client wants (R88).
 */
public final class Door {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final String REQUEST = "Meltemi-Request";

  private final Identity identity;
  private final Supplier<String> ids;
  private final Failures failures;
  private final Desks desks;
  private final Broker broker;

  /**
   * @param ids makes ids of requests
   */
  public Door(Broker broker, Identity identity, Tools tools, Supplier<String> ids) {
    this.broker = broker;
    this.identity = identity;
    this.ids = ids;
    Codec codec = new Codec(broker.kinds());
    this.failures = new Failures(codec, broker.kinds(), tools.clock());
    this.desks =
        new Desks(
            new Reading(broker, codec),
            new Writing(broker, codec),
            new Streaming(tools.events(), broker.kinds()),
            tools.consoles());
  }

  /** A new id for a request. */
  public String nextRequestId() {
    return ids.get();
  }

  /** Answers; never throws. */
  public Answer answer(Ask ask) {
    MDC.put("request", ask.id());
    try {
      return dressed(ask, told(ask));
    } finally {
      MDC.clear();
    }
  }

  /** The answer to a request that another part of the server refuses. */
  public Answer refuse(Ask ask, Problem problem) {
    return dressed(ask, failures.tell(ask, failureFormat(ask), problem));
  }

  /**
   * The JSON body of an answer to what never became a request.
   *
   * @param field what of it is meant; empty when no part is
   */
  public byte[] refusal(int status, String message, String remedy, Optional<String> field) {
    Problem problem = Problem.of(status, "request.refused", message, remedy);
    return failures.told(field.map(problem::at).orElse(problem));
  }

  /** The API in the words of OpenAPI, for those who may log in. */
  public Answer describe(Ask ask) {
    try {
      Identity.Standing ignored = standing(ask);
      byte[] body = ApiDescription.of(broker.kinds()).toString().getBytes(StandardCharsets.UTF_8);
      return dressed(ask, Answer.of(200, "application/json", body));
    } catch (ProblemException e) {
      return refuse(ask, e.problem());
    }
  }

  private Identity.Standing standing(Ask ask) {
    return identity.standing(
        ask.headers().one("Authorization"), ask.headers().one("Meltemi-Tenant"));
  }

  private Answer told(Ask ask) {
    Format format = Format.JSON;
    try {
      format = failureFormat(ask);
      if (ask.face() == Face.CIMI_1) {
        String ignored = Versions.chosen(ask.headers().all(Versions.HEADER));
      }
      Answer answer = served(ask);
      Level level = reads(ask) ? Level.DEBUG : Level.INFO;
      if (LOG.isEnabledForLevel(level)) {
        LOG.atLevel(level)
            .log(
                "{} {}{}: {}",
                ask.method(),
                ask.face().path(),
                Printable.of(ask.path()),
                answer.status());
      }
      return answer;
    } catch (ProblemException e) {
      Problem problem = e.problem();
      LOG.info(
          "{} {}{} refused: {} {}",
          ask.method(),
          ask.face().path(),
          Printable.of(ask.path()),
          problem.status(),
          problem.code());
      Answer refusal = failures.tell(ask, format, problem);
      return problem.status() == 405 ? refusal.with("Allow", verbs(ask)) : refusal;
    } catch (RuntimeException e) {
      LOG.error("{} {}{} failed", ask.method(), ask.face().path(), Printable.of(ask.path()), e);
      return failures.tell(ask, format, Failures.ours(ask));
    }
  }

  private static boolean reads(Ask ask) {
    return ask.method().equals("GET") || ask.method().equals("HEAD");
  }

  private Answer served(Ask ask) {
    Origins.check(ask);
    Identity.Standing standing = standing(ask);
    Caller caller = standing.caller();
    MDC.put("user", caller.user());
    MDC.put("tenant", caller.tenant());
    Target target = target(ask).orElseThrow(() -> Refuse.noSuchPath(Printable.of(ask.path())));
    if (!target.verbs().contains(ask.method())) {
      throw Refuse.method(ask.method(), target.verbs());
    }
    return desks.serve(ask, standing, target);
  }

  private Optional<String> verbs(Ask ask) {
    return target(ask).map(target -> String.join(", ", target.verbs()));
  }

  private Optional<Target> target(Ask ask) {
    return Target.at(broker.kinds(), ask.face(), ask.path());
  }

  /** Errors come in the wanted form, else in JSON. */
  private static Format failureFormat(Ask ask) {
    return Negotiation.wanted(ask.parameter("$format"), ask.headers().all("Accept"))
        .orElse(Format.JSON);
  }

  private static Answer dressed(Ask ask, Answer answer) {
    Answer named = answer.with(REQUEST, ask.id());
    return ask.face() == Face.CIMI_1 ? named.with(Versions.HEADER, version(ask)) : named;
  }

  private static String version(Ask ask) {
    try {
      return Versions.chosen(ask.headers().all(Versions.HEADER));
    } catch (ProblemException e) {
      return Versions.USED;
    }
  }
}
