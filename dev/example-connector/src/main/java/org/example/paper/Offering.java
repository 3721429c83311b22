package org.example.paper;

import io.meltemi.pivot.Amount;
import java.util.List;
import java.util.Optional;

/**
 * What a paper cloud offers: its file {@code cloud.json}.
 *
 * @param place name of its only place
 * @param machines how many it takes
 */
record Offering(String place, long machines, List<Size> sizes, List<String> images) {
  /** What a machine can get. */
  record Size(String name, int cpu, long memoryMebibytes) {
    Amount shape() {
      return new Amount(1, cpu, memoryMebibytes * 1024, 0);
    }
  }

  Optional<Size> size(String name) {
    return sizes.stream().filter(size -> size.name().equals(name)).findFirst();
  }
}
