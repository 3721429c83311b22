package io.meltemi.connector.openstack;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A snapshot as cinder writes it. */
record CinderSnapshot(String id, String status, @Nullable Map<String, String> metadata) {
  record Page(
      List<CinderSnapshot> snapshots,
      @SerializedName("snapshots_links") @Nullable List<Link> links) {}

  Map<String, String> tags() {
    return metadata == null ? Map.of() : metadata;
  }
}
