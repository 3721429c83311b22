/**
 * The one gate through which connectors reach addresses that people or providers name. Knows which
 * addresses may be called and how HTTP is spoken there; knows nothing of any provider.
 */
@NullMarked
package io.meltemi.connector.outgoing;

import org.jspecify.annotations.NullMarked;
