/** Puts together all that happens between a stored order and a machine that runs. */
@NullMarked
package io.meltemi.broker.shop;

import org.jspecify.annotations.NullMarked;
