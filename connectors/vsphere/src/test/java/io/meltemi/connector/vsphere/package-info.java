/** Tests of the vSphere connector; the contract runs against the vCenter of dev/vsphere. */
@NullMarked
package io.meltemi.connector.vsphere;

import org.jspecify.annotations.NullMarked;
