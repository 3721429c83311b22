package io.meltemi.connector.openstack;

import com.google.gson.JsonElement;
import com.google.gson.annotations.SerializedName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image as nova 2.1 writes it.
 *
 * @param minRam in MiB; 0 when nobody said any
 * @param minDisk in GiB; 0 when nobody said any
 * @param size of what is stored of it, in bytes; none until it is whole
 * @param metadata text, but lists for images of servers that stand on volumes
 */
record NovaImage(
    String id,
    @Nullable String name,
    @Nullable String status,
    long minRam,
    long minDisk,
    @SerializedName("OS-EXT-IMG-SIZE:size") @Nullable Long size,
    @Nullable String created,
    @Nullable Map<String, JsonElement> metadata) {

  record Page(List<NovaImage> images, @SerializedName("images_links") @Nullable List<Link> links) {}

  boolean is(String wanted) {
    return wanted.equals(status);
  }

  /** Nova refuses a flavor with less disk, in GiB. */
  long leastDisk() {
    return Math.max(minDisk, size == null ? 0 : Gibibytes.ofBytes(size));
  }

  Optional<Instant> made() {
    return Tags.instant(created);
  }

  /** What is text of the metadata. */
  Map<String, String> tags() {
    Map<String, String> tags = new HashMap<>();
    if (metadata == null) return tags;
    metadata.forEach((key, value) -> {
      if (value.isJsonPrimitive()) tags.put(key, value.getAsString());
    });
    return tags;
  }
}
