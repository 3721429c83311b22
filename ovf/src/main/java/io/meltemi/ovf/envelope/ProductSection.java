package io.meltemi.ovf.envelope;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs on a machine: the standard's place for facts that it has no element for. */
@XmlRootElement(name = "ProductSection")
@XmlType(propOrder = {"info", "properties"})
public final class ProductSection {
  /** Whose facts these are. */
  @XmlAttribute(name = "class")
  public @Nullable String owner;

  @XmlElement(name = "Info")
  public @Nullable String info;

  @XmlElement(name = "Property")
  public List<Property> properties = new ArrayList<>();

  /** One fact. */
  public static final class Property {
    @XmlAttribute public @Nullable String key;
    @XmlAttribute public @Nullable String type;
    @XmlAttribute public @Nullable String value;
  }
}
