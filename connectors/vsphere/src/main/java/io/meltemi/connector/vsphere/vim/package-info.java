/**
 * vSphere's own API, as far as the connector needs it: {@link
 * io.meltemi.connector.vsphere.vim.VCenter} is all that the connector sees; behind it stands a
 * client of SOAP on the JDK's HTTP client and StAX. It writes elements in the order of the schema,
 * reads answers within limits, and tells failures in the SPI's words. It knows no broker, no token
 * and no order.
 */
@NullMarked
package io.meltemi.connector.vsphere.vim;

import org.jspecify.annotations.NullMarked;
