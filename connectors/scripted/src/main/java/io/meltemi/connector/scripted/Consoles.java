package io.meltemi.connector.scripted;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What the guests of a cloud without guests write to their consoles. */
final class Consoles {
  private Consoles() {}

  static String text(ScriptedMachine machine) {
    StringBuilder text = new StringBuilder();
    for (int boot = 1; boot <= machine.boots(); boot++) {
      text.append("boot ").append(boot).append(" of ").append(machine.request().image());
      text.append("\nhostname ").append(machine.request().name()).append('\n');
    }
    machine.request().publicKey().ifPresent(key -> text.append("key ").append(key).append('\n'));
    machine
        .request()
        .userDataBase64()
        .ifPresent(data -> text.append("user data ").append(decoded(data)).append('\n'));
    return text.length() <= 65536 ? text.toString() : text.substring(text.length() - 65536);
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
