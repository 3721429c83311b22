package io.meltemi.ovf.envelope;

import jakarta.xml.bind.annotation.XmlAttribute;
import org.jspecify.annotations.Nullable;

/** A file that belongs to the package. */
public final class File {
  @XmlAttribute public @Nullable String id;

  /** Its name, or an address elsewhere. */
  @XmlAttribute public @Nullable String href;

  /** In bytes. */
  @XmlAttribute public @Nullable String size;

  /** Present when the file stands in pieces. */
  @XmlAttribute public @Nullable String chunkSize;
}
