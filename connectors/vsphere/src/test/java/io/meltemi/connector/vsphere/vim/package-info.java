/** Tests of the client: messages, faults, limits; a session against the vCenter of dev/vsphere. */
@NullMarked
package io.meltemi.connector.vsphere.vim;

import org.jspecify.annotations.NullMarked;
