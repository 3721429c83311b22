/** Tests of the OpenStack connector; the contract runs against a real OpenStack. */
@NullMarked
package io.meltemi.connector.openstack;

import org.jspecify.annotations.NullMarked;
