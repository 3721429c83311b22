package io.meltemi.ovf;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.SequencedMap;

/** The files of a package, wherever they stand. */
interface Contents extends Closeable {
  /** Names and sizes in bytes, in the order in which they stand. */
  SequencedMap<String, Long> sizes();

  /** What a file holds. */
  InputStream open(String name) throws IOException;
}
