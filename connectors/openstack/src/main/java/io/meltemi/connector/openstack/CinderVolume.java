package io.meltemi.connector.openstack;

import com.google.gson.annotations.SerializedName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A volume as cinder writes it.
 *
 * @param size in GiB, whatever the API's pages say
 * @param attached those that are finished; also those that are being undone
 */
record CinderVolume(
    String id,
    @Nullable String name,
    String status,
    long size,
    @Nullable Map<String, String> metadata,
    @SerializedName("created_at") @Nullable String created,
    @SerializedName("attachments") @Nullable List<Attached> attached) {

  record Attached(@SerializedName("server_id") @Nullable String server, @Nullable String device) {}

  record Page(
      List<CinderVolume> volumes, @SerializedName("volumes_links") @Nullable List<Link> links) {}

  Map<String, String> tags() {
    return metadata == null ? Map.of() : metadata;
  }

  Optional<Instant> made() {
    return Tags.instant(created);
  }

  List<Attached> attachments() {
    return attached == null ? List.of() : attached;
  }
}
