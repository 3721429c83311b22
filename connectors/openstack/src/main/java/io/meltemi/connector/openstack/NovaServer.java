package io.meltemi.connector.openstack;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server as nova 2.1 writes it. */
record NovaServer(
    String id,
    @Nullable String name,
    String status,
    @SerializedName("OS-EXT-STS:task_state") @Nullable String task,
    @Nullable String updated,
    @Nullable Map<String, String> metadata,
    @Nullable Map<String, List<Port>> addresses,
    @Nullable Flavor flavor,
    @Nullable Trouble fault) {

  /**
   * A part of a list. Nova links to the next part, but forgets to when a server leaves the queue of
   * builds while it counts: a part that is half full or more may not be the last.
   */
  record Page(
      List<NovaServer> servers, @SerializedName("servers_links") @Nullable List<Link> links) {
    boolean goesOn(int page) {
      return !servers.isEmpty() && (Link.onward(links) || servers.size() >= (page + 1) / 2);
    }
  }

  record Port(
      String addr,
      @SerializedName("OS-EXT-IPS-MAC:mac_addr") @Nullable String mac,
      @SerializedName("OS-EXT-IPS:type") @Nullable String type) {}

  record Flavor(@Nullable String id) {}

  record Trouble(@Nullable String message) {}

  Map<String, String> tags() {
    return metadata == null ? Map.of() : metadata;
  }
}
