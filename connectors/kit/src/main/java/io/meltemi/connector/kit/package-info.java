/**
 * What every connector is tried for: {@link io.meltemi.connector.kit.ConnectorContract} runs the
 * same behaviours on each, over a {@link io.meltemi.connector.kit.Rig} that knows its provider. It
 * is used by tests only and knows no provider itself.
 */
@NullMarked
package io.meltemi.connector.kit;

import org.jspecify.annotations.NullMarked;
