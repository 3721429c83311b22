/**
 * A cloud that does what a file says: its places, sizes, prices, images, quotas, delays and
 * failures. It stands in the memory of a test or in a small process of its own, and is reached
 * through the one interface {@link io.meltemi.connector.scripted.Cloud}. It runs no guests: a
 * machine here is an entry that changes its state in time.
 */
@NullMarked
package io.meltemi.connector.scripted;

import org.jspecify.annotations.NullMarked;
