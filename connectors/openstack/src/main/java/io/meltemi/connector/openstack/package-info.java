/**
 * OpenStack as a provider, through jclouds: machines, images and volumes of one project in one
 * region. It does not touch networks or floating addresses; a machine gets the network that the
 * account's settings name, or the project's only one.
 */
@NullMarked
package io.meltemi.connector.openstack;

import org.jspecify.annotations.NullMarked;
