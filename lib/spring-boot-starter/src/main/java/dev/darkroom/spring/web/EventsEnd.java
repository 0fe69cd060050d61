package dev.darkroom.spring.web;

/** What a container goes on with when the events of a response are written. */
enum EventsEnd {
    WELL
}
