package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;

/**
 * The place of a value in an order (R78): absent ones first, then false before true, numbers,
 * times, and texts in binary order after NFKD.
 *
 * @param rank of the type, where values of several types meet
 */
record SortKey(int rank, BigDecimal number, Instant time, String text)
    implements Comparable<SortKey> {
  private static final Comparator<SortKey> ORDER =
      Comparator.comparingInt(SortKey::rank)
          .thenComparing(SortKey::number)
          .thenComparing(SortKey::time)
          .thenComparing(SortKey::text);

  static SortKey of(JsonNode node) {
    if (node.isNumber()) return key(2, node.decimalValue(), Instant.EPOCH, "");
    if (node.isBoolean()) return key(1, flag(node), Instant.EPOCH, "");
    if (node.isTextual()) return ofText(node.textValue());
    return key(0, BigDecimal.ZERO, Instant.EPOCH, "");
  }

  private static SortKey ofText(String text) {
    if (text.length() >= 20 && text.endsWith("Z") && text.charAt(10) == 'T') {
      try {
        return key(3, BigDecimal.ZERO, Instant.parse(text), "");
      } catch (DateTimeException e) {
        // a text that only looks like a time
      }
    }
    return key(4, BigDecimal.ZERO, Instant.EPOCH, Normalizer.normalize(text, Normalizer.Form.NFKD));
  }

  private static SortKey key(int rank, BigDecimal number, Instant time, String text) {
    return new SortKey(rank, number, time, text);
  }

  private static BigDecimal flag(JsonNode node) {
    return node.booleanValue() ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  @Override
  public int compareTo(SortKey other) {
    return ORDER.compare(this, other);
  }
}
