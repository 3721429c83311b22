package io.meltemi.webapp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.identity.KeyRing;
import io.meltemi.broker.identity.SealedSecrets;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The key that seals secrets: read or made, and held against the store that it belongs to. */
final class MasterKey {
  private static final String SAMPLE = "masterKeySamples/1";
  private static final String PLAIN = "sealed by the right key";

  private MasterKey() {}

  static KeyRing read(Path file) {
    try {
      return KeyRing.at(file);
    } catch (IllegalArgumentException e) {
      throw new StartException(e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new StartException(
          "The master key cannot be read from " + file + "; check that it is there and yours.", e);
    }
  }

  /** Refuses a store whose secrets were sealed by another key. */
  static void check(KeyRing keys, Path file, Store store, Clock clock) {
    SealedSecrets secrets = new SealedSecrets(keys);
    Optional<Row> sample = store.read(Store.EVERYBODY, SAMPLE);
    if (sample.isEmpty()) {
      Row made = sample(secrets.seal(SAMPLE, PLAIN), clock.instant());
      store.write(Store.EVERYBODY, transaction -> transaction.insert(made));
      return;
    }
    try {
      if (secrets.open(SAMPLE, sample.get().inner().path("text").asText()).equals(PLAIN)) return;
    } catch (IllegalStateException e) {
      throw wrong(file, e);
    }
    throw wrong(file, new IllegalStateException("another text"));
  }

  private static StartException wrong(Path file, Exception cause) {
    return new StartException(
        "The master key in "
            + file
            + " is not the one that sealed this store's secrets; put that key back, or name its"
            + " file with MELTEMI_MASTER_KEY_FILE.",
        cause);
  }

  private static Row sample(String sealed, Instant now) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putObject("_").put("text", sealed);
    return new Row(
        SAMPLE, Row.HOUSE, "MasterKeySample", Optional.empty(), "", "", now, now, 1, document);
  }
}
