package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.time.Instant;
import java.util.Optional;

/**
 * A captured image at its provider; kept under {@code _.made} of its row.
 *
 * @param asked when the provider was about to be asked; from then on the token may exist there
 */
public record Made(String account, Token token, Optional<Instant> asked, Optional<Handle> handle) {

  public static Optional<Made> of(Row image) {
    if (!(image.inner().path("made") instanceof ObjectNode json)) return Optional.empty();
    return Optional.of(
        new Made(
            json.path("account").asText(),
            new Token(json.path("token").asText()),
            Optional.ofNullable(json.path("asked").textValue()).map(Instant::parse),
            Optional.ofNullable(json.path("handle").textValue()).map(Handle::new)));
  }

  Made askedAt(Instant at) {
    return new Made(account, token, Optional.of(at), handle);
  }

  Made notAsked() {
    return new Made(account, token, Optional.empty(), handle);
  }

  Made known(Handle found) {
    return new Made(account, token, asked, Optional.of(found));
  }

  Row into(Row image) {
    ObjectNode inner = image.inner().deepCopy();
    ObjectNode json = inner.putObject("made").put("account", account).put("token", token.value());
    asked.ifPresent(at -> json.put("asked", at.toString()));
    handle.ifPresent(known -> json.put("handle", known.value()));
    return image.withInner(inner);
  }
}
