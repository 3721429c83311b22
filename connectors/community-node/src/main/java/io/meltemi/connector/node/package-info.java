/**
 * Machines on the nodes that members bring: the driver, the node protocol {@code /node/1} with its
 * messages, and the broker's end of it. Knows no HTTP server and no hypervisor; the member's end is
 * {@code agent}, and what runs there is {@code host}.
 */
@NullMarked
package io.meltemi.connector.node;

import org.jspecify.annotations.NullMarked;
