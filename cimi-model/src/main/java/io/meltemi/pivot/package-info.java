/**
 * The neutral words between doors and providers: orders, offers, verdicts, places, abilities. They
 * know nothing of CIMI, of HTTP or of any provider, and hold no behaviour beyond their own rules.
 */
@NullMarked
package io.meltemi.pivot;

import org.jspecify.annotations.NullMarked;
