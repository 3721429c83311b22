package io.meltemi.broker.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files of H2 whose every write is on the disk before it returns ({@code O_DSYNC}): what was
 * committed outlives a power cut too.
 */
public final class DurableFiles extends FilePathWrapper {
  /** Before the colon in the database's address. */
  static final String SCHEME = "dsync";

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return super.open(mode.equals("rw") ? "rwd" : mode);
  }
}
