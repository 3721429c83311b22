package io.meltemi.connector.scripted;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.meltemi.connector.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something that goes wrong on request.
 *
 * @param call {@code create}, {@code act}, {@code capture}, {@code delete}, {@code deleteImage},
 *     {@code createVolume}, {@code attach}, {@code detach}, {@code snapshot}, {@code deleteVolume},
 *     {@code deleteSnapshot}, {@code snapshotMachine}, {@code restore}, {@code
 *     deleteMachineSnapshot}, {@code createNetwork}, {@code deleteNetwork}, {@code lendAddress},
 *     {@code releaseAddress}; {@code change} for all these; {@code facts}, {@code machines}, {@code
 *     machine}, {@code images}, {@code volumes}, {@code volume}, {@code snapshots}, {@code
 *     machineSnapshots}, {@code networks}, {@code network}, {@code addresses}, {@code address},
 *     {@code console}; {@code any}
 * @param skip how many such calls go well before
 * @param times how many such calls it meets, 1 when not told; 0 for all
 */
public record Mishap(String call, int skip, OptionalInt times, Effect effect) {

  /** What goes wrong. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "does")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Refuse.class, name = "refuse"),
    @JsonSubTypes.Type(value = LoseAnswer.class, name = "loseAnswer"),
    @JsonSubTypes.Type(value = LoseRequest.class, name = "loseRequest"),
    @JsonSubTypes.Type(value = Hang.class, name = "hang"),
    @JsonSubTypes.Type(value = Hide.class, name = "hide"),
    @JsonSubTypes.Type(value = EndBadly.class, name = "endBadly")
  })
  public sealed interface Effect {}

  /**
   * The call is refused and changes nothing.
   *
   * @param reason the cloud's words
   * @param retryAfter the pause that the cloud asks for
   */
  public record Refuse(Fault fault, Optional<String> reason, Optional<Duration> retryAfter)
      implements Effect {}

  /**
   * The call is carried out and nobody hears of it.
   *
   * @param after a change is carried out that much later; at once when not told
   */
  public record LoseAnswer(Optional<Duration> after) implements Effect {}

  /** The call gets lost: no answer, never carried out. */
  public record LoseRequest() implements Effect {}

  /**
   * The call waits, then goes well.
   *
   * @param time real time, not the cloud's
   */
  public record Hang(Duration time) implements Effect {}

  /** A question for one thing, or for all of a sort, is answered as if there were none. */
  public record Hide() implements Effect {}

  /** A machine, volume or network is accepted and ends in ERROR, a restore changes nothing. */
  public record EndBadly(String reason) implements Effect {}

  public static Mishap refuse(String call, Fault fault, String reason) {
    return of(call, new Refuse(fault, Optional.of(reason), Optional.empty()));
  }

  public static Mishap loseAnswer(String call) {
    return of(call, new LoseAnswer(Optional.empty()));
  }

  public static Mishap late(String call, Duration after) {
    return of(call, new LoseAnswer(Optional.of(after)));
  }

  public static Mishap loseRequest(String call) {
    return of(call, new LoseRequest());
  }

  public static Mishap hang(String call, Duration time) {
    return of(call, new Hang(time));
  }

  public static Mishap hide(String call) {
    return of(call, new Hide());
  }

  public static Mishap endBadly(String reason) {
    return of("create", new EndBadly(reason));
  }

  private static Mishap of(String call, Effect effect) {
    return new Mishap(call, 0, OptionalInt.of(1), effect);
  }

  /** The same for that many calls; 0 for all. */
  public Mishap times(int calls) {
    return new Mishap(call, skip, OptionalInt.of(calls), effect);
  }

  /** The same after that many calls which go well. */
  public Mishap after(int calls) {
    return new Mishap(call, calls, times, effect);
  }

  boolean meets(String asked, boolean changes) {
    return call.equals(asked) || call.equals("any") || (changes && call.equals("change"));
  }
}
