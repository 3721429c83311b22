package io.meltemi.ovf.envelope;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a machine is made of. */
@XmlRootElement(name = "VirtualHardwareSection")
@XmlType(propOrder = {"info", "items"})
public final class VirtualHardwareSection {
  @XmlElement(name = "Info")
  public @Nullable String info;

  @XmlElement(name = "Item")
  public List<Item> items = new ArrayList<>();
}
