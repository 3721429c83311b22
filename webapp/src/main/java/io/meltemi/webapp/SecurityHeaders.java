package io.meltemi.webapp;

import java.util.Map;

/** What every answer tells browsers: nothing in it is a page, and nothing may embed it. */
final class SecurityHeaders {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin");

  private SecurityHeaders() {}

  static Map<String, String> of(boolean tls) {
    if (!tls) return ALWAYS;
    Map<String, String> headers = new java.util.HashMap<>(ALWAYS);
    headers.put("Strict-Transport-Security", "max-age=31536000");
    return headers;
  }
}
