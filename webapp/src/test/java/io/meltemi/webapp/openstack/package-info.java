/** The deployable on a real OpenStack: dev/ci/openstack brings it up and runs what is here. */
@NullMarked
package io.meltemi.webapp.openstack;

import org.jspecify.annotations.NullMarked;
