package io.meltemi.connector.openstack;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words in OpenStack's error bodies: one object, named after the error, with a message. */
final class Reasons {
  private static final int LONGEST = 500;

  private Reasons() {}

  static Optional<String> of(Optional<String> body) {
    return body.filter(text -> !text.isBlank())
        .map(text -> message(text).orElseGet(() -> shortened(text)));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** Empty when the body is none of OpenStack's. */
  static Optional<String> message(String text) {
    try {
      JsonElement body = JsonParser.parseString(text);
      if (!body.isJsonObject()) {
        return Optional.empty();
      }
      return body.getAsJsonObject().entrySet().stream()
          .map(Map.Entry::getValue)
          .filter(JsonElement::isJsonObject)
          .map(error -> error.getAsJsonObject().get("message"))
          .filter(message -> message != null && message.isJsonPrimitive())
          .map(JsonElement::getAsString)
          .map(Reasons::shortened)
          .findFirst();
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  /**
   * Nova says 403 both for a quota and for a missing right, cinder 413 both for a quota and for too
   * many calls; only the words tell.
   */
  static boolean speaksOfQuota(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return lower.contains("quota")
        || lower.contains("maximum number of ports")
        || lower.contains("larger than maximum allowed limit");
  }

  /** Nova calls it a bad request that a flavor has too little for an image; a larger one may do. */
  static boolean speaksOfSmallFlavor(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return lower.contains("flavor's memory is too small")
        || lower.contains("flavor's disk is too small")
        || lower.contains("flavor's disk is smaller");
  }

  /**
   * What a policy keeps from all users of the cloud is wanting there; the log-in is right. Nova
   * keeps flavors without a disk so, and speaks of volumes then.
   */
  static boolean speaksOfPolicy(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return lower.contains("policy") || lower.contains("only volume-backed servers");
  }

  /** Nova has no status of its own for a place that is full. */
  static boolean speaksOfCapacity(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return lower.contains("no valid host") || lower.contains("no more ip addresses");
  }
}
