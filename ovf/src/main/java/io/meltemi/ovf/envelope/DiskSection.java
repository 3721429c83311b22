package io.meltemi.ovf.envelope;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The disks of all machines. */
@XmlRootElement(name = "DiskSection")
@XmlType(propOrder = {"info", "disks"})
public final class DiskSection {
  @XmlElement(name = "Info")
  public @Nullable String info;

  @XmlElement(name = "Disk")
  public List<Disk> disks = new ArrayList<>();
}
