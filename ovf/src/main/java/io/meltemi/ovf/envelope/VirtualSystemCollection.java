package io.meltemi.ovf.envelope;

import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Machines and collections of them. */
@XmlRootElement(name = "VirtualSystemCollection")
@XmlType(propOrder = {"info", "name", "parts"})
public final class VirtualSystemCollection {
  @XmlAttribute public @Nullable String id;

  @XmlElement(name = "Info")
  public @Nullable String info;

  @XmlElement(name = "Name")
  public @Nullable String name;

  @XmlAnyElement(lax = true)
  public List<Object> parts = new ArrayList<>();
}
