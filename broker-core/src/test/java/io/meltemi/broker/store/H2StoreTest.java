package io.meltemi.broker.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends StoreStories {
  @TempDir Path folder;

  @Override
  Store open() {
    return Stores.h2(folder, Samples.KINDS, clock);
  }
}
