/**
 * VMware vSphere as a provider: virtual machines in one folder of one vCenter, cloned from
 * templates onto its clusters, and first-class disks as volumes. What is ours bears its token, a
 * machine in {@code extraConfig} beside an instance UUID made of it, a disk in its name. Snapshots
 * and the making of networks are not in it.
 */
@NullMarked
package io.meltemi.connector.vsphere;

import org.jspecify.annotations.NullMarked;
