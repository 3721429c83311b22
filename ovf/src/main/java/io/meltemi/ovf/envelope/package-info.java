/**
 * The document of a package as beans: what DSP0243 1.1 calls the envelope, as far as machines need
 * it. Numbers stay text here, for what they mean is said elsewhere. Reads and writes bytes; knows
 * neither packages nor CIMI.
 */
@XmlSchema(
    namespace = Names.OVF,
    elementFormDefault = XmlNsForm.QUALIFIED,
    attributeFormDefault = XmlNsForm.QUALIFIED,
    xmlns = {
      @XmlNs(prefix = "ovf", namespaceURI = Names.OVF),
      @XmlNs(prefix = "rasd", namespaceURI = Names.RASD)
    })
@XmlAccessorType(XmlAccessType.FIELD)
@NullMarked
package io.meltemi.ovf.envelope;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
import org.jspecify.annotations.NullMarked;
