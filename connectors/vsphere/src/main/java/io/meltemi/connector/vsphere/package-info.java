/**
 * VMware vSphere as a provider: virtual machines in one folder of one vCenter, cloned from
 * templates onto its clusters. What is ours bears its token in {@code extraConfig} and an instance
 * UUID made of it. Volumes, snapshots of machines and the making of networks are not in it.
 */
@NullMarked
package io.meltemi.connector.vsphere;

import org.jspecify.annotations.NullMarked;
