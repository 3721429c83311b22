package io.meltemi.connector.kit;

import java.time.Duration;
import java.util.Map;

/** How a call through a {@link FaultProxy} goes wrong. */
public sealed interface Mishap {
  /** It does not. */
  record None() implements Mishap {}

  /** It is passed on late. */
  record Late(Duration by) implements Mishap {}

  /** The provider is not called; this is answered in its place. */
  record Refused(int status, Map<String, String> headers, String body) implements Mishap {
    public Refused {
      headers = Map.copyOf(headers);
    }
  }

  /** The connection ends without an answer and the provider is not called. */
  record LostBefore() implements Mishap {}

  /** The connection ends without an answer; the provider carries the call out then or later. */
  record LostAfter(Duration carriedOutAfter) implements Mishap {}

  /** The provider carries the call out; the connection ends in the middle of its answer. */
  record Truncated() implements Mishap {}

  /** The provider carries the call out; its answer goes on and on with bytes that mean nothing. */
  record Endless() implements Mishap {}

  /** The provider carries the call out; its answer comes byte by byte with that pause between. */
  record Dripping(Duration pause) implements Mishap {}
}
