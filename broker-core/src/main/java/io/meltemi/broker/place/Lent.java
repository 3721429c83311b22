package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.connector.Handle;
import java.time.Instant;
import java.util.Optional;

/**
 * A floating address that is, or may be, lent to a machine; it bears the machine's token.
 *
 * @param asked when the provider was about to be asked; from then on it may exist there
 * @param handle the provider's address, once it is known
 */
public record Lent(Instant asked, Optional<Handle> handle) {
  public static Lent askedAt(Instant at) {
    return new Lent(at, Optional.empty());
  }

  public Lent known(Handle found) {
    return new Lent(asked, Optional.of(found));
  }

  void into(ObjectNode json) {
    json.put("asked", asked.toString());
    handle.ifPresent(known -> json.put("handle", known.value()));
  }

  static Lent read(JsonNode json) {
    return new Lent(
        Instant.parse(json.path("asked").asText()),
        Optional.ofNullable(json.path("handle").textValue()).map(Handle::new));
  }
}
