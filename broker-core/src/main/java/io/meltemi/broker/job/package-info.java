/**
 * Durable work: jobs whose steps survive being killed anywhere and are safe to run twice. Intention
 * before the provider is called, handle right after it.
 */
@NullMarked
package io.meltemi.broker.job;

import org.jspecify.annotations.NullMarked;
