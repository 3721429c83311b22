package io.meltemi.ovf.envelope;

import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElementWrapper;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/** The whole document. */
@XmlRootElement(name = "Envelope")
@XmlType(propOrder = {"files", "parts"})
public final class Envelope {
  /** The files of the package beside this document. */
  @XmlElementWrapper(name = "References")
  @XmlElement(name = "File")
  public List<File> files = new ArrayList<>();

  /** Sections, then a machine or a collection of them; what we have no bean for is an element. */
  @XmlAnyElement(lax = true)
  public List<Object> parts = new ArrayList<>();
}
