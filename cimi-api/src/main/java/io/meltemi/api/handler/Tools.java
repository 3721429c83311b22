package io.meltemi.api.handler;

import io.meltemi.broker.event.EventFeed;
import java.time.Clock;

/** What the doors need beside the broker. */
public record Tools(EventFeed events, Consoles consoles, Clock clock) {}
