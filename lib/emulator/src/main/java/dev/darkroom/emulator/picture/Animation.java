package dev.darkroom.emulator.picture;

/**
 * How a picture moves.
 *
 * @param frames how many, 2 or more
 * @param millis how long each is shown, in steps of 10
 */
public record Animation(int frames, int millis) {}
