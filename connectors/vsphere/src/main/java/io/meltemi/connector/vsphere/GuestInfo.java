package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.pivot.MachineOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What cloud-init in the guest reads: metadata and user data, as settings of the machine. Whoever
 * may read the machine's settings in the vCenter may read them too.
 */
final class GuestInfo {
  private static final String METADATA = "guestinfo.metadata";
  private static final String USER_DATA = "guestinfo.userdata";
  private static final String ENCODING = ".encoding";

  private GuestInfo() {}

  static Map<String, String> of(MachineOrder order, Handle handle) {
    Map<String, String> settings = new HashMap<>();
    put(settings, METADATA, metadata(order, handle).getBytes(StandardCharsets.UTF_8));
    order
        .userDataBase64()
        .ifPresent(data -> put(settings, USER_DATA, Base64.getMimeDecoder().decode(data)));
    return settings;
  }

  private static void put(Map<String, String> settings, String key, byte[] value) {
    settings.put(key, Base64.getEncoder().encodeToString(value));
    settings.put(key + ENCODING, "base64");
  }

  /** Takes away what an image would inherit: it is one machine's, and may hold secrets. */
  static Map<String, String> none() {
    return Map.of(METADATA, "", METADATA + ENCODING, "", USER_DATA, "", USER_DATA + ENCODING, "");
  }

  private static String metadata(MachineOrder order, Handle handle) {
    StringBuilder json = new StringBuilder("{\"instance-id\":").append(quoted(handle.value()));
    String host = hostName(order.name());
    if (!host.isEmpty()) {
      json.append(",\"local-hostname\":").append(quoted(host));
    }
    order
        .login()
        .flatMap(MachineOrder.Login::publicKey)
        .ifPresent(key -> json.append(",\"public-keys-data\":").append(quoted(key + "\n")));
    return json.append('}').toString();
  }

  /** What of a name may be a host's: RFC 1123. */
  static String hostName(String name) {
    String letters =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return letters.length() <= 63 ? letters : letters.substring(0, 63).replaceAll("-$", "");
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        default -> {
          if (c < 0x20) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
