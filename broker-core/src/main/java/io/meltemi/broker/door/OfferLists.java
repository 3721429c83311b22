package io.meltemi.broker.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The ids of the offers that a decision judged. A short list stands in the decision; a long one in
 * rows named after what they hold, so that all decisions of a tenant on the same catalogue share
 * them.
 */
final class OfferLists {
  /** Rows of a long list; served at no door. */
  static final String KIND = "OfferList";

  private static final int INLINE = 200;
  private static final int CHUNK = 1000;

  private OfferLists() {}

  /** Puts the list into a decision's inner document; what it needs beside is returned. */
  static List<Row> put(String tenant, ObjectNode inner, List<String> offers, Instant now) {
    if (offers.size() <= INLINE) {
      offers.forEach(inner.putArray("offers")::add);
      return List.of();
    }
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < offers.size(); from += CHUNK) {
      List<String> chunk = offers.subList(from, Math.min(offers.size(), from + CHUNK));
      Row row = row(tenant, String.join("\n", chunk), now);
      inner.withArray("lists").add(row.id());
      rows.add(row);
    }
    return rows;
  }

  static List<String> read(Store store, JsonNode inner) {
    List<String> offers = new ArrayList<>();
    inner.path("offers").forEach(offer -> offers.add(offer.asText()));
    for (JsonNode id : inner.path("lists")) {
      Row row = store.read(Store.EVERYBODY, id.asText()).orElseThrow();
      byte[] packed = Base64.getDecoder().decode(row.inner().path("ids").asText());
      byte[] text = Groups.inflated(packed, row.inner().path("bytes").asInt());
      offers.addAll(List.of(new String(text, UTF_8).split("\n")));
    }
    return offers;
  }

  private static Row row(String tenant, String text, Instant now) {
    byte[] bytes = text.getBytes(UTF_8);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document
        .putObject("_")
        .put("bytes", bytes.length)
        .put("ids", Base64.getEncoder().encodeToString(Groups.deflated(bytes)));
    return new Row(
        "offerLists/" + tenant + "-" + digest(bytes),
        tenant,
        KIND,
        Optional.empty(),
        "",
        "",
        now,
        now,
        1,
        document);
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
