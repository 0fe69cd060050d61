package dev.darkroom.internal.wire;

/** An event as WHATWG dispatches it; the type is "message" where none was sent. */
record Event(String type, String data, String lastEventId) {}
