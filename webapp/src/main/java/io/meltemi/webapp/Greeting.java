package io.meltemi.webapp;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the operator reads when the broker serves. */
record Greeting(PrintWriter out) {
  void tell(String url, Listening listening, Optional<String> password, Path data) {
    out.println("Meltemi serves at " + url);
    out.println("  CIMI 2.0   " + url + "cimi/2/cloudEntryPoint");
    out.println("  CIMI 1.x   " + url + "cimi/1/cloudEntryPoint");
    out.println("  broker     " + url + "broker/1/entryPoint");
    out.println("  health     " + url + "health/ready");
    out.println("  data       " + data);
    listening
        .fingerprint()
        .ifPresent(print -> out.println("  self-made certificate, SHA-256 fingerprint " + print));
    if (listening.behindProxy() && listening.settings().publicUrl().isEmpty()) {
      out.println(
          "  behind a proxy, but without http.publicUrl: set it to the URL that clients use");
    }
    tell(password);
  }

  /** The same in a container, which alone knows under which URL it serves. */
  void behind(Optional<String> password, Path data) {
    out.println("Meltemi serves in this container; its data are in " + data);
    tell(password);
  }

  /** What was not loaded, and why. */
  void tell(List<String> refused) {
    refused.forEach(sentence -> out.println("  " + sentence));
    out.flush();
  }

  private void tell(Optional<String> password) {
    password.ifPresent(
        word -> out.println("  user admin, first password " + word + " (good for 7 days)"));
    out.flush();
  }
}
