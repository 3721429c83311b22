/**
 * Packages of machines in the Open Virtualization Format, as a folder or as one archive (OVA): read
 * from whoever made them, and written. Nothing is ever unpacked. Knows neither CIMI nor a broker.
 */
@NullMarked
package io.meltemi.ovf;

import org.jspecify.annotations.NullMarked;
