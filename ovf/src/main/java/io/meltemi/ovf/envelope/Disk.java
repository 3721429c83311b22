package io.meltemi.ovf.envelope;

import jakarta.xml.bind.annotation.XmlAttribute;
import org.jspecify.annotations.Nullable;

/** A disk that machines refer to. */
public final class Disk {
  @XmlAttribute public @Nullable String diskId;

  /** The file that it begins with; a disk without one is empty. */
  @XmlAttribute public @Nullable String fileRef;

  @XmlAttribute public @Nullable String capacity;

  /** What capacity counts; bytes when it is absent. */
  @XmlAttribute public @Nullable String capacityAllocationUnits;

  /** An URI. */
  @XmlAttribute public @Nullable String format;
}
