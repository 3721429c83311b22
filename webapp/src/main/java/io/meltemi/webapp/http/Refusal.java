package io.meltemi.webapp.http;

import java.util.Optional;

/**
 * Why something that came is no request of the application.
 *
 * @param status of the answer
 * @param message a sentence
 * @param remedy another
 * @param field what of the request is meant, for instance a parameter; empty when no part is
 */
public record Refusal(int status, String message, String remedy, Optional<String> field) {
  /** The name that was asked for is none of this server's. */
  public static final Refusal FOREIGN_HOST =
      new Refusal(421, "This server does not answer to that host name.");

  /** Whoever asks now asks too late. */
  static final Refusal STOPPING =
      new Refusal(
          503,
          "This server is stopping and begins nothing new.",
          "Send the request again, to the next start or another replica.",
          Optional.empty());

  /** Of what is no proper request. */
  Refusal(int status, String message) {
    this(
        status,
        message,
        "Send a request as HTTP and the API's description want it.",
        Optional.empty());
  }

  /** Of one part of the request. */
  Refusal(int status, String message, String remedy, String field) {
    this(status, message, remedy, Optional.of(field));
  }
}
