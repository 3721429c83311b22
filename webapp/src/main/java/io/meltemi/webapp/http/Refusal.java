package io.meltemi.webapp.http;

/**
 * Why something that came is no request of the application.
 *
 * @param status of the answer
 * @param message a sentence
 * @param remedy another
 */
public record Refusal(int status, String message, String remedy) {
  /** The name that was asked for is none of this server's. */
  public static final Refusal FOREIGN_HOST =
      new Refusal(421, "This server does not answer to that host name.");

  /** Whoever asks now asks too late. */
  static final Refusal STOPPING =
      new Refusal(
          503,
          "This server is stopping and begins nothing new.",
          "Send the request again, to the next start or another replica.");

  /** Of what is no proper request. */
  Refusal(int status, String message) {
    this(status, message, "Send a request as HTTP and the API's description want it.");
  }
}
