package io.meltemi.ovf.envelope;

import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine. */
@XmlRootElement(name = "VirtualSystem")
@XmlType(propOrder = {"info", "name", "sections"})
public final class VirtualSystem {
  @XmlAttribute public @Nullable String id;

  @XmlElement(name = "Info")
  public @Nullable String info;

  @XmlElement(name = "Name")
  public @Nullable String name;

  @XmlAnyElement(lax = true)
  public List<Object> sections = new ArrayList<>();
}
