/** What every provider account has to offer now, in memory, with the age of each fact. */
@NullMarked
package io.meltemi.broker.catalog;

import org.jspecify.annotations.NullMarked;
